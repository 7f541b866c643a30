"""clients/style-limit."""

from collections.abc import Iterator

from composer.checks.clients_reading import is_read_by
from composer.checks.markup_reading import read_mail
from composer.checks.rule import Defect, error
from composer.facts.client_support import GMAIL_STYLE_BYTES
from composer.proof.proof import Proof


@error
def style_limit(proof: Proof, *, gmail: int = GMAIL_STYLE_BYTES) -> Iterator[Defect]:
    """The style blocks are larger than what Gmail reads.

    What it checks:
        The bytes of all style blocks together, MJML's own included, where Gmail is among the newsletter's clients. What
        stands in comments for Outlook does not count.

    Why it matters:
        Gmail removes the block that passes the limit and every one behind it: phones then get the desktop's sizes.

    Example:
        # 400 rules in styles/head-2-phones.css

    Instead:
        # the rules that the mail needs; those that could be inlined go into styles/inline.css

    Source: R. Parmentier, email-bugs 90 (2021): 16,384 bytes; caniemail.com on `<style>` (test of 2023-07).
    """
    blocks = read_mail(proof).style_blocks
    if sum(map(len, blocks)) * 4 <= gmail or not is_read_by(proof, "gmail"):
        return
    total = sum(len(block.encode()) for block in blocks)
    if total > gmail:
        yield Defect(
            proof.place_in_templates(*_words_at(blocks, gmail)),
            f"the style blocks are {total:,} bytes; Gmail drops what comes after {gmail:,}",
            "take rules out of the style sheets; put what can be inlined into styles/inline.css",
            label="the limit is passed here",
        )


def _words_at(blocks: tuple[str, ...], limit: int) -> tuple[str, ...]:
    """The rule in which the limit is passed, or behind which it is; values may be tokens in the sheet, so its selector will do."""
    before, rule = 0, ""
    for line in (line for block in blocks for line in block.splitlines(keepends=True)):
        before += len(line.encode())
        rule = line.strip() if "{" in line else rule
        if before > limit:
            break
    selector, _, declared = rule.partition("{")
    return rule, f"{selector}{{{declared.partition(':')[0]}:", f"{selector.strip()} {{"
