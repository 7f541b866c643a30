"""structure/too-many-items."""

from collections.abc import Iterator, Sequence

from composer.checks.rule import Defect, error
from composer.checks.structure_reading import typed_items, typed_sections
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.sections.headlines import Headline
from composer.yaml_source.values import Value


@error
def too_many_items(draft: Draft, issue: Issue, *, follow_ups: int = 2) -> Iterator[Defect]:
    """A section has more items, or a headline more follow-ups, than the newsletter wants.

    What it checks:
        The number of items of digests, stories and other lists against `max` in newsletter.yaml, and the follow-ups
        of each headline against the limit `follow_ups` (2). The finding is at the first item past the limit.

    Why it matters:
        A digest is a choice. Every item beyond what readers are used to makes the others less likely to be read,
        and long mails are cut off by Gmail.

    Example:
        headlines:
          - headline: Undersea cables are being used to listen for earthquakes
            url: https://example.org/cables
            dek: They picked up a tremor before the coast did. (Science News)
            more:
              - "[The owners would like a fee.](https://example.org/fee) (Reuters $)"
              - "[So would the fish.](https://example.org/fish) (BBC)"
              - "[A third follow-up.](https://example.org/third) (AP)"

    Instead:
        Keep the two follow-ups that matter, or give the third a place of its own in the list.
    """
    for entry, section in typed_sections(issue):
        items = typed_items(draft, entry, section)
        if entry.max is not None:
            yield from _beyond(items, entry.max, f"`{entry.key}` has {len(items)} items; the newsletter wants")
        for item in section.counted_items:
            if isinstance(item, Headline):
                follow_up_values = [more.origin for more in item.more if more.origin is not None]
                yield from _beyond(follow_up_values, follow_ups, f"this headline has {len(item.more)} follow-ups; there may be")


def _beyond(items: Sequence[Value], most: int, words: str) -> Iterator[Defect]:
    if len(items) > most:
        surplus = len(items) - most
        yield Defect(
            items[most].place, f"{words} at most {most}", f"remove {surplus}, from here on or further up", label=f"number {most + 1} of at most {most}"
        )
