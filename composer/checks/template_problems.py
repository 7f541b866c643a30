"""What a check of templates finds: a place in a template, a theme or a style sheet, and the rule it belongs to."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from composer.checks.rule import Defect
from composer.finding import Level, Problem
from composer.place import Place


class TemplateProblem(NamedTuple):
    """A fault of a template. `kind` is the rule of the area `template`; `level` where it is lighter than the rule."""

    kind: str
    place: Place
    message: str
    help: str = ""
    level: Level | None = None

    @property
    def as_problem(self) -> Problem:
        """The same, for what turns problems of files into findings."""
        return Problem(self.kind, self.place, self.message, self.help)


class CheckedTemplates:
    """Templates with all that is wrong with them.

    `problems` are in the order of their places; `inline_rules` are those that this newsletter's mails have in style
    attributes, each with its place.
    """

    def __init__(self, problems: Iterable[TemplateProblem], inline_rules: Iterable[Place] = ()) -> None:
        self.problems = sorted(dict.fromkeys(problems), key=lambda p: (p.place.path, p.place.line, p.place.column, p.kind, p.message))
        self.inline_rules = list(inline_rules)


def defects_of(templates: CheckedTemplates, kind: str) -> Iterator[Defect]:
    """What a rule of that name says of the templates."""
    return (Defect(p.place, p.message, p.help, level=p.level) for p in templates.problems if p.kind == kind)
