"""delivery/text-html-drift."""

from collections.abc import Iterator

from composer.checks.delivery_reading import is_whole
from composer.checks.drift_reading import Parts, Piece, sections_of
from composer.checks.rule import Defect, error
from composer.proof.html import safe_address
from composer.proof.proof import Proof
from composer.yaml_source.values import Scalar

_EDITIONS = ("rendered mail", "plain text")


@error
def text_html_drift(proof: Proof) -> Iterator[Defect]:
    """The rendered mail and the plain text do not say the same.

    What it checks:
        That every headline, brief and link of the issue that one part of the mail shows is in the other as well, and so
        is the link by which readers leave. One finding for a section and a part, at the first piece that is missing;
        what neither part shows was left out on purpose.

    Why it matters:
        Who reads plain text, by choice or with a screen reader or a watch, gets another issue than the rest; and
        filters take parts that differ for a trick of spammers.

    Example:
        {# a section's template: the text macro forgets the follow-ups #}
        {% macro text(placed, page, t) %}{% for brief in placed.content.items %}{{ t.brief(brief) }}{% endfor %}{% endmacro %}

    Instead:
        {% macro text(placed, page, t) %}{% for brief in placed.content.items %}{{ t.brief(brief) }}
        {{ more_text(brief.more, t, "    ") }}{% endfor %}{% endmacro %}

    Source: RFC 2046, 5.1.4: alternatives are versions of the same information; SpamAssassin's MPART_ALT_DIFF.
    """
    if not is_whole(proof):
        return
    parts = Parts(proof)
    for pieces in (*sections_of(proof), [*_leaving(proof)]):
        lost: tuple[list[Piece], list[Piece]] = ([], [])
        brief_is_lost = False
        for piece in pieces:
            in_html, in_text = parts.have(piece)
            # Links that are lost with their brief say nothing new.
            if piece.kind != "link":
                brief_is_lost = piece.kind == "brief" and in_html != in_text
            elif brief_is_lost:
                continue
            # A link that goes nowhere in the rendered mail is links/forbidden-scheme's to report.
            if in_html != in_text and not (piece.address and safe_address(piece.address) == "#"):
                lost[1 if in_html else 0].append(piece)
        if any(lost) and pieces[0].address == _address_for_leaving(proof):
            # A mail without a visible link to leave by is delivery/missing-unsubscribe's to report.
            lost[0].clear()
        yield from (_defect(edition, missing) for edition, missing in zip(_EDITIONS, lost, strict=True) if missing)


def _address_for_leaving(proof: Proof) -> str | None:
    return str(proof.newsletter.unsubscribe.url) if proof.newsletter.unsubscribe is not None else None


def _leaving(proof: Proof) -> Iterator[Piece]:
    unsubscribe = proof.newsletter.unsubscribe
    if unsubscribe is not None and isinstance(unsubscribe.url, Scalar):
        yield Piece.of("link", unsubscribe.url, address=str(unsubscribe.url))


def _defect(edition: str, missing: list[Piece]) -> Defect:
    first, more = missing[0], len(missing) - 1
    others = f", nor {more} more of this section's pieces" if more else ""
    macro = "text" if edition == "plain text" else "mjml"
    return Defect(
        first.place,
        f"the {edition} does not have this {first.kind}{others}",
        f"let the {macro}() macro of the section's template show what the other shows",
        label=f"not in the {edition}",
    )
