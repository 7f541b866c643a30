"""The archive is never wrong: what changes is seen, what is broken is made anew, and two commands agree."""

import os
import pickle
import sqlite3
from collections.abc import Callable
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest

from composer import store
from composer.archive import indexing
from composer.archive.archive import Archive, Earlier
from composer.draft.load import load_draft, load_draft_text
from composer.project.project import Project
from tests.cases.newsroom import draft_of, healthy
from tests.newsrooms import NewsroomFolder

LETTER = "issues/china-report"
FIRST = """\
date: 2026-11-10
number: 5
subject: The first of them
catch_up:
  - "[A pier was sold](https://harborreview.example/pier) twice. (Harbor Wire $)"
"""
SECOND = FIRST.replace("11-10", "11-17").replace("number: 5", "number: 6").replace("first", "second").replace("/pier", "/quay")


@pytest.fixture
def folder(own_newsroom: NewsroomFolder) -> NewsroomFolder:
    """A newsroom with two issues of one newsletter."""
    own_newsroom.write(f"{LETTER}/2026-11-10-first.yaml", FIRST)
    own_newsroom.write(f"{LETTER}/2026-11-17-second.yaml", SECOND)
    return own_newsroom


def archive_in(folder: NewsroomFolder) -> Archive:
    return Archive.of(Project(folder.root))


def before(folder: NewsroomFolder, archive: Archive | None = None, day: str = "2026-11-24") -> Earlier:
    """What came before a draft of that day."""
    draft = draft_of(healthy("china-report").replace("2026-11-24", day, 1), Project(folder.root))
    earlier = (archive or archive_in(folder)).before(draft)
    assert earlier is not None
    return earlier


def index_of(folder: NewsroomFolder) -> Path:
    (path,) = (folder.root / ".composer").glob("archive-*.sqlite")
    return path


def test_what_earlier_issues_said(folder: NewsroomFolder) -> None:
    earlier = before(folder)
    assert [(n.number, str(n.where)) for n in earlier.numbers()] == [(6, "2026-11-17-second.yaml, line 2"), (5, "2026-11-10-first.yaml, line 2")]
    assert str(earlier.with_number(5)) == "2026-11-10-first.yaml, line 2"
    assert earlier.with_number(7) is None
    assert str(earlier.with_subject("THE SECOND OF THEM.")) == "2026-11-17-second.yaml, line 3"
    (ran,) = earlier.with_link("harborreview.example/pier")
    assert (ran.path, ran.line, ran.day) == ("china-report/2026-11-10-first.yaml", 5, date(2026, 11, 10))
    assert [str(ran) for ran in earlier.with_headline("a pier was sold")] == ["2026-11-17-second.yaml, line 5", "2026-11-10-first.yaml, line 5"]
    assert len(earlier.with_headline("a pier was sold", 1)) == 1
    paywalls = earlier.paywalls("Harbor Wire")
    assert (paywalls.marked, paywalls.unmarked, str(paywalls.last_marked), paywalls.last_unmarked) == (2, 0, "2026-11-17-second.yaml, line 5", None)


def test_earlier_is_before_the_draft_and_of_its_newsletter(folder: NewsroomFolder) -> None:
    folder.write("issues/the-download/2026-11-10-other.yaml", FIRST.replace("/pier", "/other"))
    earlier = before(folder, day="2026-11-17")
    assert [n.number for n in earlier.numbers()] == [5]
    assert earlier.with_link("harborreview.example/quay") == []
    assert earlier.with_link("harborreview.example/other") == []
    assert earlier.with_number(6) is None
    assert earlier.with_subject("The second of them") is None


def test_a_draft_is_not_its_own_earlier_issue(folder: NewsroomFolder) -> None:
    """An editor's unsaved text may have a later date than the file has."""
    path = folder.root / LETTER / "2026-11-17-second.yaml"
    project = Project(folder.root)
    unsaved = load_draft_text(healthy("china-report").encode(), path, project)
    earlier = Archive.of(project).before(unsaved)
    assert earlier is not None
    assert [n.number for n in earlier.numbers()] == [5]
    assert earlier.with_number(6) is None
    assert earlier.with_subject("The second of them") is None
    assert earlier.with_link("harborreview.example/quay") == []


def test_a_draft_without_newsletter_or_date_has_no_earlier_issues(folder: NewsroomFolder) -> None:
    project = Project(folder.root)
    archive = Archive.of(project)
    assert archive.before(draft_of("newsletter: nobody\ndate: 2026-11-24\n", project)) is None
    assert archive.before(load_draft(folder.write(f"{LETTER}/empty.yaml", ""), project)) is None


