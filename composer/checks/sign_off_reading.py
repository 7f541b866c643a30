"""What the sign-off rules read: the closing words as typed, and where else readers can write to."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from composer.checks.schema_reading import is_left_out
from composer.checks.side_by_side import once_a_draft
from composer.checks.structure_reading import has_content
from composer.discovery import nearest
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.place import Place
from composer.project.newsletter import SectionEntry
from composer.project.people import Person
from composer.sections.sign_off import SignOff, mail_addresses
from composer.sections.stories import Stories
from composer.yaml_source.typed import typed
from composer.yaml_source.validation_problems import place_of_missing
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value

QUESTION_MARKS = "?？؟⁇⁈⁉‽"
_MOST_SLIPS = 2
# Words of what people of a newsroom do, which nobody is called.
_TITLES = frozenset((
    "analyst", "anchor", "chief", "columnist", "contributing", "contributor", "correspondent", "critic", "deputy", "director",
    "editor", "editorial", "fellow", "illustrator", "intern", "journalist", "photographer", "producer", "publisher", "reporter",
    "reporting", "researcher", "senior", "staff", "translator", "writer",
))  # fmt: skip


class ClosingWords(NamedTuple):
    """A sign-off as typed: its mapping, and what could be read of it even where a part of it is wrong."""

    mapping: Mapping
    words: SignOff

    def has(self, field: str) -> bool:
        """Whether something stands behind a field, right or wrong."""
        return not is_blank(self.mapping.get(field))

    def place_of_lacking(self, field: str) -> Place:
        """Where a field's absence is reported: at quotes with nothing in them, else at its empty key, else at the sign-off's own."""
        value = self.mapping.get(field)
        if value is not None and value.end > value.start:
            return value.place
        return place_of_missing(self.mapping, field, place_of_sign_off(self))


@once_a_draft
def closing_words(draft: Draft) -> tuple[ClosingWords, ...]:
    """The sign-offs of a draft."""
    values = ((entry.key, draft.value(entry.key)) for entry in sign_off_entries(draft))
    return tuple(ClosingWords(value, _words(draft, key, value)) for key, value in values if isinstance(value, Mapping) and has_content(draft, key))


def _words(draft: Draft, key: str, value: Mapping) -> SignOff:
    """The issue's own sign-off where it was made of just this mapping; else what can be made of it."""
    own = draft.issue.sections.get(key) if draft.issue is not None else None
    if isinstance(own, SignOff) and own.origin is value:
        return own
    words = typed(SignOff, value, top=draft.source.top, salvage={}).made
    return words if words is not None else SignOff()


def sign_off_entries(draft: Draft) -> list[SectionEntry]:
    """The newsletter's entries of type sign_off."""
    return [entry for entry in draft.newsletter.sections if entry.type == SignOff.type] if draft.newsletter is not None else []


def missing_sign_offs(draft: Draft) -> Iterator[tuple[SectionEntry, Scalar | None]]:
    """Required sign-offs that are absent, each with the reply address that a section in its place holds, if any."""
    for entry in sign_off_entries(draft):
        if entry.required and entry.standing is None and is_left_out(draft, entry.key):
            yield entry, _address_in_its_place(draft, entry)


def _address_in_its_place(draft: Draft, entry: SectionEntry) -> Scalar | None:
    assert draft.newsletter is not None
    for other in draft.newsletter.sections:
        if other.replaces == entry.key:
            value = draft.value(other.key)
            found = next((s for s in _scalars(value) if any(mail_addresses(s))), None) if value is not None else None
            if found is not None:
                return found
    return None


def _scalars(value: Value) -> Iterator[Scalar]:
    if isinstance(value, Scalar):
        yield value
    else:
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _scalars(item)


def writers_address(issue: Issue) -> str | None:
    """The address of the first person of the byline whom newsletter.yaml gives one."""
    people = issue.of.people
    return next((str(people[name].email) for name in issue.byline or [] if name in people and people[name].email), None)


def place_of_sign_off(words: ClosingWords) -> Place:
    """The key of a sign-off."""
    return words.mapping.key.place if words.mapping.key is not None else words.mapping.place


def unsigned_stories(draft: Draft) -> Iterator[Mapping]:
    """The stories, as typed, with nothing behind `byline` and nothing behind `note`."""
    for entry in draft.newsletter.sections if draft.newsletter is not None else ():
        value = draft.value(entry.key)
        if entry.type == Stories.type and value is not None:
            items = value.get("items") if isinstance(value, Mapping) else value
            stories = (item for item in items if isinstance(item, Mapping)) if isinstance(items, Sequence) else ()
            yield from (story for story in stories if story and is_blank(story.get("byline")) and is_blank(story.get("note")))


def is_blank(value: Value | None) -> bool:
    """Whether a field is absent or holds no words."""
    return value is None or (isinstance(value, Scalar) and not value.strip())


def person_meant(name: str, people: Iterable[str]) -> str | None:
    """The known person whose name this nearly is, whatever stands in front of it: a dash or “By”."""
    plain = _plain(name)
    known = {_plain(person): person for person in people}
    if plain in known:
        return known[plain]
    from rapidfuzz.distance import OSA

    near = nearest(plain, known)
    return known[near] if near is not None and OSA.distance(plain, near) <= _MOST_SLIPS else None


def people_meant(name: str, people: dict[str, Person]) -> list[str]:
    """The names in `Wen Castellan and Noor Hale`, if one of them is known, without what they do; none where it may be one name."""
    bare = re.sub(r"^(?:[—–-]|by\s)\s*", "", name.strip(), flags=re.IGNORECASE)
    parts = [part for part in re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+", bare) if part]
    titles = {str(person.title).casefold() for person in people.values() if person.title}
    names = [part for part in parts if part in people or not (part.casefold() in titles or _is_a_title(part))]
    # What has one word is no name: "Wen Castellan, MD".
    return names if any(part in people for part in names) and all(part in people or " " in part for part in names) else []


def _is_a_title(words: str) -> bool:
    """Whether they say what somebody does, or where: `Deputy Editor`, `in Taipei`."""
    return words.startswith(("in ", "at ", "for ")) or not _TITLES.isdisjoint(words.casefold().replace("-", " ").split())


def _plain(name: str) -> str:
    return " ".join(name.casefold().lstrip("—–- ").removeprefix("by ").split())
