"""template/broken."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.proof.proof import Proof


@error
def broken(proof: Proof) -> Iterator[Defect]:
    """A template that cannot be rendered.

    What it checks:
        That the newsletter's templates make a mail of the issue: Jinja can read and fill them, and what comes out is
        MJML. The finding is in the template's file.

    Why it matters:
        Without the template there is no mail.

    Example:
        <mj-text>{{ section.headlin }}</mj-text>

    Instead:
        <mj-text>{{ section.headline }}</mj-text>
    """
    return (Defect(p.place, p.message, p.help, p.label, p.edits) for p in proof.problems)
