"""delivery/reason-received."""

from collections.abc import Iterator

from composer.checks.delivery_reading import is_whole, shows, text_shows
from composer.checks.rule import Defect, info
from composer.proof.proof import Proof
from composer.yaml_source.values import Scalar


@info
def reason_received(proof: Proof) -> Iterator[Defect]:
    """The mail does not tell readers why they get it.

    What it checks:
        That both the rendered mail and the plain text show `reason` of newsletter.yaml's `imprint`.

    Why it matters:
        A reader who has forgotten signing up takes the mail for spam; one sentence prevents it.

    Example:
        {# an imprint's template of the newsletter's own, with nothing but #}
        {{ page.publisher.postal_address }}

    Instead:
        {{ page.newsletter.imprint.reason }}
        {{ page.publisher.postal_address }}

    Source: M3AAWG Sender Best Common Practices, version 3.0 (2015).
    """
    reason = proof.newsletter.imprint.reason
    if not isinstance(reason, Scalar) or not is_whole(proof):
        return
    without = [edition for edition, is_shown in (("the rendered mail", shows(proof, reason)), ("the plain text", text_shows(proof, reason))) if not is_shown]
    if without:
        yield Defect(
            reason.place,
            f"{' and '.join(without)} {'do' if len(without) > 1 else 'does'} not say why readers get it",
            "put {{ page.newsletter.imprint.reason }} into the imprint's template",
            label="not shown to readers",
        )
