"""structure/empty-section."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import typed_twice
from composer.draft.load import Draft
from composer.issue.catalogue import is_empty_section
from composer.issue.issue import Issue
from composer.place import Place
from composer.project.newsletter import SectionEntry
from composer.yaml_source.values import Mapping, Scalar, Value


@error
def empty_section(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """A section's key stands there with nothing in it.

    What it checks:
        That behind the key of a section there is something: not the end of the line, `null`, an empty list, or a
        mapping whose fields are all empty.

    Why it matters:
        Somebody meant to write it. Sent like this, readers would miss the section, or find a heading over nothing.

    Example:
        digest: []

    Instead:
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power. (Reuters $)"
    """
    if draft.root is None:
        return
    entries = {entry.key: entry for entry in issue.of.sections}
    doubled = typed_twice(draft)
    for key in type(issue).section_keys:
        value = draft.root.get(key)
        if value is not None and is_empty_section(value) and not _is_typed_twice(draft.root, key, doubled):
            place = _place(value) or draft.place_of_key(key)
            yield Defect(place, f"the section `{key}` is empty", _help(key, entries.get(key)), label="nothing in it")


def _is_typed_twice(root: Mapping, key: str, doubled: set[tuple[str, int]]) -> bool:
    """Whether the section's key, or one in it, stands there twice: what is behind the second was lost, not forgotten."""
    value = root[key]
    keys = {key: root.key_scalars[key], **(value.key_scalars if isinstance(value, Mapping) else {})}
    return any((str(name), scalar.place.line) in doubled for name, scalar in keys.items())


def _place(value: Value) -> Place | None:
    """`[]`, `null` or `""` themselves; None where there is nothing to point at."""
    if isinstance(value, Scalar):
        return value.place if value.end > value.start else None
    return None if value else value.source.place(value.start, value.end)


def _help(key: str, entry: SectionEntry | None) -> str:
    if entry is not None and entry.standing is not None:
        return f"write it, or delete `{key}:` and the newsletter's standing text is printed"
    if entry is None or not entry.required:
        return f"write it, or delete `{key}:`; an issue may go without it"
    return "write it: readers expect this section in every issue"
