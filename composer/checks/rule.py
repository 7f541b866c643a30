"""The contract of a rule: a plain function whose docstring is its documentation.

A rule's file is `rules/<area>/<defect>.py`, its function is named like the file, and its parameters say what it
reads: any of READABLE. Keyword-only parameters are its limits, which a house style may set.
"""

import inspect
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from importlib import import_module
from typing import Any, NamedTuple

import composer.checks.rules
from composer.discovery import module_names, subpackages
from composer.finding import Edit, Level
from composer.place import Place

Check = Callable[..., Iterable["Defect"]]
READABLE = ("draft", "issue", "proof", "archive", "today", "at_send_gate", "link_answers", "spam_verdict", "service", "unused_stets", "templates")


class Defect(NamedTuple):
    """What a rule found. The level is the rule's own unless this one is lighter."""

    place: Place
    message: str
    help: str = ""
    label: str = ""
    edits: tuple[Edit, ...] = ()
    level: Level | None = None


def error(check: Check) -> Check:
    """Marks a rule whose findings keep an issue from being sent."""
    check.level = "error"  # type: ignore[attr-defined]
    return check


def warning(check: Check) -> Check:
    """Marks a rule whose findings a writer should look at."""
    check.level = "warning"  # type: ignore[attr-defined]
    return check


def info(check: Check) -> Check:
    """Marks a rule whose findings are worth knowing."""
    check.level = "info"  # type: ignore[attr-defined]
    return check


def off_by_default(check: Check) -> Check:
    """Marks a rule that runs only where a newsletter sets its level or limits, or where it is selected by its name."""
    check.off_by_default = True  # type: ignore[attr-defined]
    return check


class Rule:
    """A rule by its name, such as `sign-off/missing-question`; its file is imported when it is needed.

    `by_name` says that somebody asked for this very rule, which switches on one that is off by default.
    """

    def __init__(self, module: str, *, by_name: bool = False) -> None:
        self.module, self.by_name = module, by_name
        area, defect = module.rsplit(".", 2)[-2:]
        self.area = area.replace("_", "-")
        self.name = f"{self.area}/{defect.replace('_', '-')}"

    @cached_property
    def check(self) -> Check:
        """The rule's function."""
        return getattr(import_module(self.module), self.module.rsplit(".", 1)[-1])  # type: ignore[no-any-return]

    @cached_property
    def level(self) -> Level:
        """How grave its findings are."""
        return self.check.level  # type: ignore[attr-defined, no-any-return]

    @cached_property
    def is_off_by_default(self) -> bool:
        """Whether it waits to be asked for."""
        return getattr(self.check, "off_by_default", False)

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """What its function reads, by the names of its parameters."""
        code = self.check.__code__
        return code.co_varnames[: code.co_argcount]

    @cached_property
    def limits(self) -> dict[str, Any]:
        """Its limits with their defaults."""
        return dict(self.check.__kwdefaults__ or {})

    @property
    def documentation(self) -> str:
        """Its docstring."""
        return inspect.getdoc(self.check) or ""

    @property
    def summary(self) -> str:
        """The docstring's first line."""
        return self.documentation.split("\n", 1)[0]


def chosen_by_name(rule: Rule) -> Rule:
    """The same rule, asked for by its name."""
    return Rule(rule.module, by_name=True)


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its name: the files of composer/checks/rules."""
    found = [Rule(module) for area in subpackages(composer.checks.rules) for module in module_names(area)]
    return {rule.name: rule for rule in sorted(found, key=lambda r: r.name)}
