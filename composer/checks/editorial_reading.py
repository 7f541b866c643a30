"""What the editorial rules read: the briefs that owe readers a source."""

from collections.abc import Iterator
from typing import NamedTuple

from composer.blocks.brief import Brief
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.sections.briefs import Briefs
from composer.sections.headlines import Headlines


class Item(NamedTuple):
    """A brief of a digest and the follow-ups that may carry its sources."""

    brief: Brief
    follow_ups: list[Brief]


def digest_items(draft: Draft, issue: Issue) -> Iterator[Item]:
    """Every brief of the digests, follow-ups included, and the line beneath every headline.

    Further reading beneath a story is no digest: a source is welcome there and not owed.
    """
    for entry in issue.of.sections:
        section = getattr(issue, entry.key, None)
        if isinstance(section, Briefs):
            yield from (item for brief in section.items for item in _with_follow_ups(brief, brief.more))
        elif isinstance(section, Headlines):
            yield from (item for headline in section.items for item in _with_follow_ups(headline.dek, [*headline.dek.more, *headline.more]))


def _with_follow_ups(brief: Brief, more: list[Brief]) -> Iterator[Item]:
    yield Item(brief, more)
    for follow_up in more:
        yield from _with_follow_ups(follow_up, follow_up.more)
