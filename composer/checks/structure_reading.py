"""What the structure rules and their neighbours read: the sections of a draft and where they stand."""

from collections.abc import Iterator
from typing import NamedTuple

from composer.draft.load import Draft
from composer.issue.catalogue import is_empty_section
from composer.issue.issue import Issue
from composer.project.newsletter import SectionEntry
from composer.sections.section import Section
from composer.yaml_source.values import Mapping, Sequence, Value, is_empty


class TypedSection(NamedTuple):
    """A section of the draft with its entry in newsletter.yaml."""

    entry: SectionEntry
    section: Section


def typed_sections(issue: Issue) -> Iterator[TypedSection]:
    """The sections a writer typed, in the newsletter's order; standing ones are the newsletter's, not the draft's."""
    for entry in issue.of.sections:
        section = getattr(issue, entry.key, None)
        if isinstance(section, Section):
            yield TypedSection(entry, section)


def typed_items(draft: Draft, entry: SectionEntry, section: Section) -> list[Value]:
    """The items of a counted section as typed, those with a fault of their own included."""
    value = draft.value(entry.key)
    if isinstance(value, Mapping) and section.counted is not None:
        value = value.get(section.counted)
    return [item for item in value if not is_empty(item)] if isinstance(value, Sequence) else []


def has_content(draft: Draft, key: str) -> bool:
    """Whether something stands behind a section's key, well-formed or not."""
    value = draft.value(key)
    return value is not None and not is_empty_section(value)
