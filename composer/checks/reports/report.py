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
    """How many files were looked at, how many of them are settings, and how many findings of each level there are.

    `fixed` findings are there no longer; of those that are, `fixable` have a fix that nobody asked for yet.
    """

    files: int
    errors: int
    warnings: int
    infos: int
    fixed: int = 0
    settings: int = 0
    fixable: int = 0

    @classmethod
    def of(cls, findings: Sequence[Finding], files: int, settings: int = 0, fixed: int | None = None) -> "Summary":
        """The counts of these findings; `fixed` is None where fixes were not asked for."""
        levels = [finding.level for finding in findings]
        fixable = sum(finding.fixable for finding in findings) if fixed is None else 0
        return cls(files, levels.count("error"), levels.count("warning"), levels.count("info"), fixed or 0, settings, fixable)

    @property
    def words(self) -> str:
        """The last line for people: “2 errors, 1 warning in 3 drafts”."""
        files = _counted(self.files, "file" if self.settings else "draft")
        counts = [_counted(n, word) for n, word in ((self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")) if n]
        if not counts:
            fixed = f", {_counted(self.fixed, 'finding')} fixed" if self.fixed else ""
            return f"All clear: {files} checked{fixed}."
        fixed = f"; {self.fixed:,} fixed" if self.fixed else ""
        fixable = f"; composer check --fix mends {self.fixable:,} of them" if self.fixable else ""
        return f"{', '.join(counts)} in {files}{fixed}{fixable}"


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


class Page(NamedTuple):
    """What a report is written on: the texts that findings point into, and how the reader sees it.

    `quiet` leaves out whatever is not a finding. `files` are all that were looked at, as findings show them.
    """

    sources: Sources
    color: bool = False
    width: int = 100
    quiet: bool = False
    files: tuple[str, ...] = ()


Report = Callable[[Sequence[Finding], Summary, Page], str]


# What these rules point at must not be printed: whoever can read a build's log could use it.
_CONFIDENTIAL = frozenset({"safety/secret"})


def without_secrets(findings: Sequence[Finding], sources: Sources) -> Sources:
    """The sources with each character of a secret that was found as a dot, wherever its line is shown."""
    secrets = [finding.place for finding in findings if finding.rule in _CONFIDENTIAL]
    if not secrets:
        return sources

    @cache
    def masked(path: str) -> SourceText:
        source = sources(path)
        text = source.text
        for place in (place for place in secrets if place.path == path):
            start, end = source.offset(place.line, place.column), source.offset(place.end_line, place.end_column)
            text = text[:start] + "".join(c if c in "\r\n" else "•" for c in text[start:end]) + text[end:]
        return SourceText(path, text)

    return masked


def fingerprints(findings: Sequence[Finding], page: Page) -> list[str]:
    """A name for each finding that stays while lines above it come and go: of its rule, its file and the words of its line.

    Where a line has the same fault twice, they are numbered.
    """
    from hashlib import sha256

    seen: dict[str, int] = {}
    names = []
    for finding in findings:
        line = page.sources(finding.place.path).line(finding.place.line).strip()
        named = f"{finding.rule}\0{finding.place.path}\0{finding.message}\0{line}"
        seen[named] = seen.get(named, 0) + 1
        names.append(sha256(f"{named}\0{seen[named]}".encode("utf-8", "surrogatepass")).hexdigest())
    return names


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
