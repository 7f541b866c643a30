"""What cannot be written for a delivery service, at its place in the draft or in the settings."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from composer.checks.text_reading import typed_texts
from composer.delivery.service import Service
from composer.draft.load import Draft
from composer.finding import Finding
from composer.place import Place
from composer.proof.proof import Proof
from composer.proof.respelling import RefusedField
from composer.prose.merge_fields import MERGE_FIELD, Spot
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value

RULE = "delivery/merge-field"
# an address in a text; a field in it may have spaces
_ADDRESS = r"(?:\]\(|https?://|mailto:)(?:\{\{[^}]*\}\}|[^\s)>])*"
_SUITS: dict[Spot, str] = {"html": "words", "text": "words", "path": "attribute", "query": "attribute", "text_address": "attribute"}
_ADDRESS_KEYS = ("url", "link", "image", "mailto", "manage_url", "view_online")


class _Typed(NamedTuple):
    """A merge field where it was typed."""

    scalar: Scalar
    start: int
    end: int

    @property
    def place(self) -> Place:
        return self.scalar.place_of(self.start, self.end)

    @property
    def suits(self) -> str:
        """The kind of spot that it most likely became."""
        key = str(self.scalar.key or "")
        if key == "subject":
            return "subject"
        in_link = any(m.start() <= self.start < m.end() for m in re.finditer(_ADDRESS, self.scalar))
        return "attribute" if key in _ADDRESS_KEYS or key == "alt" or in_link else "words"


def refused_findings(draft: Draft, plain: Proof, spelled: Proof, service: Service) -> list[Finding]:
    """The fields that the service cannot be told of, and what it would take for tags of its own though nobody meant it.

    `plain` is the proof with fields as they were typed, `spelled` the same for the service.
    """
    scalars = [*typed_texts(draft), *_settings(plain)]
    found = [finding for refused in spelled.refused for finding in _of_field(refused, scalars, plain, service)]
    found += _of_tags(scalars, plain, service)
    return sorted(dict.fromkeys(found), key=lambda finding: (finding.place, finding.message))


def _of_field(refused: RefusedField, scalars: list[Scalar], plain: Proof, service: Service) -> Iterator[Finding]:
    typed = [_Typed(scalar, *m.span()) for scalar in scalars for m in MERGE_FIELD.finditer(scalar) if m[0] == refused.typed]
    wanted = _SUITS.get(refused.spot, refused.spot)
    places = [t.place for t in typed if t.suits == wanted] or [t.place for t in typed] or [plain.place_in_templates(refused.typed)]
    for place in places:
        yield Finding(RULE, "error", place, refused.refusal.message, refused.refusal.help, label=f"not for {service.name}")


def _of_tags(scalars: list[Scalar], plain: Proof, service: Service) -> Iterator[Finding]:
    """Words that the service would take for a tag: an example in a code span, a template's own braces."""
    printed = [tag for words in (plain.html, plain.text, plain.subject) for tag in service.live_tags(_without_fields(words))]
    if not printed:
        return
    typed = [(scalar.place_of(*tag.span()), tag[0]) for scalar in scalars for tag in service.live_tags(_without_fields(scalar))]
    for place, tag in typed or [(_place_of_tag(printed[0], plain), printed[0][0])]:
        yield Finding(
            RULE,
            "error",
            place,
            f"{service.name} would take this for a tag of its own",
            "say it in other words, or leave it out: whatever looks like a tag is filled in when the mail is sent",
            label=f"{service.name} reads `{tag[:2]}` as the beginning of a tag",
        )


def _place_of_tag(tag: re.Match[str], plain: Proof) -> Place:
    """Where a template says it; where none does, the element of the draft that it stands in."""
    said = plain.place_in_templates(tag[0])
    in_html = plain.place_in_html(tag.start()) if tag.string == _without_fields(plain.html) else None
    return said if said.end_column > said.column or in_html is None else in_html


def _without_fields(text: str) -> str:
    """The text with its merge fields, which are meant, blanked out: same length, so offsets stay."""
    return MERGE_FIELD.sub(lambda m: " " * len(m[0]), text)


def _settings(proof: Proof) -> Iterator[Scalar]:
    for made in (proof.newsletter, proof.project.newsroom):
        origin = getattr(made, "origin", None)
        if isinstance(origin, (Mapping, Sequence, Scalar)):
            yield from _scalars(origin)


def _scalars(value: Value) -> Iterator[Scalar]:
    if isinstance(value, Scalar):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _scalars(inner)
    else:
        for inner in value:
            yield from _scalars(inner)
