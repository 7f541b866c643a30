"""editorial/doubled-mark."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from composer.blocks.block import fields_of
from composer.blocks.brief import Brief
from composer.blocks.pull_quote import PullQuote
from composer.checks.rule import Defect, warning
from composer.checks.sign_off_reading import people_meant, person_meant
from composer.checks.typography_reading import Change, edits_of
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.prose.markdown import Prose
from composer.sections.briefs import Briefs
from composer.sections.bullets import Bullets
from composer.sections.headlines import Headlines
from composer.sections.quote import Quote
from composer.sections.section import SectionOptions
from composer.sections.stories import Stories, StoriesOptions
from composer.yaml_source.values import Scalar

_CLOSED_BY = {"“": "”", '"': '"', "«": "»", "„": "“", "「": "」", "『": "』"}


class _Mark(NamedTuple):
    """What was typed in front of a text, or around it, and what it is."""

    text: Scalar
    spans: tuple[tuple[int, int], ...]
    kind: str


@warning
def doubled_mark(draft: Draft, issue: Issue) -> Iterator[Defect]:
    r"""A mark is typed that the newsletter prints by itself, so that it stands there twice.

    What it checks:
        Items of numbered lists that begin with their own number, items of any list that begin with a bullet (•), quotes
        that stand in quotation marks as a whole, bylines of stories and attributions that begin with a dash, an issue's byline with
        a “By” of its own, and stories with a `url` that end in the words of the link to it. Behind a backslash, `1\.`, a number is a word.

    Why it matters:
        Words come from a page where the marks were typed, and here the newsletter prints its own: readers get
        “——Ilse Marchetti” and “1. 1. Two provinces”.

    Example:
        digest:
          - "1. [Two provinces](https://example.org/power) began to trade wind power. (Reuters $)"

    Instead:
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power. (Reuters $)"
    """
    for text, spans, kind in _marks(draft, issue):
        start, end = spans[0]
        typed = text[start:end].strip()
        start += text[start:end].index(typed)
        yield Defect(
            text.place_of(start, start + len(typed)),
            f"the {kind} `{typed}` is typed, and the newsletter prints one by itself",
            "type the words without it",
            label="twice",
            edits=edits_of(draft, text, (Change(*span, "") for span in spans)),
        )


def _marks(draft: Draft, issue: Issue) -> Iterator[_Mark]:
    by = re.compile(rf"(?P<mark>{re.escape(str(issue.of.words.by))}(?!\w)\s*)(?=\S)", re.IGNORECASE)
    yield from _of_guests(issue.byline, by, "word", issue)
    for key, model in issue.models():
        if key in draft.broken:
            continue
        if isinstance(model, Briefs):
            yield from _numbers([item.text for item in model.items])
        elif isinstance(model, Headlines):
            yield from _numbers([item.headline for item in model.items])
        elif isinstance(model, Stories):
            yield from _of_links(model, issue.options.get(key))
        elif isinstance(model, Bullets):
            for line in model.items:
                yield from _in_front(line, _bullet(), "bullet")
        elif isinstance(model, Brief):
            yield from _in_front(model.text, _bullet(), "bullet")
        elif isinstance(model, (Quote, PullQuote)):
            yield from _in_front(model.attribution, _dash(), "dash")
            if isinstance(model, Quote):
                yield from _around(model.quote)
        if "byline" in fields_of(type(model)):
            yield from _of_guests(getattr(model, "byline", None), _dash(), "dash", issue)


def _numbers(texts: Sequence[Prose | str]) -> Iterator[_Mark]:
    """Numbers typed in front of items; one that is not the item's own, and stands alone, may be a date: “24. November”."""
    found = [next(_in_front(text, _number(), "number"), None) for text in texts]
    are_all = len(found) > 1 and None not in found
    yield from (mark for index, mark in enumerate(found, 1) if mark is not None and (are_all or _number_of(mark) == index))


def _number_of(mark: _Mark) -> int:
    return int("".join(filter(str.isdigit, mark.text[slice(*mark.spans[0])])))


def _of_links(stories: Stories, options: SectionOptions | None) -> Iterator[_Mark]:
    """The words of the link to a whole story, typed as a sentence of their own behind its last paragraph."""
    words = re.escape(str(options.read_more).rstrip(".。")) if isinstance(options, StoriesOptions) else ""
    typed = re.compile(rf"(?<=[\n.!?…:。！？：”’\"')）*_])\s*(?P<mark>(?:\[{words}[.。]?\]\([^)\s]*\)|{words})[.。]?)\s*\Z", re.IGNORECASE)
    for story in stories.items:
        last = story.body.items[-1]
        text = last.origin if isinstance(last, Prose) and story.url and words else None
        found = typed.search(text) if text is not None else None
        if found is not None and text is not None and found.start() > 0:
            yield _Mark(text, ((found.start(), found.end("mark")),), "link")


def _of_guests(names: list[str] | None, mark: re.Pattern[str], kind: str, issue: Issue) -> Iterator[_Mark]:
    """The marks in front of names; where sign-off/unknown-person knows whose name it is, it says so."""
    for name in names or ():
        yield from (found for found in _in_front(name, mark, kind) if not _is_known(str(name), issue))


def _is_known(name: str, issue: Issue) -> bool:
    return person_meant(name, issue.of.people) is not None or bool(people_meant(name, issue.of.people))


def _in_front(text: Prose | str | None, mark: re.Pattern[str], kind: str) -> Iterator[_Mark]:
    typed = text.origin if isinstance(text, Prose) else text
    found = mark.match(typed) if isinstance(typed, Scalar) else None
    if found is not None and isinstance(typed, Scalar):
        yield _Mark(typed, (found.span("mark"),), kind)


def _around(text: Prose) -> Iterator[_Mark]:
    typed = text.origin
    words = typed.strip() if typed is not None else ""
    closing, inside = _CLOSED_BY.get(words[:1]), words[1:-1]
    if typed is not None and inside and words[-1] == closing and words[0] not in inside and closing not in inside:
        start = typed.index(words)
        end = start + len(words)
        yield _Mark(typed, ((start, start + 1), (end - 1, end)), "quotation mark")


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"\s*(?P<mark>\d{1,2}[.)]\s+)(?=\S)")


@cache
def _bullet() -> re.Pattern[str]:
    return re.compile(r"\s*(?P<mark>[•‣◦]\s*)(?=\S)")


@cache
def _dash() -> re.Pattern[str]:
    return re.compile(r"\s*(?P<mark>(?:[—–]|--?)\s*)(?=\S)")
