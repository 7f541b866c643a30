"""Merge fields for readers, such as `{{ reader.first_name | there }}`, kept whole through every engine.

They are never evaluated. While a text is rendered, each stands as one word of letters and digits, which
Markdown, MJML and the CSS inliner leave alone; it is put back last.
"""

import re
from collections.abc import Callable
from html import unescape
from typing import Literal, NamedTuple

# The neutral form: a field of `reader`, and behind a bar the words for a reader who has none. A field is put back
# into HTML as it was typed, so its words hold nothing that could open a tag or close an attribute.
MERGE_FIELD = re.compile(r"\{\{\s*reader\.([a-z][a-z0-9_]*)\s*(?:\|\s*([^{}|<>\"]*?)\s*)?\}\}")
_OPAQUE = re.compile(r"zmf((?:[0-9a-f]{2})+)zmf")
# How every field's word begins. Of five characters: for more, Python looks through a whole mail in another way, which takes five times as long.
_OPAQUE_BRACE = f"zmf{b'{'.hex()}"
_TAG = re.compile(r"<[a-zA-Z][^<>\"']*+(?:\"[^\"]*+\"[^<>\"']*+|'[^']*+'[^<>\"']*+)*+>")

# Where a field may stand: in the HTML's words, inside one of its tags, there in an address before its `?` or behind it,
# in the plain text, in an address there, in the subject, in another header. An address that begins with a field is
# that field's own, so such a field stands in a tag or in the text as any other does.
Spot = Literal["html", "attribute", "path", "query", "text", "text_address", "subject", "header"]


class MergeField(NamedTuple):
    """A field that the delivery service fills in for each reader, and what stands there when it cannot."""

    name: str
    fallback: str | None


class Refusal(NamedTuple):
    """Why a delivery service cannot be told of a field, and what to type instead."""

    message: str
    help: str


class Spelling(NamedTuple):
    """How a delivery service spells a field at a spot, and the words of the plain text that are no field."""

    of_field: Callable[[MergeField, Spot], str | Refusal]
    of_plain_words: Callable[[str], str] = str


def protected(text: str) -> str:
    """The text with each merge field as one opaque word that spells the field's own bytes."""
    if "{{" not in text:
        return text
    return MERGE_FIELD.sub(lambda m: f"zmf{m[0].encode().hex()}zmf", text)


def protected_in_markup(markup: str) -> str:
    """Markup whose fields that stand there escaped, as an attribute's do, are opaque words too."""
    # The letters of a field, since braces stand in every style sheet.
    return MERGE_FIELD.sub(_protected_escaped, markup) if "reader." in markup else markup


def _protected_escaped(match: re.Match[str]) -> str:
    """A field's opaque word; what is no field before it was escaped stays escaped."""
    typed = unescape(match[0])
    return protected(typed) if MERGE_FIELD.fullmatch(typed) else match[0]


def restored(text: str) -> str:
    """The text with its merge fields put back as they were typed."""
    if _OPAQUE_BRACE not in text:
        return text
    return _OPAQUE.sub(_field_spelled_by, text)


def _field_spelled_by(match: re.Match[str]) -> str:
    """The field behind an opaque word; a word that somebody typed to look like one stays as it is."""
    field = bytes.fromhex(match[1]).decode(errors="replace")
    return field if MERGE_FIELD.fullmatch(field) else match[0]


def respelled(text: str, spell: Callable[[str], str]) -> str:
    """The text with each merge field, opaque or as it was typed, as `spell` puts it."""
    text = restored(text)
    return MERGE_FIELD.sub(lambda m: spell(m[0]), text) if "{{" in text else text


def respelled_in_html(html: str, in_words: Callable[[str], str], in_tag: Callable[[str], str]) -> str:
    """HTML with the fields behind its opaque words respelled: one function is given each field, the other each whole tag."""
    if _OPAQUE_BRACE not in html:
        return html
    html = _TAG.sub(lambda m: in_tag(m[0]) if "zmf" in m[0] else m[0], html)
    return _OPAQUE.sub(lambda m: respelled(m[0], in_words), html)


def field_typed(typed: str) -> MergeField | None:
    """The field that a text spells; None where the text is something else."""
    match = MERGE_FIELD.fullmatch(typed)
    return MergeField(match[1], match[2]) if match is not None else None


def with_fallbacks(text: str) -> str:
    """The text with each merge field as a reader without the field gets it; one without a fallback stays."""
    return MERGE_FIELD.sub(lambda m: m[0] if m[2] is None else m[2], text) if "{{" in text else text


def merge_fields(text: str) -> list[MergeField]:
    """The merge fields of a text in order."""
    return [MergeField(m[1], m[2]) for m in MERGE_FIELD.finditer(text)]
