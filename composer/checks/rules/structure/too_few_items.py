"""structure/too-few-items."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import lines_mended, typed_twice
from composer.checks.structure_reading import typed_items, typed_sections
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.project.newsletter import SectionEntry
from composer.sections.section import Section
from composer.yaml_source.values import Mapping


@error
def too_few_items(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """A section has fewer items than the newsletter wants.

    What it checks:
        The number of items of digests, stories and other lists against `min` in newsletter.yaml. Follow-ups are
        not counted.

    Why it matters:
        A digest that promises ten stories and brings nine was most likely sent before it was finished.

    Example:
        # newsletter.yaml: {key: digest, type: briefs, min: 5, max: 7}
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power. (Reuters $)"

    Instead:
        Add items until the section has as many as `min` says, or lower `min` if fewer will do from now on.
    """
    for entry, section in typed_sections(issue):
        count = len(typed_items(draft, entry, section))
        if entry.min is not None and count < entry.min and (count or _is_empty_list(draft, entry, section)) and not _has_joined_items(draft, entry):
            wanted = f"exactly {entry.min}" if entry.min == entry.max else f"at least {entry.min}"
            items = "item" if count == 1 else "items"
            more = entry.min - count
            key = draft.place_of_key(entry.key)
            yield Defect(key, f"`{entry.key}` has {count} {items}; the newsletter wants {wanted}", f"add {more} more", label=f"{count} of {entry.min}")


def _is_empty_list(draft: Draft, entry: SectionEntry, section: Section) -> bool:
    """Whether a list stands there with no items beside other words; a key without a list is schema/missing-field's."""
    value = draft.value(entry.key)
    return isinstance(value, Mapping) and section.counted is not None and value.get(section.counted) == []


def _has_joined_items(draft: Draft, entry: SectionEntry) -> bool:
    """Whether a lost dash or quote may have made one item of two: the rules of the schema say where."""
    value = draft.value(entry.key)
    spoilt = lines_mended(draft) | {line for _, line in typed_twice(draft)}
    if value is None or not spoilt:
        return False
    place = value.source.place(value.start, value.end)
    return any(place.line <= line <= place.end_line for line in spoilt)
