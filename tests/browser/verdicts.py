"""What the judges said in a run of `make judges`, as a table: read from the report that it leaves, never typed."""

import ast
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from tests.browser.npm import version_of

# Where the files of tests that ask a judge lie, by their packages.
FOLDERS = {"tests.browser": Path(__file__).parent, "tests.engines": Path(__file__).parents[1] / "engines"}


def _says(*command: str) -> str:
    """The first line a program says of its version."""
    assert shutil.which(command[0]), f"{command[0]} is absent"
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return (ran.stdout or ran.stderr).strip().splitlines()[0]


def _number(line: str) -> str:
    """The first word of a line that begins with a digit."""
    return next(word for word in line.replace('"', " ").split() if word[0].isdigit())


def chromium() -> str:
    """Chromium and its version."""
    return f"Chromium {_number(_says('chromium', '--version'))}"


def axe() -> str:
    """The version of axe."""
    return f"axe-core {version_of('axe-core')}"


def nu() -> str:
    """The Nu HTML checker and the Java that runs it."""
    return f"Nu HTML checker {version_of('vnu-jar')}, Java {_number(_says('java', '-version'))}"


def roosterjs() -> str:
    """Microsoft's editor of mails, which recolors them for dark modes."""
    return f"roosterjs {version_of('roosterjs')}"


def npm_mjml() -> str:
    """The reference renderer."""
    return f"npm mjml {version_of('mjml')}"


def spamassassin() -> str:
    """SpamAssassin and its version."""
    return f"SpamAssassin {_number(_says('spamassassin', '--version'))}"


def thunderbird() -> str:
    """Thunderbird and its version."""
    return f"Thunderbird {_number(_says('thunderbird', '--version'))}"


def engines() -> str:
    """What fills merge fields in: Go's templates, Ghost's own files, which lie beside the packages, and mustache.js."""
    go = _number(_says("go", "version").replace("go version go", ""))
    return f"Go {go}, Ghost {version_of('../ghost/package')}, mustache.js {version_of('mustache')}"


# Words by which a file of tests says whom it asks.
PROGRAMS = {
    "tests.browser.axe ": axe,
    "tests.browser.nu ": nu,
    "tests.browser import nu": nu,
    "npm_mjml": npm_mjml,
    '"spamassassin"': spamassassin,
    "tests.browser.thunderbird ": thunderbird,
    "tests.browser.turned_dark ": roosterjs,
    "tests.browser.chromium ": chromium,
    "fillers.ghost()": engines,
}


def asked_by(path: Path) -> list[Callable[[], str]]:
    """The programs that a file of tests asks."""
    source = path.read_text(encoding="utf-8")
    return list(dict.fromkeys(program for words, program in PROGRAMS.items() if words in source))


def programs_of(path: Path) -> str:
    """The programs that a file of tests asks, with their versions. Raises AssertionError where it says none."""
    asked = asked_by(path)
    assert asked, f"{path.name} asks no judge that is known to tests/browser/verdicts.py"
    return ", ".join(program() for program in asked)


class Result(NamedTuple):
    """How many tests of a file there were, how many of them held, and the figures that they noted, summed by their names."""

    tests: int
    held: int
    figures: Counter[str]

    def __str__(self) -> str:
        figures = [f"{number:,} {name}" for name, number in self.figures.items()]
        return "; ".join([f"{self.held:,} of {self.tests:,} tests hold", *figures])


def results_in(report: Path) -> dict[str, Result]:
    """The results of a JUnit report by the name of the file of tests."""
    results: dict[str, Result] = {}
    for case in ET.parse(report).iter("testcase"):
        package, _, name = case.attrib["classname"].rpartition(".")
        if package not in FOLDERS:
            continue
        tests, held, figures = results.get(name, Result(0, 0, Counter()))
        fell = any(case.find(end) is not None for end in ("failure", "error", "skipped"))
        for noted in case.iter("property"):
            figures[noted.attrib["name"]] += int(noted.attrib["value"])
        results[name] = Result(tests + 1, held + (not fell), figures)
    return results


def judges() -> Iterator[Path]:
    """The files of tests that ask a judge."""
    for folder in FOLDERS.values():
        for path in sorted(folder.glob("test_*.py")):
            if "pytest.mark.judge" in path.read_text(encoding="utf-8"):
                yield path


def table(report: Path) -> str:
    """A line for each judge. Raises AssertionError where the report lacks one, or one of its tests did not hold."""
    results = results_in(report)
    return "\n".join(["| judge | what holds | result |", "| --- | --- | --- |", *(row(path, results) for path in judges())]) + "\n"


def row(path: Path, results: Mapping[str, Result]) -> str:
    """A judge's line. Raises AssertionError where there is no result, or a test did not hold."""
    assert path.stem in results, f"the report says nothing of {path.name}: make judges"
    result = results[path.stem]
    assert result.held == result.tests, f"{path.name}: {result}"
    return f"| {programs_of(path)} | {_question(path)} | {result} |"


def _question(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring, f"{path.name} does not say what it asks"
    return " ".join(docstring.partition("\n\n")[0].split()).partition(" COMPOSER_UPDATE")[0]
