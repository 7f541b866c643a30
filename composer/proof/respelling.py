"""Merge fields in a delivery service's own words, and which of them it cannot be told of."""

import re
from collections.abc import Callable
from typing import NamedTuple

from composer.prose.merge_fields import Refusal, Spelling, Spot, field_typed, merge_fields, respelled, respelled_in_html

# An address with fields in it, opaque or as typed; a field that it begins with is none of its parts.
_ADDRESS = re.compile(r"(?:https?://|mailto:)(?:\{\{[^{}]*\}\}|[^\s\"'<>{])*")


class RefusedField(NamedTuple):
    """A merge field as it was typed, where it would have stood, and why the delivery service cannot be told of it."""

    typed: str
    spot: Spot
    refusal: Refusal


class Respelling:
    """Spells the fields of one mail, each spot in its way. Without a `spelling` they stay as they were typed."""

    def __init__(self, spelling: Spelling | None) -> None:
        self._spelling = spelling
        self._refused: dict[RefusedField, None] = {}

    @property
    def refused(self) -> list[RefusedField]:
        """The fields met so far that the service cannot be told of, which stay as they were typed."""
        return list(self._refused)

    def of(self, text: str, spot: Spot) -> str:
        """A text with its fields respelled for where it stands; in the plain text, addresses have a way of their own."""
        if spot == "text" and self._spelling is not None:
            text = self._spelling.of_plain_words(text)
            text = _ADDRESS.sub(lambda m: respelled(m[0], self._speller("text_address")), text)
        return respelled(text, self._speller(spot))

    def of_html(self, html: str) -> str:
        """HTML with its fields respelled: those among words, those in addresses and those in other attributes."""
        return respelled_in_html(html, self._speller("html"), self._of_tag)

    def _of_tag(self, tag: str) -> str:
        return respelled(_ADDRESS.sub(lambda m: self._of_address(m[0]), tag), self._speller("attribute"))

    def _of_address(self, address: str) -> str:
        path, mark, query = address.partition("?")
        return respelled(path, self._speller("path")) + mark + respelled(query, self._speller("query"))

    def _speller(self, spot: Spot) -> Callable[[str], str]:
        return lambda typed: self._field_at(spot, typed)

    def of_header(self, address: str) -> str | None:
        """An address for a header; None where it holds a field that the service fills in nowhere but in its own headers."""
        spell = self._spelling
        if spell is None:
            return address
        if any(isinstance(spell.of_field(field, "header"), Refusal) for field in merge_fields(address)):
            return None
        return self.of(address, "header")

    def _field_at(self, spot: Spot, typed: str) -> str:
        field = field_typed(typed)
        if self._spelling is None or field is None:
            return typed
        spelled = self._spelling.of_field(field, spot)
        if isinstance(spelled, Refusal):
            self._refused[RefusedField(typed, spot, spelled)] = None
            return typed
        return spelled
