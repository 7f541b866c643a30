"""delivery/merge-field."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from composer.checks.delivery_reading import is_whole
from composer.checks.rule import Defect, error
from composer.checks.service_reading import proof_for_service
from composer.checks.text_reading import typed_texts
from composer.draft.load import Draft
from composer.place import Place
from composer.proof.proof import Proof
from composer.proof.respelling import RefusedField
from composer.prose.merge_fields import MERGE_FIELD, Spot
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value

if TYPE_CHECKING:
    from composer.delivery.service import Service

# an address in a text; a field in it may have spaces
_ADDRESS = r"(?:\]\(|https?://|mailto:)(?:\{\{[^}]*\}\}|[^\s)>])*"
_SUITS: dict[Spot, str] = {"html": "words", "text": "words", "path": "attribute", "query": "attribute", "text_address": "attribute"}
_ADDRESS_KEYS = ("url", "link", "image", "mailto", "manage_url", "view_online")


@error
def merge_field(draft: Draft, service: "Service", proof: Proof) -> list[Defect]:
    """The sending service has no counterpart to a merge field, or takes other words for a tag.

    What it checks:
        With `composer build --for SERVICE`, that the service has a counterpart to each merge field for the spot where it
        stands, in the draft and in the settings, and can carry the words behind its bar; and that no other words look like
        a tag of the service, not even in a code span. An error keeps a proof from being written as well.

    Why it matters:
        Readers would get the field's own braces, or something else in place of words that were meant as they stand.

    Example:
        # composer build --for ghost: a member of Ghost has one name
        sign_off:
          question: "{{ reader.last_name | Dear reader }}, would you let a crane decide when to wait?"

    Instead:
        sign_off:
          question: "{{ reader.first_name | Dear reader }}, would you let a crane decide when to wait?"

    Source: the pages that the files of composer/delivery/services name.
    """
    # What a broken template left out is template/broken's to report.
    if not is_whole(proof):
        return []
    scalars = [*typed_texts(draft), *_settings(proof)]
    found = [defect for refused in proof_for_service(proof, service).refused for defect in _of_field(refused, scalars, proof, service)]
    found += _of_tags(scalars, proof, service)
    return sorted(dict.fromkeys(found), key=lambda defect: (defect.place, defect.message))


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


def _of_field(refused: RefusedField, scalars: list[Scalar], proof: Proof, service: "Service") -> Iterator[Defect]:
    typed = [_Typed(scalar, *m.span()) for scalar in scalars for m in MERGE_FIELD.finditer(scalar) if m[0] == refused.typed]
    wanted = _SUITS.get(refused.spot, refused.spot)
    places = [t.place for t in typed if t.suits == wanted] or [t.place for t in typed] or [proof.place_in_templates(refused.typed)]
    for place in places:
        yield Defect(place, refused.refusal.message, refused.refusal.help, label=f"not for {service.name}")


def _of_tags(scalars: list[Scalar], proof: Proof, service: "Service") -> Iterator[Defect]:
    """Words that the service would take for a tag: an example in a code span, a template's own braces."""
    printed = [tag for words in (proof.html, proof.text, proof.subject) for tag in service.live_tags(_without_fields(words))]
    if not printed:
        return
    typed = [(scalar.place_of(*tag.span()), tag[0], _spot(scalar)) for scalar in scalars for tag in service.live_tags(_without_fields(scalar))]
    for place, tag, spot in typed or [(_place_of_tag(printed[0], proof), printed[0][0], _spot(None))]:
        yield Defect(
            place,
            f"{service.name} would take this for a tag of its own",
            _instead(tag, spot, service),
            label=f"{service.name} reads `{tag[:2]}` as the beginning of a tag",
        )


def _spot(scalar: Scalar | None) -> Spot:
    return "subject" if scalar is not None and scalar.key == "subject" else "html"


def _instead(tag: str, spot: Spot, service: "Service") -> str:
    ours = service.field_for(tag, spot)
    known = f"type {ours}, which goes out as {service.name} spells it" if ours else "a field for readers is typed as {{ reader.first_name | there }}"
    return f"{known}; say anything else in other words, or leave it out: whatever looks like a tag is filled in when the mail is sent"


def _place_of_tag(tag: re.Match[str], proof: Proof) -> Place:
    """Where a template says it; where none does, the element of the draft that it stands in."""
    said = proof.place_in_templates(tag[0])
    in_html = proof.place_in_html(tag.start()) if tag.string == _without_fields(proof.html) else None
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
