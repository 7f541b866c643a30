"""size/unsubscribe-cut."""

from collections.abc import Iterator
from html import escape

from composer.checks.rule import Defect, error
from composer.checks.size_reading import GMAIL_CUTS_AT, cut_offset, encoded_size, place_in_draft, size_at_most
from composer.draft.load import Draft
from composer.proof.proof import Proof


@error
def unsubscribe_cut(draft: Draft, proof: Proof, *, clip: int = GMAIL_CUTS_AT) -> Iterator[Defect]:
    """Gmail cuts the mail before the unsubscribe link.

    What it checks:
        Where Gmail would cut a mail that is too long, and whether the first link to the newsletter's unsubscribe
        address comes after that point.

    Why it matters:
        Readers who cannot find the way out press "spam", and the law asks for a visible one.

    Example:
        must_reads:
          # forty items, each with three follow-ups; the imprint comes behind them

    Instead:
        must_reads:
          # ten items

    Source: CAN-SPAM Act, 15 U.S.C. 7704(a)(5)(A)(ii); for the size, size/gmail-clip.
    """
    unsubscribe = proof.newsletter.unsubscribe
    if unsubscribe is None or size_at_most(proof.html) <= clip or encoded_size(proof.html) <= clip:
        return
    offset = cut_offset(proof.html, clip)
    link = proof.html.find(f'href="{escape(str(unsubscribe.url))}"')
    if link >= offset:
        yield Defect(
            place_in_draft(draft, proof, offset),
            "Gmail cuts the mail before its unsubscribe link",
            "take out what can wait for the next issue, or put a second unsubscribe link into the nameplate's template",
            label="the way out comes after this",
        )
