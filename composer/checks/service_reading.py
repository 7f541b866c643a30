"""What rules read of a mail that a sending service is to fill in."""

from typing import TYPE_CHECKING

from composer.checks.side_by_side import once_a_draft
from composer.proof.proof import Proof

if TYPE_CHECKING:
    from composer.delivery.service import Service


@once_a_draft
def proof_for_service(proof: Proof, service: "Service") -> Proof:
    """The same mail with its merge fields as the service spells them."""
    return Proof(proof.issue, proof.project, marked=proof.marked, spelling=service.spelling)