def test_drafts_that_cannot_be_read_are_skipped(folder: NewsroomFolder) -> None:
    for name, content in {"empty": b"", "list": b"- a\n", "bytes": b"\xff\xfe\x00", "two": b"date: 2026-11-03\n---\nx: y\n", "large": b"#" * (2 << 20)}.items():
        folder.write(f"{LETTER}/{name}.yaml", content)
    folder.write(f"{LETTER}/nowhere.yaml", FIRST.replace("date: 2026-11-10", "date: soon"))
    folder.write(f"{LETTER}/number.yaml", FIRST.replace("number: 5", "number: five").replace("11-10", "11-03"))
    (folder.root / LETTER / "dangling.yaml").symlink_to("nothing.yaml")
    (folder.root / LETTER / "folder.yaml").mkdir()
    assert [n.number for n in before(folder).numbers()] == [6, 5, None]


def test_where_drafts_are_looked_for(folder: NewsroomFolder) -> None:
    folder.write("issues/2026/11/deep.yml", "newsletter: china-report\n" + FIRST.replace("11-10", "11-11").replace("5", "50"))
    folder.write("issues/2026/11/without-name.yaml", FIRST.replace("11-10", "11-12"))
    folder.write(f"{LETTER}/.hidden.yaml", FIRST)
    folder.write(f"{LETTER}/2026-11-17-second/beside.yaml", FIRST)
    assert [n.number for n in before(folder).numbers()] == [6, 50, 5]


Change = Callable[[Path], None]


def _same_size(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("/pier", "/lamp"), encoding="utf-8")


