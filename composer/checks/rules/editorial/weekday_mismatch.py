"""editorial/weekday-mismatch."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from composer.checks.rule import Defect, error
from composer.checks.typography_reading import Words, is_english, words_in
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.project.newsletter import WEEKDAYS
from composer.sections.archive_story import ArchiveStory
from composer.yaml_source.values import Scalar

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DAYS = tuple(day[:3].capitalize() for day in WEEKDAYS)


@error
def weekday_mismatch(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """A date and a weekday that do not go together.

    What it checks:
        Every weekday in front of a date ("Tuesday, November 25", "Tues., 25 Nov. 2026"), for newsletters in
        English; of several ("Tuesday to Thursday, November 24 to 26") one has to fit. A date without a year is the
        one nearest to the issue's own, unless the paragraph names a year in which the weekday is right. A date of
        the issue that is not on the newsletter's weekday is a warning.

    Why it matters:
        Readers put the day into their calendars, and one of the two is wrong.

    Example:
        date: 2026-11-24
        housekeeping: We meet on Tuesday, November 25.

    Instead:
        date: 2026-11-24
        housekeeping: We meet on Wednesday, November 25.
    """
    if issue.date == date.min:
        return
    yield from _issue_day(draft, issue)
    if not is_english(draft):
        return
    archived = [key for key, section in issue.sections.items() if isinstance(section, ArchiveStory)]
    for text in words_in(draft):
        if _weekday().search(text.words) is None:
            continue
        for match in _dated().finditer(text.words):
            yield from _mismatch(draft, issue, text, match, archived)


def _issue_day(draft: Draft, issue: Issue) -> Iterator[Defect]:
    days, typed = issue.of.weekdays, draft.value("date")
    day = WEEKDAYS[issue.date.weekday()]
    if day in days or not isinstance(typed, Scalar):
        return
    usual = " and ".join(f"{name.capitalize()}s" for name in days)
    yield Defect(
        typed.place,
        f"{issue.date} is a {day.capitalize()}, and the newsletter goes out on {usual}",
        f"change the date; if it is meant, let it stand: # stet: editorial/weekday-mismatch {day.capitalize()} this once",
        label=day.capitalize(),
        level="warning",
    )


def _mismatch(draft: Draft, issue: Issue, text: Words, match: re.Match[str], archived: list[str]) -> Iterator[Defect]:
    weekday = _DAYS.index(match["weekday"][:3])
    short = (match["month"] or match["month2"])[:3]
    month = next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(short))
    day = int(match["day"] or match["day2"])
    place = text.place(match.start(), match.end())
    if match["year"]:
        meant = _date(int(match["year"]), month, day)
    else:
        near = [found for year in (issue.date.year - 1, issue.date.year, issue.date.year + 1) if (found := _date(year, month, day))]
        meant = min(near, key=lambda d: abs((d - issue.date).days), default=None)
        others = [_date(int(year), month, day) for year in _years().findall(_paragraph(text.words, match.start()))]
        if draft.section_at(place.line) in archived or any(other is not None and other.weekday() == weekday for other in others):
            return
    if (meant is not None and meant.weekday() in (weekday, *_days_before(text.words, match.start()))) or (meant is None and (month, day) == (2, 29)):
        return
    if meant is None:
        yield Defect(place, f"there is no {_MONTHS[month - 1]} {day}", "write the date that is meant", label="no such day")
        return
    right = WEEKDAYS[meant.weekday()].capitalize()
    yield Defect(
        place,
        f"{_MONTHS[month - 1]} {day}, {meant.year} is a {right}, not a {WEEKDAYS[weekday].capitalize()}",
        f"write {right}, or another date",
        label=f"a {right}",
    )


def _days_before(words: str, offset: int) -> list[int]:
    """The weekdays that this one follows: in "Tuesday and Wednesday, November 24 and 25" the first date is the first day's."""
    several = _several().search(words, max(offset - 80, 0), offset)
    return [_DAYS.index(day) for day in re.findall("|".join(_DAYS), several[0])] if several is not None else []


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _paragraph(words: str, offset: int) -> str:
    start, end = words.rfind("\n\n", 0, offset), words.find("\n\n", offset)
    return words[max(start, 0) : end if end >= 0 else len(words)]


@cache
def _years() -> re.Pattern[str]:
    return re.compile(r"(?<![\d.,$€£])(?:1[89]|20)\d\d(?![\d,]|\.\d)")


@cache
def _weekday() -> re.Pattern[str]:
    """Every weekday that the pattern below begins with, and a little more; the capitals in front let the search jump from one to the next."""
    return re.compile(r"[MTWFS](?:on|ues?|(?:ed|ednes)s?|hu(?:rs?)?|ri|at(?:ur)?|un)(?:day|[.,]|[ ]\d)")


@cache
def _several() -> re.Pattern[str]:
    day = r"(?:Mon|Tues?|Wed(?:nes)?s?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day|\.)?"
    return re.compile(rf"(?:\b{day},?[ \u00a0\n]*(?:[-–—/&,]|and|or|to|through|till|until)[ \u00a0\n]*(?:and|or|on)?[ \u00a0\n]*)+\Z")


@cache
def _dated() -> re.Pattern[str]:
    weekday = (
        # The full stop behind a whole word ends its sentence: "We met on Monday. November 24 was the day."
        r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun(?=\.))(?=[.,]|[ ]\d)\.?),?[ \u00a0\n]+(?:the[ ])?\(?"
    )
    months = "|".join(_MONTHS) + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
    number = r"[12]\d|3[01]|0?[1-9]"
    ordinal = r"(?:st|nd|rd|th)?\b(?![,.:]?\d|%|[ ]?(?:percent|million|billion|a\.?m|p\.?m))"
    year = r"(?:,?[ \u00a0](?P<year>(?:19|20)\d\d)\b)?"
    american = rf"(?P<month>{months})[ \u00a0\n]+(?P<day>{number}){ordinal}"
    british = rf"(?P<day2>{number}){ordinal}[ \u00a0\n]+(?:of[ ])?(?P<month2>{months})(?!\w)"
    return re.compile(f"{weekday}(?:{american}|{british}){year}")
