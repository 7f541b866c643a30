"""editorial/stale-date."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from composer.checks.newsletter_reading import once_a_newsletter
from composer.checks.rule import Defect, warning
from composer.checks.typography_reading import HIDDEN, is_english, words_in
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.project.newsletter import Newsletter
from composer.project.newsroom import Newsroom
from composer.proof.proof import Proof
from composer.yaml_source.values import Scalar


@warning
def stale_date(draft: Draft, issue: Issue, proof: Proof) -> Iterator[Defect]:
    """A date that was right when the words were first typed and no longer is.

    What it checks:
        The copyright year in the imprint, the legal footer and the postal address of newsletter.yaml and
        newsroom.yaml against the issue's date. And words such as "this morning I published" or "we reported today",
        for newsletters in English, where the link in the same sentence carries another day in its address
        (/2026/11/12/). Not every "today".

    Why it matters:
        An imprint from last year looks abandoned, and readers who follow the link see that this morning was last
        week's.

    Example:
        date: 2026-11-24
        body: This morning, I published [a story](https://example.org/2026/11/20/cranes) about cranes.

    Instead:
        date: 2026-11-24
        body: Last Friday, I published [a story](https://example.org/2026/11/20/cranes) about cranes.
    """
    if issue.date == date.min:
        return
    yield from _imprint(issue, proof)
    if is_english(draft) and "](" in draft.source.text:
        yield from _said_to_be_new(draft, issue)


def _imprint(issue: Issue, proof: Proof) -> Iterator[Defect]:
    for year in _years_of_small_print(issue.of, proof.project.newsroom):
        if int(year[0]) < issue.date.year:
            assert isinstance(year.string, Scalar)
            yield Defect(
                year.string.place_of(*year.span()),
                f"the small print says {year[0]}, and the issue is of {issue.date.year}",
                f"write {issue.date.year}, or leave the year out",
                label="a past year",
            )


@once_a_newsletter
def _years_of_small_print(newsletter: Newsletter, newsroom: Newsroom | None) -> tuple[re.Match[str], ...]:
    """The last year of each text of the imprint that speaks of somebody's rights."""
    publisher = newsletter.publisher or (newsroom.publisher if newsroom is not None else None)
    footer = newsletter.legal_footer or (newsroom.legal_footer if newsroom is not None else None)
    texts = (newsletter.imprint.reason, newsletter.imprint.credits, footer, publisher.postal_address if publisher is not None else None)
    speaking = (text for text in texts if isinstance(text, Scalar) and any(sign in text.lower() for sign in ("©", "(c)", "copyright", "rights reserved")))
    years = (list(_year().finditer(text)) for text in speaking)
    return tuple(of_text[-1] for of_text in years if of_text)


def _said_to_be_new(draft: Draft, issue: Issue) -> Iterator[Defect]:
    for text in words_in(draft):
        if "](" not in text.words or not any(day in text.words for day in ("oday", "his morning", "his afternoon")) or not _new().search(text.words):
            continue
        for sentence in _sentence().finditer(text.words):
            said = _new().search(text.words, *sentence.span())
            if said is None or "](" not in sentence[0]:
                continue
            days = [day for link in _target().finditer(text.typed, *sentence.span()) if (day := _day_in(link[1]))]
            if days and issue.date not in days:
                yield Defect(
                    text.place(*said.span()),
                    f"the story that is linked here is of {days[0]}, and the issue of {issue.date}",
                    f"say when it was published, such as “{_said(days[0], issue.date)}”, or link the story that is meant",
                    label="not that day",
                )


def _said(day: date, today: date) -> str:
    """A weekday, which says enough for a week."""
    return f"on {day:%A}" if 0 < (today - day).days < 7 else f"on {day:%B} {day.day}"


def _day_in(address: str) -> date | None:
    found = _dated().search(address)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@cache
def _sentence() -> re.Pattern[str]:
    """Up to a full stop and a space; a closed bracket or quote may stand between them."""
    return re.compile(r"\S(?:[^.!?\n]|[.!?](?![”\"’)]?\s)|\n(?!\n))*")


@cache
def _new() -> re.Pattern[str]:
    """Somebody of the newsroom who published something today."""
    day = r"(?:[Tt]his (?:morning|afternoon)|(?:[Ee]arlier )?[Tt]oday)"
    who = r"(?:I|[Ww]e|[Mm]y colleague[\w ]*|[Oo]ur [\w ]{1,30})(?:[’']ve| have| just)*"
    did = r"(?:just )?(?:published|posted|reported|wrote|broke|ran|launched|put out)"
    # What was published, with its link; a "today" further on is of something else: "about where the company stands today".
    what = rf"(?: [\w’'-]+){{0,6}}(?: ?\[[^\]\n]*\]\({HIDDEN}*\))?(?: (?:on|about) (?:it|this|that|them))?(?: (?:here|online|only|just))?"
    return re.compile(rf"\b(?:{day},? {who} {did}\b|{who} {did}\b{what},? {day}\b(?![’'-]))")


@cache
def _target() -> re.Pattern[str]:
    return re.compile(r"\]\(<?([^)\s>]+)")


@cache
def _dated() -> re.Pattern[str]:
    return re.compile(r"/(20\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/\-?#.]|$)")
