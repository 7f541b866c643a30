"""What the editorial rules read: the briefs that owe readers a source."""

from collections.abc import Iterator
from typing import NamedTuple

from composer.blocks.brief import Brief
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.sections.briefs import Briefs
from composer.sections.headlines import Headlines
from composer.yaml_source.typed import Typed
from composer.yaml_source.values import Mapping


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
