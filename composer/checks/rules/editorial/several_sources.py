"""editorial/several-sources."""

import re
from collections.abc import Iterator
from functools import cache

from composer.blocks.brief import Brief
from composer.checks.editorial_reading import listed_publications, place_of_mark, plain_name, typed_briefs
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft
from composer.issue.issue import Issue


@warning
def several_sources(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """A brief names more than one source in its mark.

    What it checks:
        The bracket at the end of every brief for two names: `(Reuters $, BBC)`, `(Reuters) (BBC)`, and also
        `(Reuters and BBC)` or `(Reuters/BBC)` where both are known publications; `source` likewise. Not words about a
        source: `(Les Echos $, in French)`.

    Why it matters:
        A brief sends readers to one report. With two names they cannot tell whose it is, nor which of them asks for
        a subscription.

    Example:
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power. (Reuters $, BBC)"

    Instead:
        digest:
          - text: "[Two provinces](https://example.org/power) began to trade wind power. (Reuters $)"
            more:
              - "[A third one](https://example.org/third) would like to. (BBC)"
    """
    for typed in typed_briefs(draft):
        names = _names(typed.brief, issue)
        place = place_of_mark(typed.brief) if len(names) > 1 else None
        if place is not None:
            yield Defect(
                place,
                f"the brief names {len(names)} sources: {', '.join(names)}",
                "keep the one that the link leads to, and give the other a follow-up of its own under `more:`",
                label="which of them?",
            )


def _names(brief: Brief, issue: Issue) -> list[str]:
    names = [source.name for source in brief.sources]
    if not names:
        return []
    if len(names) > 1:
        # Words behind a comma may be words, "(yes, really)", and a bracket before the mark an aside.
        return names if all(_is_name(name) for name in names) else []
    parts = [part for part in (part.rstrip("$ \u00a0") for part in _between().split(names[0])) if part]
    if len(parts) < 2:
        return []
    known = _known() | listed_publications(issue.of).keys()
    return parts if plain_name(names[0]) not in known and all(plain_name(part) in known for part in parts) else []


def _is_name(name: str) -> bool:
    return not name[0].islower() or plain_name(name) in _known()


@cache
def _known() -> frozenset[str]:
    from composer.facts.publications import publication_names

    return frozenset(plain_name(name) for name in publication_names())


@cache
def _between() -> re.Pattern[str]:
    return re.compile(r"\s*(?:[,;/+|&、，；]|\band\b|\bvia\b)\s*")
