"""The entry point: help, version, start-up, encodings, and every way of failing."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from composer.cli import terminal
from composer.cli.options import ColorChoice
from composer.version import __version__
from tests.unit.cli.conftest import HEALTHY, Run, edit

ROOT = Path(__file__).parents[3]


def composer(*arguments: str, cwd: Path, stdin: bytes = b"", **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """Run `python -m composer` as its own process."""
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.run(
        [sys.executable, "-m", "composer", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": paths, **environment},
        check=False,
    )


def test_python_m_composer_checks_and_exits_with_1(newsroom: Path) -> None:
    edit(newsroom / HEALTHY, "The cranes have opinions", "TK 港口")
    ran = composer("check", "--output-format", "concise", cwd=newsroom)
    assert (ran.returncode, ran.stderr) == (1, b"")
    assert ran.stdout.decode().startswith(f"{HEALTHY}:4:10: error editorial/placeholder ")


def test_a_pipe_gets_utf_8_whatever_the_locale(newsroom: Path) -> None:
    edit(newsroom / HEALTHY, "The cranes have opinions", "TK 港口")
    ran = composer("check", cwd=newsroom, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert ran.returncode == 1
    assert "subject: TK 港口" in ran.stdout.decode("utf-8")


def test_a_draft_comes_by_standard_input(newsroom: Path) -> None:
    ran = composer("check", "-", "--stdin-filename", HEALTHY, cwd=newsroom, stdin=(newsroom / HEALTHY).read_bytes())
    assert (ran.returncode, ran.stdout) == (0, b"All clear: 1 draft checked.\n")


def test_a_reader_that_stops_early_causes_no_traceback(newsroom: Path) -> None:
    script = f"{sys.executable} -m composer rules | true"
    ran = subprocess.run(["sh", "-c", script], cwd=newsroom, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert ran.stderr == b""


@pytest.mark.parametrize(
    ("arguments", "never"),
    [
        (("--help",), ("rich", "pydantic", "yaml", "jinja2", "premailer", "PIL", "markdown_it", "rapidfuzz", "lxml", "email.message")),
        (("check", "--help"), ("rich", "yaml", "jinja2", "premailer", "PIL", "markdown_it", "rapidfuzz", "lxml")),
        (("rules",), ("rich", "jinja2", "premailer", "PIL", "rapidfuzz", "cssutils")),
        (
            ("check", "--select", "schema,structure,editorial"),
            ("rich", "jinja2", "premailer", "PIL", "lxml", "rapidfuzz", "mjml", "jsonschema", "cssutils", "requests"),
        ),
        (("check",), ("rich", "premailer", "cssutils", "requests", "rapidfuzz")),
    ],
)
def test_a_command_imports_only_what_it_uses(newsroom: Path, arguments: tuple[str, ...], never: tuple[str, ...]) -> None:
    script = f"import sys; from composer.cli.main import main; main({list(arguments)!r}); print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", script], cwd=newsroom, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True, check=True)
    assert set(ran.stderr.split()) & set(never) == set()


def test_version(run: Run) -> None:
    ran = run("--version")
    assert (ran.status, ran.out) == (0, f"composer {__version__}\n")


def test_help_names_every_command(run: Run) -> None:
    for option in ("--help", "-h"):
        ran = run(option)
        assert ran.status == 0
        assert all(f"\n  {name} " in ran.out for name in ("init", "new", "check", "build", "rules", "schema"))


def test_without_a_command_the_help_is_shown_and_nothing_was_done(run: Run) -> None:
    ran = run()
    assert ran.status == 2
    assert "Commands:" in ran.out + ran.err


def test_a_fault_of_composer_is_owned_and_exits_with_2(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("a bolt came loose")

    monkeypatch.setattr("composer.checks.house_style.rules", broken)
    ran = run("check")
    assert ran.status == 2
    assert "a bolt came loose" in ran.err
    assert "report it" in ran.err
    assert ran.out == ""


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, piped = _Terminal(), io.StringIO()
    for stream in (seen, piped):
        monkeypatch.setattr("sys.stderr", stream)
        assert list(terminal.with_progress(range(25), 25, "drafts")) == list(range(25))
    assert "20 of 25 drafts" in seen.getvalue()
    assert seen.getvalue().endswith("\r\x1b[K")
    assert piped.getvalue() == ""


@pytest.mark.parametrize(
    ("choice", "terminal_like", "environment", "colored"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {}, False),
    ],
)
def test_when_there_is_color(monkeypatch: pytest.MonkeyPatch, choice: ColorChoice, environment: dict[str, str], *, terminal_like: bool, colored: bool) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert terminal.wants_color(choice, _Terminal() if terminal_like else io.StringIO()) is colored
