"""One cause, one rule: a finding is left out where a rule that knows more tells of the same words."""

from composer.finding import Finding

# What is said without knowing the service that sends the mail, by what is said for that service.
_BETTER_TOLD = {"editorial/unresolved-merge-tag": "delivery/merge-field"}


def without_twice_told(findings: list[Finding]) -> list[Finding]:
    """The findings without those that another one, as grave, tells better of the words that begin at the same place."""
    told = {_key(finding, finding.rule) for finding in findings if finding.rule in _BETTER_TOLD.values()}
    return [f for f in findings if _key(f, _BETTER_TOLD.get(f.rule, "")) not in told] if told else findings


def _key(finding: Finding, rule: str) -> tuple[str, str, str, int, int]:
    return rule, finding.level, finding.place.path, finding.place.line, finding.place.column
