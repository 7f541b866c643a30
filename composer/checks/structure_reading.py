"""What the structure rules and their neighbours read: the sections of a draft and where they stand."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from composer.draft.load import Draft
from composer.issue.catalogue import is_empty_section
from composer.issue.issue import Issue
from composer.place import Place
from composer.project.newsletter import SectionEntry
from composer.sections.section import Section


class TypedSection(NamedTuple):
    """A section of the draft with its entry in newsletter.yaml and the place of its key."""

    entry: SectionEntry
    section: Section
    key: Place


def typed_sections(draft: Draft, issue: Issue) -> Iterator[TypedSection]:
    """The sections a writer typed, in the newsletter's order; standing ones are the newsletter's, not the draft's."""
    for entry in issue.of.sections:
        section = getattr(issue, entry.key, None)
        if isinstance(section, Section):
            yield TypedSection(entry, section, draft.place_of_key(entry.key))


def has_content(draft: Draft, key: str) -> bool:
    """Whether something stands behind a section's key, well-formed or not."""
    value = draft.value(key)
    return value is not None and not is_empty_section(value)


def place_of_item(item: Any) -> Place | None:
    """Where a list item begins: its first key, or its text."""
    origin = getattr(item, "origin", None)
    return origin.place if origin is not None else None
