"""What the editorial rules read: the briefs that owe readers a source, and the sources that briefs name."""

from collections.abc import Iterator
from typing import NamedTuple

from composer.blocks.brief import Brief
from composer.checks.newsletter_reading import once_a_newsletter
from composer.checks.side_by_side import once_a_draft
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.place import Place
from composer.project.newsletter import Newsletter
from composer.sections.briefs import Briefs
from composer.sections.headlines import Headline, Headlines
from composer.yaml_source.typed import Typed
from composer.yaml_source.values import Mapping, Scalar


class Item(NamedTuple):
    """A brief of a digest and the follow-ups that may carry its sources.

    `is_whole` is False where one of its follow-ups may be left out because of a fault of its own.
    """

    brief: Brief
    follow_ups: list[Brief]
    is_whole: bool


def digest_items(draft: Draft, issue: Issue) -> Iterator[Item]:
    """Every brief of the digests, follow-ups included, and the line beneath every headline.

    Further reading beneath a story is no digest: a source is welcome there and not owed.
    """
    for entry in issue.of.sections:
        section = getattr(issue, entry.key, None)
        broken = entry.key in draft.broken
        if isinstance(section, Briefs):
            for brief in section.items:
                yield from _with_follow_ups(brief, brief.more, not broken or not _has_follow_ups(brief))
        elif isinstance(section, Headlines):
            for headline in section.items:
                is_whole = not broken or not (_has_follow_ups(headline) or _has_follow_ups(headline.dek))
                yield from _with_follow_ups(headline.dek, [*headline.dek.more, *headline.more], is_whole)


def _has_follow_ups(item: Typed) -> bool:
    return isinstance(item.origin, Mapping) and "more" in item.origin


def _with_follow_ups(brief: Brief, more: list[Brief], is_whole: bool) -> Iterator[Item]:  # noqa: FBT001
    yield Item(brief, more, is_whole)
    for follow_up in more:
        yield from _with_follow_ups(follow_up, follow_up.more, is_whole or not _has_follow_ups(follow_up))


class TypedBrief(NamedTuple):
    """A brief of the draft with the key of its section; `headed` where a linked headline stands above it."""

    key: str
    brief: Brief
    headed: bool


@once_a_draft
def typed_briefs(draft: Draft) -> tuple[TypedBrief, ...]:
    """Every brief that was typed in the draft, follow-ups and further reading included, in reading order."""
    found: list[TypedBrief] = []
    below_headlines: set[int] = set()
    for key, model in draft.issue.models() if draft.issue is not None else ():
        if isinstance(model, Headline):
            below_headlines.add(id(model.dek))
        elif isinstance(model, Brief) and model.text.origin is not None and model.text.origin.source is draft.source:
            found.append(TypedBrief(key, model, id(model) in below_headlines))
    return tuple(found)


class NamedSource(NamedTuple):
    """A source that a brief of the draft names."""

    name: str
    paywall: bool
    brief: Brief

    @property
    def place(self) -> Place:
        """The place of its name."""
        found = None if self.brief.source else _place_of_words(self.brief, self.name)
        place = found or place_of_mark(self.brief)
        assert place is not None, "what typed_briefs yields was typed"
        return place


@once_a_draft
def named_sources(draft: Draft) -> tuple[NamedSource, ...]:
    """Every source that the draft's briefs name, in reading order."""
    return tuple(NamedSource(source.name, source.paywall, typed.brief) for typed in typed_briefs(draft) for source in typed.brief.sources)


@once_a_newsletter
def listed_publications(newsletter: Newsletter) -> dict[str, str]:
    """What newsletter.yaml says of each publication, by its plain name: `free`, `paywall` or `either`."""
    return {plain_name(name): kind for name, kind in newsletter.publications.items()}


def place_of_mark(brief: Brief) -> Place | None:
    """Where a brief's sources stand: its bracket, or its field `source`; None for a brief that nobody typed."""
    if brief.source is not None:
        return brief.source.place if isinstance(brief.source, Scalar) else None
    mark = brief.mark
    if mark is None:
        return None
    text = brief.text.markdown.rstrip()
    return _place_of_words(brief, mark.raw) or _place_of_words(brief, mark.sources[0].name) or brief.text.place(0, len(text))


def plain_name(name: str) -> str:
    """A publication's name without what makes no difference: capitals, an article in front, doubled spaces."""
    words = name.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _place_of_words(brief: Brief, words: str) -> Place | None:
    """The last place of these words in the brief's text, link targets left out."""
    start = brief.text.searchable.rfind(words)
    return brief.text.place(start, start + len(words)) if start >= 0 else None
