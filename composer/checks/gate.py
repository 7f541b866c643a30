"""The send gate: what must hold before an issue leaves, however it was let stand before."""

from collections.abc import Iterable

from composer.finding import Finding

# An editor's missing sign-off is no defect of the words, so no writer's stet can let it stand.
APPROVAL_RULES = frozenset({"sign-off/not-approved", "sign-off/stale-approval"})


def is_about_approval(finding: Finding) -> bool:
    """Whether a finding says that an editor's sign-off is missing or stale."""
    return finding.rule in APPROVAL_RULES


def held_to_approval(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with missing sign-offs as errors: what is built for readers needs them."""
    return [finding._replace(level="error") if is_about_approval(finding) else finding for finding in findings]
