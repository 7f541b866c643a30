"""clients/style-error."""

from collections.abc import Iterator

from composer.checks.clients_reading import is_read_by
from composer.checks.markup_reading import read_mail
from composer.checks.rule import Defect, error
from composer.proof.proof import Proof


@error
def style_error(proof: Proof) -> Iterator[Defect]:
    """A style block holds what makes Gmail drop all of it.

    What it checks:
        Every style block, where Gmail is among the newsletter's clients: what cannot be read as CSS (a brace too many
        or too few, a declaration without its colon), and an `@` rule within another, such as `@font-face` in `@media`.

    Why it matters:
        A browser skips the line and reads on. Gmail throws the whole block away, and with it the sizes for phones.

    Example:
        # styles/head-2-phones.css
        @media (max-width: 480px) { @media (hover) { .btn a { color: #ffffff } } }

    Instead:
        @media (max-width: 480px) and (hover) { .btn a { color: #ffffff } }

    Source: R. Parmentier, email-bugs 21 (2016) on `@` within `@`; Email on Acid, "12 things you must know" (2018) on
    errors.
    """
    if not is_read_by(proof, "gmail"):
        return
    mail = read_mail(proof)
    for block, sheet in zip(mail.style_blocks, mail.sheets, strict=True):
        lines = [line.strip() for line in block.splitlines()] if sheet.errors else []
        for number, message in sheet.errors:
            # A brace alone stands everywhere; the line above it tells which one it is.
            start = number - 2 if number > 1 and len(lines[number - 1]) < 4 else number - 1
            yield _defect(proof, "\n".join(lines[start:number]), message, "correct this line")
        for outer, inner in sheet.nested_at_rules():
            words = f"@{inner.name} {inner.prelude}".strip()
            yield _defect(proof, words, f"`@{inner.name}` stands within `@{outer.name}`", "close the outer rule first, or join both conditions with `and`")


def _defect(proof: Proof, words: str, message: str, help: str) -> Defect:
    # Values may be tokens in the style sheet, so the beginning of the line will do.
    place = proof.place_in_templates(words, words.partition("{")[0].strip() or words, words[:12])
    return Defect(place, f"Gmail drops the whole style block: {message}", help, label="a browser would skip this; Gmail does not")
