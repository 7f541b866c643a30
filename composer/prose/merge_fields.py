"""Merge fields for readers, such as `{{ reader.first_name | there }}`, kept whole through every engine.

They are never evaluated. While a text is rendered, each stands as one word of letters and digits, which
Markdown, MJML and the CSS inliner leave alone; it is put back last.
"""

import re
from typing import NamedTuple

# The neutral form: a field of `reader`, and behind a bar the words for a reader who has none. A field is put back
# into HTML as it was typed, so its words hold nothing that could open a tag or close an attribute.
MERGE_FIELD = re.compile(r"\{\{\s*reader\.([a-z][a-z0-9_]*)\s*(?:\|\s*([^{}|<>\"]*?)\s*)?\}\}")
_OPAQUE = re.compile(r"zmf((?:[0-9a-f]{2})+)zmf")


class MergeField(NamedTuple):
    """A field that the delivery service fills in for each reader, and what stands there when it cannot."""

    name: str
    fallback: str | None


def protected(text: str) -> str:
    """The text with each merge field as one opaque word that spells the field's own bytes."""
    if "{{" not in text:
        return text
    return MERGE_FIELD.sub(lambda m: f"zmf{m[0].encode().hex()}zmf", text)


def restored(text: str) -> str:
    """The text with its merge fields put back as they were typed."""
    if "zmf" not in text:
        return text
    return _OPAQUE.sub(_field_spelled_by, text)


def _field_spelled_by(match: re.Match[str]) -> str:
    """The field behind an opaque word; a word that somebody typed to look like one stays as it is."""
    field = bytes.fromhex(match[1]).decode(errors="replace")
    return field if MERGE_FIELD.fullmatch(field) else match[0]


def merge_fields(text: str) -> list[MergeField]:
    """The merge fields of a text in order."""
    return [MergeField(m[1], m[2]) for m in MERGE_FIELD.finditer(text)]
