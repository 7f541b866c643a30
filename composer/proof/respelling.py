"""Merge fields in a delivery service's own words, and which of them it cannot be told of."""

from typing import NamedTuple

from composer.prose.merge_fields import Refusal, Spelling, Spot, field_typed, merge_fields, respelled, respelled_in_html


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
        """A text with its fields respelled for where it stands."""
        return respelled(text, lambda typed: self._field_at(spot, typed))

    def of_html(self, html: str) -> str:
        """HTML with its fields respelled: those among words and those in attributes."""
        return respelled_in_html(html, lambda typed: self._field_at("html", typed), lambda typed: self._field_at("attribute", typed))

    def of_header(self, address: str) -> str | None:
        """An address for a header; None where it holds a field that the service fills in nowhere but in its own headers."""
        spell = self._spelling
        if spell is None:
            return address
        if any(isinstance(spell(field, "header"), Refusal) for field in merge_fields(address)):
            return None
        return self.of(address, "header")

    def _field_at(self, spot: Spot, typed: str) -> str:
        field = field_typed(typed)
        if self._spelling is None or field is None:
            return typed
        spelled = self._spelling(field, spot)
        if isinstance(spelled, Refusal):
            self._refused[RefusedField(typed, spot, spelled)] = None
            return typed
        return spelled
