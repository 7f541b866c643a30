"""delivery/date."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from composer.checks.message_reading import headers_called, typed_for
from composer.checks.rule import Defect, error
from composer.place import Place
from composer.proof.proof import Proof

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@error
def date(proof: Proof, today: dt.date, at_send_gate: bool) -> Iterator[Defect]:
    """The mail bears no date, a day that is over, or another day than its issue.

    What it checks:
        That the message has a Date header as mail programs read it; at the send gate (`check --send`) that neither
        `date` nor `send_at` lies before today, where the newsletter is published; and that `send_at` is on the day that
        `date` names, which is only a warning.

    Why it matters:
        An inbox sorts by this date: an issue with yesterday's appears beneath everything that came since. A past date,
        or a sending time on another day, is most often the last issue's, left in a copy of its draft.

    Example:
        date: 2026-11-17          # and today is the 24th

    Instead:
        date: 2026-11-24

    Source: RFC 5322, 3.3 and 3.6.1.
    """
    issue = proof.issue
    # A date that is none leaves this one behind, and schema/wrong-type or missing-field has spoken.
    if issue.date == dt.date.min:
        return
    if proof.message:
        yield from _unreadable(proof)
    over = list(_in_the_past(proof, _typed(proof), today)) if at_send_gate else []
    yield from over or _on_another_day(proof, _typed(proof))


def _typed(proof: Proof) -> dict[str, Place]:
    """Where `date` and `send_at` were typed."""
    return {str(value.key): value.place for value in typed_for(proof, "Date")}


def _unreadable(proof: Proof) -> Iterator[Defect]:
    from email.utils import parsedate_to_datetime

    found = headers_called(proof, "Date")
    try:
        moment = parsedate_to_datetime(found[0].value) if found else None
    except (ValueError, TypeError):
        moment = None
    day, comma, _ = found[0].value.partition(",") if found else ("", "", "")
    if moment is None or (comma and day != _DAYS[moment.weekday()]):
        message = f"`{found[0].value}` is no date that mail programs read" if found else "the message has no Date header"
        typed = _typed(proof)
        place = typed.get("send_at") or typed.get("date") or proof.place_in_templates()
        yield Defect(place, message, "whatever changes the message must keep the Date that Composer gave it")


def _in_the_past(proof: Proof, typed: dict[str, Place], today: dt.date) -> Iterator[Defect]:
    issue = proof.issue
    if issue.date < today and "date" in typed:
        yield Defect(typed["date"], f"this day is over: today is {today}", f"type the day on which the issue goes out, such as {today}", label="in the past")
    elif issue.send_at is not None and _day_of(issue.send_at, proof) < today and "send_at" in typed:
        yield Defect(typed["send_at"], f"this moment has passed: today is {today}", "type when the issue goes out, or delete the line", label="in the past")


def _on_another_day(proof: Proof, typed: dict[str, Place]) -> Iterator[Defect]:
    issue = proof.issue
    day = _day_of(issue.send_at, proof) if issue.send_at is not None else issue.date
    # An offset may be the writer's own, far from where the newsletter is published: then the day as typed counts as well.
    if issue.send_at is not None and issue.date not in (day, issue.send_at.date()) and "send_at" in typed:
        yield Defect(
            typed["send_at"],
            f"this is on {_DAYS[day.weekday()]}, {day}, and the issue is dated {_DAYS[issue.date.weekday()]}, {issue.date}",
            f"type the day of the issue, such as {issue.date}T{issue.send_at:%H:%M}, or correct its `date`",
            label="another day",
            level="warning",
        )


def _day_of(moment: dt.datetime, proof: Proof) -> dt.date:
    """The day of a moment where the newsletter is published; one without a time zone is meant there."""
    if moment.tzinfo is None or moment.year in (dt.MINYEAR, dt.MAXYEAR):
        return moment.date()
    return moment.astimezone(ZoneInfo(proof.project.time_zone_of(proof.newsletter))).date()
