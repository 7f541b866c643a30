"""Findings: what a check has to say about a place in a draft, a setting or a template."""

from typing import Literal, NamedTuple

from composer.place import Place

Level = Literal["error", "warning", "info"]
LEVELS: tuple[Level, ...] = ("error", "warning", "info")


class Edit(NamedTuple):
    """Replace the source text between two offsets."""

    start: int
    end: int
    text: str


class Finding(NamedTuple):
    """One fault, with the rule that found it, its place, what is wrong and what to type instead."""

    rule: str
    level: Level
    place: Place
    message: str
    help: str = ""
    section: str | None = None
    edits: tuple[Edit, ...] = ()
    label: str = ""

    @property
    def fixable(self) -> bool:
        """Whether the rule knows the edit that mends it."""
        return bool(self.edits)


class Problem(NamedTuple):
    """A fault met while a file was read and typed; the schema rules turn it into a finding.

    `kind` is the defect's name: `schema/<kind>`. `earlier_line` is where the same key stood before, of a key that is repeated.
    """

    kind: str
    place: Place
    message: str
    help: str = ""
    edits: tuple[Edit, ...] = ()
    label: str = ""
    earlier_line: int | None = None
