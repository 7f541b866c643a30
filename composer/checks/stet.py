"""Stets: findings that a writer lets stand, with a reason."""

from collections.abc import Iterable, Iterator

from composer.checks.gate import APPROVAL_RULES
from composer.draft.load import Draft
from composer.finding import Finding
from composer.yaml_source.comments import Comment

# What cannot be let stand: without these the draft cannot be read, and a stet cannot excuse itself.
NOT_SUPPRESSIBLE = ("schema", "stet")


def can_be_let_stand(rule: str) -> bool:
    """Whether a stet for this rule may work."""
    return rule.split("/", maxsplit=1)[0] not in NOT_SUPPRESSIBLE and rule not in APPROVAL_RULES


def is_let_stand(finding: Finding, comment: Comment) -> bool:
    """Whether a stet covers a finding."""
    if comment.misplaced or comment.rule != finding.rule or not can_be_let_stand(finding.rule):
        return False
    return comment.covers is None or comment.covers[0] <= finding.place.line <= comment.covers[1]


def without_stets(findings: Iterable[Finding], draft: Draft) -> tuple[list[Finding], list[Comment]]:
    """The findings that no stet lets stand, and the stets that let something stand."""
    if not draft.comments:
        return list(findings), []
    used: dict[int, Comment] = {}
    kept = []
    for finding in findings:
        covering = [c for c in draft.comments if is_let_stand(finding, c)] if finding.place.path == draft.path else []
        if not covering:
            kept.append(finding)
        for comment in covering:
            used[id(comment)] = comment
    return kept, list(used.values())


def unused(draft: Draft, used: Iterable[Comment], ran: Iterable[str]) -> Iterator[Comment]:
    """Stets that suppress nothing; one for a rule that did not run says nothing either way."""
    serving, names = {id(comment) for comment in used}, {rule for rule in ran if can_be_let_stand(rule)}
    return (c for c in draft.comments if not c.misplaced and c.rule in names and id(c) not in serving)
