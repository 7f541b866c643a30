"""Where a sheet says that a finding stands: a line and column, or exactly these words of the draft."""

from pathlib import Path
from typing import Any

from composer.finding import Finding
from composer.place import SourceText
from composer.project.project import Project


class From(tuple[str, int, int]):
    """Equal to any spot that begins here."""

    __slots__ = ()

    def __new__(cls, *parts: Any) -> "From":
        return super().__new__(cls, parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple) and tuple(other[:3]) == tuple(self)

    __hash__ = tuple.__hash__


def spot(finding: Finding) -> tuple[str, int, int, int | None, int | None]:
    """A finding's file name, line, column and end."""
    return (Path(finding.place.path).name, *finding.place[1:])


def expected_spot(expectation: dict[str, Any], text: str, project: Project, name: str) -> Any:
    """What `spot` must give: `at` a line and column, `at_text` exactly these words (the `nth`), or `at_start` of them.

    `in` names another file of the newsroom; `within` a longer text, there once, in which the words are looked for.
    """
    if "in" in expectation:
        file = project.root / expectation["in"]
        name, text = file.name, file.read_text(encoding="utf-8")
    source = SourceText(name, text)
    if "at" in expectation:
        line, column = map(int, str(expectation["at"]).split(":"))
        return From(name, line, column)
    words = expectation.get("at_text") or expectation["at_start"]
    around = expectation.get("within", "")
    assert text.count(around) == 1 or not around, f"not once in the draft: {around!r}"
    searched = around or text
    start = -1
    for _ in range(expectation.get("nth", 1)):
        start = searched.find(words, start + 1)
    assert start >= 0, f"not in the draft: {words!r}"
    assert "nth" in expectation or searched.count(words) == 1, f"more than once in the draft: {words!r}"
    start += text.find(around)
    place = source.place(start, start + len(words))
    return tuple(place) if "at_text" in expectation else From(name, place.line, place.column)


def shown(findings: list[Finding]) -> str:
    """Findings for a failing test's message."""
    return "\n".join(f"{f.place.line}:{f.place.column}-{f.place.end_line}:{f.place.end_column} {f.level} {f.rule}: {f.message}" for f in findings)
