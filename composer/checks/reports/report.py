"""The contract of a report format: a file of this folder with a function `report(findings, summary, page) -> str`."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import NamedTuple

import composer.checks.reports
from composer.discovery import did_you_mean, module_names
from composer.errors import UnknownName
from composer.finding import Finding
from composer.place import SourceText

Sources = Callable[[str], SourceText]


class Summary(NamedTuple):
    """How many files were looked at, how many of them are settings, and how many findings of each level there are."""

    files: int
    errors: int
    warnings: int
    infos: int
    fixed: int = 0
    settings: int = 0

    @classmethod
    def of(cls, findings: Sequence[Finding], files: int, settings: int = 0) -> "Summary":
        """The counts of these findings."""
        levels = [finding.level for finding in findings]
        return cls(files, levels.count("error"), levels.count("warning"), levels.count("info"), settings=settings)

    @property
    def words(self) -> str:
        """The last line for people: “2 errors, 1 warning in 3 drafts”."""
        files = _counted(self.files, "file" if self.settings else "draft")
        counts = [_counted(n, word) for n, word in ((self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")) if n]
        if not counts:
            return f"All clear: {files} checked."
        return f"{', '.join(counts)} in {files}"


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


class Page(NamedTuple):
    """What a report is written on: the texts that findings point into, and how the reader sees it.

    `quiet` leaves out whatever is not a finding.
    """

    sources: Sources
    color: bool = False
    width: int = 100
    quiet: bool = False


Report = Callable[[Sequence[Finding], Summary, Page], str]

# Directional marks and overrides, zero-width space and the byte order mark: a reader cannot see what they do.
_UNSEEN = frozenset("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2028\u2029\u2066\u2067\u2068\u2069\ufeff")


@cache
def formats() -> list[str]:
    """The names of the formats: the files of this folder, this one apart."""
    names = (name.rsplit(".", 1)[-1] for name in module_names(composer.checks.reports))
    return [name for name in names if name != "report"]


def report_in(name: str) -> Report:
    """The function that writes a format. Raises UnknownName with "did you mean"."""
    if name not in formats():
        raise UnknownName(f"no output format is called `{name}`", did_you_mean(name, formats()))
    module = import_module(f"{composer.checks.reports.__name__}.{name}")
    return module.report  # type: ignore[no-any-return]


def shown(character: str) -> str:
    """A character as a terminal may print it: control and directional characters by their number, a tab as a space."""
    if character == "\t":
        return " "
    number = ord(character)
    if number < 0x20 or 0x7F <= number < 0xA0 or character in _UNSEEN or 0xD800 <= number < 0xE000:
        return f"‹U+{number:04X}›"
    return character


def shown_text(text: str) -> str:
    """A text without a character that could move, hide or color what stands around it."""
    return text if text.isascii() and text.isprintable() else "".join(map(shown, text))