def _same_size_and_time(path: Path) -> None:
    status = path.stat()
    _same_size(path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _replaced(path: Path) -> None:
    other = path.with_name("other.txt")
    other.write_text(path.read_text(encoding="utf-8").replace("/pier", "/lamp"), encoding="utf-8")
    other.replace(path)


@pytest.mark.parametrize("change", [_same_size, _same_size_and_time, _replaced, Path.unlink, lambda path: path.rename(path.with_suffix(".txt"))])
@pytest.mark.parametrize("young", [0, 2_000_000_000])
def test_a_change_is_seen(folder: NewsroomFolder, monkeypatch: pytest.MonkeyPatch, change: Change, young: int) -> None:
    monkeypatch.setattr(store, "_YOUNG", young)
    assert before(folder).with_link("harborreview.example/pier")
    change(folder.root / LETTER / "2026-11-10-first.yaml")
    assert before(folder).with_link("harborreview.example/pier") == []
    assert len(before(folder).with_link("harborreview.example/quay")) == 1


def test_a_young_draft_is_looked_at_again(folder: NewsroomFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk whose clock ticks every two seconds, a change may leave no trace in the stamp."""
    assert before(folder).with_link("harborreview.example/pier")
    frozen = store.stamp_of(folder.root / LETTER / "2026-11-10-first.yaml")
    _same_size(folder.root / LETTER / "2026-11-10-first.yaml")
    monkeypatch.setattr(indexing, "stamp_of", lambda path: frozen)
    monkeypatch.setattr(indexing, "stamp_from", lambda status: frozen)
    assert before(folder).with_link("harborreview.example/pier") == []


def test_what_has_not_changed_is_not_read_again(folder: NewsroomFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_YOUNG", 0)
    archive_in(folder)
    written = index_of(folder).read_bytes()
    monkeypatch.setattr(indexing, "read_bytes", None)
    monkeypatch.setattr(indexing, "_read", None)
    assert len(archive_in(folder)) == 2
    assert index_of(folder).read_bytes() == written


def _garbage(path: Path) -> None:
    path.write_bytes(b"not a database at all, but long enough to be read as one " * 50)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _spoilt(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)


def _other_tables(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE issue (path)")
        connection.execute("PRAGMA user_version = 3")
    connection.close()


BREAKAGES = [_garbage, _cut, _spoilt, _other_tables, lambda path: path.write_bytes(b""), Path.unlink]


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_broken_index_is_made_anew(folder: NewsroomFolder, breakage: Change) -> None:
    archive_in(folder)
    breakage(index_of(folder))
    assert before(folder).with_link("harborreview.example/pier")
    assert before(folder).with_link("harborreview.example/quay")


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_an_index_that_breaks_in_the_middle_of_a_run(folder: NewsroomFolder, breakage: Change) -> None:
    archive = archive_in(folder)
    breakage(index_of(folder))
    assert before(folder, archive).with_link("harborreview.example/pier")
    assert before(folder, archive).with_link("harborreview.example/quay")


def test_an_index_that_another_command_made_anew_is_not_taken_for_ours(folder: NewsroomFolder) -> None:
    archive = archive_in(folder)
    path = index_of(folder)
    path.unlink()
    store.Store(path.parent, "archive", indexing.TABLES).opened().close()
    assert before(folder, archive).with_link("harborreview.example/pier")


def test_a_folder_that_cannot_be_written(folder: NewsroomFolder) -> None:
    folder.write(".composer", "a file where the folder should be")
    assert before(folder).with_link("harborreview.example/pier")


def test_an_index_that_is_locked(folder: NewsroomFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_PATIENCE", 0.01)
    archive_in(folder)
    folder.write(f"{LETTER}/2026-11-18-third.yaml", FIRST.replace("11-10", "11-18").replace("/pier", "/third"))
    other = sqlite3.connect(index_of(folder), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert before(folder).with_link("harborreview.example/third")
    other.execute("ROLLBACK")
    other.close()


def test_indexes_of_other_versions_do_not_pile_up(folder: NewsroomFolder) -> None:
    old = folder.write(".composer/archive-0.0.1-abc.sqlite", "old")
    kept = folder.write(".composer/results-0.0.1-abc.sqlite", "of another kind")
    archive_in(folder)
    assert not old.exists()
    assert kept.exists()
    assert (folder.root / ".composer/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_it_travels_to_another_process(folder: NewsroomFolder) -> None:
    archive = archive_in(folder)
    assert before(folder, archive).with_link("harborreview.example/pier")
    assert before(folder, pickle.loads(pickle.dumps(archive))).with_link("harborreview.example/pier")
    without_disk = Archive(folder.root / "issues")
    assert before(folder, pickle.loads(pickle.dumps(without_disk))).with_link("harborreview.example/pier")


def _count(root: Path) -> int:
    archive = Archive.of(Project(root))
    return len(archive) + len(archive.said("china-report link harborreview.example/pier", 10**6, None, 500))


def test_several_commands_at_once(folder: NewsroomFolder) -> None:
    for number in range(60):
        folder.write(f"{LETTER}/2025-{number}.yaml", FIRST.replace("2026-11-10", f"2025-{number // 28 + 1:02}-{number % 28 + 1:02}"))
    with get_context("spawn").Pool(3) as pool:
        assert pool.map(_count, [folder.root] * 6, chunksize=1) == [62 + 61] * 6


def test_the_digest_of_what_came_before(folder: NewsroomFolder) -> None:
    draft = folder.write(f"{LETTER}/2026-11-24-case.yaml", healthy("china-report"))
    first = archive_in(folder).digest_before(draft)
    folder.write("issues/the-download/2026-11-10-other.yaml", FIRST)
    folder.write(f"{LETTER}/2026-12-01-later.yaml", FIRST.replace("2026-11-10", "2026-12-01"))
    folder.change(f"{LETTER}/2026-11-24-case.yaml", "number: 7", "number: 8")
    assert archive_in(folder).digest_before(draft) == first
    folder.change(f"{LETTER}/2026-11-10-first.yaml", "twice", "again")
    assert archive_in(folder).digest_before(draft) != first


def test_a_draft_of_no_known_day_depends_on_the_whole_archive(folder: NewsroomFolder) -> None:
    elsewhere = folder.write("drafts/2026-11-24-case.yaml", healthy("china-report"))
    undated = folder.write(f"{LETTER}/undated.yaml", "subject: Soon\n")
    digests = [archive_in(folder).digest_before(path) for path in (elsewhere, undated)]
    folder.write(f"{LETTER}/2026-12-01-later.yaml", FIRST.replace("2026-11-10", "2026-12-01"))
    assert all(a != b for a, b in zip(digests, [archive_in(folder).digest_before(path) for path in (elsewhere, undated)], strict=True))


def test_what_another_command_wrote_of_a_new_draft_meanwhile_is_forgotten(folder: NewsroomFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    before(folder)
    third = f"{LETTER}/2026-11-18-third.yaml"
    folder.write(third, FIRST.replace("11-10", "11-18").replace("/pier", "/old"))
    really = indexing._read_all

    def after_another_command(asked: list[indexing._Asked]) -> list[indexing._Read]:
        monkeypatch.setattr(indexing, "_read_all", really)
        archive_in(folder)
        folder.write(third, FIRST.replace("11-10", "11-18").replace("/pier", "/new"))
        return really(asked)

    monkeypatch.setattr(indexing, "_read_all", after_another_command)
    archive_in(folder)
    earlier = before(folder)
    assert earlier.with_link("harborreview.example/new")
    assert not earlier.with_link("harborreview.example/old")
