"""delivery/spam-score."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from composer.checks.rule import Defect, warning
from composer.draft.load import Draft

if TYPE_CHECKING:
    from composer.lookups.spamassassin import SpamVerdict

# so many of its reasons are told in full
_MOST_REASONS = 12


@warning
def spam_score(draft: Draft, spam_verdict: "SpamVerdict", *, warn_at: float = 2.5, fail_at: float = 5.0) -> Iterator[Defect]:
    """SpamAssassin takes the mail for spam, or nearly.

    What it checks:
        The points that SpamAssassin gives the message by its local rules: a warning from `warn_at` (2.5), an error from
        `fail_at` (5, where SpamAssassin itself says spam). Asked with `--spam`, and at the send gate where SpamAssassin
        is installed; no word of the mail leaves the machine.

    Why it matters:
        Many mail servers sort by these very rules, and the others by similar ones.

    Example:
        subject: FREE!!! ACT NOW and make $$$ at home

    Instead:
        subject: What a free ticket costs the ferry

    Source: SpamAssassin's required_score, 5.0 (Mail::SpamAssassin::Conf, 4.0).
    """
    if spam_verdict.score < warn_at:
        return
    reasons = sorted((reason for reason in spam_verdict.reasons if reason.points > 0), key=lambda reason: -reason.points)
    listed = ", ".join(f"{reason.rule} {reason.points:.1f}" for reason in reasons[:_MOST_REASONS])
    worst = "; ".join(f"{reason.rule}: {reason.words}" for reason in reasons[:3] if reason.words)
    yield Defect(
        draft.source.top,
        f"SpamAssassin gives the mail {spam_verdict.score:.1f} points ({listed or 'it does not say why'})",
        f"take away what costs most: {worst or 'spamassassin -t < the built .eml tells more'}",
        level="error" if spam_verdict.score >= fail_at else None,
    )
