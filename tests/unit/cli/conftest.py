"""A newsroom with one small newsletter of its own, and a way to run commands in it."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from composer.cli.main import main
from composer.files import shipped

NEWSROOM = """\
publisher:
  name: Pier Press
  url: https://pierpress.example
  postal_address: Pier Press, 3 Quay Road, Port Amity 00000
time_zone: Europe/Berlin
"""

NEWSLETTER = """\
name: Harbor Notes
weekdays: [tuesday]
sender:
  from: notes@pierpress.example
  list_id: notes.pierpress.example
unsubscribe:
  url: https://pierpress.example/leave
imprint:
  reason: You asked for it at pierpress.example.
people:
  Ada Quay: {email: ada@pierpress.example}
sections:
  - {key: letter, type: essay}
  - {key: closing, type: sign_off}
  - {key: digest, type: briefs, heading: Seen from the pier, min: 1, max: 3}
"""

DRAFT = """\
newsletter: harbor-notes
date: 2030-03-12
number: 7
subject: The cranes have opinions
preheader: What their drivers say when nobody records it
letter:
  body: |
    Last autumn the cranes went quiet.

    This spring they started again, and nobody could say why.
closing:
  question: Would you let a crane drive itself?
  invitation: Write to notes@pierpress.example.
digest:
  - "[A pier was sold](https://pierpress.example/pier) twice. (Pier Press)"
"""

HEALTHY = "issues/harbor-notes/2030-03-12-cranes.yaml"


class Ran(NamedTuple):
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsroom's folder with one healthy draft, and the working folder of the test."""
    for name, text in {"newsroom.yaml": NEWSROOM, "templates/harbor-notes/newsletter.yaml": NEWSLETTER, HEALTHY: DRAFT}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    # The colors are a newsletter's own; any shipped theme will do.
    shutil.copy(next(shipped().glob("templates/*-*/theme.css")), tmp_path / "templates/harbor-notes")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1899547200")  # Tuesday, 12 March 2030, noon in UTC
    for name in ("NO_COLOR", "COMPOSER_OUTPUT_FORMAT", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the real entry point in this process."""

    def composer(*arguments: str, stdin: str | bytes = "") -> Ran:
        content = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
        capsys.readouterr()
        status = main(list(arguments))
        printed = capsys.readouterr()
        return Ran(status, printed.out, printed.err)

    return composer


def edit(path: Path, replace: str, by: str) -> None:
    """Change a file's text in one place; the words must be there."""
    text = path.read_text(encoding="utf-8")
    assert text.count(replace) == 1, f"{replace!r} stands {text.count(replace)} times in {path.name}"
    path.write_text(text.replace(replace, by), encoding="utf-8")


def files_under(folder: Path) -> list[str]:
    """The files of a folder by their paths in it."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
