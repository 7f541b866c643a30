"""What the schema rules read: the problems met while a draft was read and typed."""

from collections.abc import Iterator

from composer.checks.rule import Defect
from composer.finding import Problem


def defects_of(problems: tuple[Problem, ...], kind: str) -> Iterator[Defect]:
    """The problems of one kind, as a rule reports them."""
    return (Defect(p.place, p.message, p.help, p.label, p.edits) for p in problems if p.kind == kind)
