"""A state that changes with every change on disk, and with nothing else."""

import os
from pathlib import Path

import pytest

from composer.preview.watch import state_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "issues/notes/one").mkdir(parents=True)
    (tmp_path / "issues/notes/one.yaml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "issues/notes/one/crane.png").write_bytes(b"picture")
    return tmp_path / "issues"


def _rewrite(folder: Path) -> None:
    path = folder / "notes/one.yaml"
    path.write_text("a: 2\n", encoding="utf-8")
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))


CHANGES = {
    "written": _rewrite,
    "longer": lambda folder: (folder / "notes/one.yaml").write_text("a: 1\nb: 2\n", encoding="utf-8"),
    "added": lambda folder: (folder / "notes/two.yaml").write_text("", encoding="utf-8"),
    "taken away": lambda folder: (folder / "notes/one/crane.png").unlink(),
    "renamed": lambda folder: (folder / "notes/one/crane.png").rename(folder / "notes/one/cranes.png"),
    "in a new folder": lambda folder: ((folder / "other").mkdir(), (folder / "other/three.yaml").write_text("", encoding="utf-8")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_every_change_makes_another_state(folder: Path, change: object) -> None:
    before = state_of([folder])
    assert callable(change)
    change(folder)
    assert state_of([folder]) != before


def test_looking_changes_nothing(folder: Path) -> None:
    before = state_of([folder])
    (folder / "notes/one.yaml").read_text(encoding="utf-8")
    assert state_of([folder]) == before


def test_what_an_editor_hides_does_not_count(folder: Path) -> None:
    before = state_of([folder])
    (folder / "notes/.one.yaml.swp").write_text("half a word", encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / ".git/index").write_text("", encoding="utf-8")
    assert state_of([folder]) == before


def test_a_folder_that_leads_to_itself_ends(folder: Path) -> None:
    (folder / "notes/again").symlink_to(folder)
    (folder / "notes/nowhere").symlink_to(folder / "gone")
    assert state_of([folder]) == state_of([folder])


def test_a_folder_that_a_link_leads_to_is_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder / "shared").symlink_to(tmp_path / "elsewhere")
    before = state_of([folder])
    (tmp_path / "elsewhere/theme.css").write_text("", encoding="utf-8")
    assert state_of([folder]) != before


def test_a_path_may_be_a_file_or_nothing_yet(folder: Path) -> None:
    missing = state_of([folder / "notes/two.yaml"])
    (folder / "notes/two.yaml").write_text("", encoding="utf-8")
    assert state_of([folder / "notes/two.yaml"]) != missing
