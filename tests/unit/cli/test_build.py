"""composer build: what is written, what is not, and never a part of it."""

from pathlib import Path

import pytest

from composer import files
from tests.unit.cli.conftest import DRAFT, HEALTHY, Run, edit, files_under

STEM = "2030-03-12-cranes"
EDITIONS = [f"harbor-notes/{STEM}.eml", f"harbor-notes/{STEM}.html", f"harbor-notes/{STEM}.txt"]
ERROR = ("The cranes have opinions", "TK")


def test_a_healthy_draft_becomes_three_files(newsroom: Path, run: Run) -> None:
    ran = run("build")
    assert ran.status == 0
    assert files_under(newsroom / "dist") == EDITIONS
    assert "The cranes have opinions" in (newsroom / "dist" / EDITIONS[1]).read_text(encoding="utf-8")
    for name in EDITIONS:
        size = (newsroom / "dist" / name).stat().st_size
        assert f"wrote dist/{name}" in ran.out
        assert size > 200
    assert "All clear: 1 draft checked." in ran.out
    assert ".html in a browser" in ran.out


def test_two_builds_are_the_same_to_the_byte(newsroom: Path, run: Run) -> None:
    run("build", "-o", "one")
    run("build", "--out", "two")
    for name in EDITIONS:
        assert (newsroom / "one" / name).read_bytes() == (newsroom / "two" / name).read_bytes()


def test_the_mjml_is_kept_on_request(newsroom: Path, run: Run) -> None:
    assert run("build", "--keep-mjml").status == 0
    assert files_under(newsroom / "dist") == sorted([*EDITIONS, f"harbor-notes/{STEM}.mjml"])
    assert "<mjml" in (newsroom / f"dist/harbor-notes/{STEM}.mjml").read_text(encoding="utf-8")


def test_nothing_is_written_for_a_draft_with_errors(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, *ERROR)
    (newsroom / "issues/harbor-notes/2030-03-19-well.yaml").write_text(DRAFT, encoding="utf-8")
    ran = run("build")
    assert ran.status == 1
    assert files_under(newsroom / "dist") == [name.replace(STEM, "2030-03-19-well") for name in EDITIONS]
    assert f"{HEALTHY}:4:10: error editorial/placeholder" in ran.out
    assert f"not built: {HEALTHY}\n" in ran.out


def test_editions_of_an_earlier_build_are_pointed_out(newsroom: Path, run: Run) -> None:
    run("build")
    before = (newsroom / "dist" / EDITIONS[1]).read_bytes()
    edit(newsroom / HEALTHY, *ERROR)
    assert f"not built: {HEALTHY} (the editions in dist/harbor-notes are from an earlier build)" in run("build").out
    assert (newsroom / "dist" / EDITIONS[1]).read_bytes() == before


def test_a_warning_does_not_hold_a_draft_back(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, "drive itself?", "drive itself? # stet: editorial/placeholder")
    ran = run("build")
    assert ran.status == 0
    assert "warning stet/" in ran.out
    assert files_under(newsroom / "dist") == EDITIONS


def test_a_proof_is_built_with_errors_and_says_what_it_is(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, *ERROR)
    ran = run("build", "--proof")
    assert ran.status == 1
    assert files_under(newsroom / "dist") == EDITIONS
    for name in EDITIONS:
        assert b"not for sending" in (newsroom / "dist" / name).read_bytes().replace(b"=\r\n", b"")
    edit(newsroom / HEALTHY, "TK", "The cranes have opinions")
    run("build")
    for name in EDITIONS:
        assert b"not for sending" not in (newsroom / "dist" / name).read_bytes().replace(b"=\r\n", b"")


def test_a_proof_has_the_same_findings_as_the_check(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, *ERROR)
    last = "1 error in 1 draft"
    assert run("build", "--proof").out.split("wrote ")[0].strip() == run("check").out.replace(last, "").strip()


@pytest.mark.parametrize("content", ["", "- a list\n", "just words", "newsletter: nobody\n"])
@pytest.mark.parametrize("options", [(), ("--proof",)])
def test_what_is_no_issue_is_never_built(newsroom: Path, run: Run, content: str, options: tuple[str, ...]) -> None:
    (newsroom / HEALTHY).write_text(content, encoding="utf-8")
    ran = run("build", *options)
    assert (ran.status, ran.err) == (1, "")
    assert files_under(newsroom / "dist") == []


@pytest.mark.parametrize("options", [(), ("--proof",)])
def test_a_broken_template_is_an_error_and_nothing_is_written(newsroom: Path, run: Run, options: tuple[str, ...]) -> None:
    template = newsroom / "templates/harbor-notes/sections/essay.j2"
    template.parent.mkdir()
    template.write_text("{% macro mjml(placed, page, tools) %}\n{{ placed.nowhere.to_be_found }}\n{% endmacro %}\n", encoding="utf-8")
    ran = run("build", *options)
    assert (ran.status, ran.err) == (1, "")
    assert "templates/harbor-notes/sections/essay.j2:2:1: error template/broken" in ran.out
    assert files_under(newsroom / "dist") == []


@pytest.mark.parametrize("options", [(), ("--proof",)])
def test_a_fault_of_the_newsroom_holds_every_draft_back(newsroom: Path, run: Run, options: tuple[str, ...]) -> None:
    edit(newsroom / "newsroom.yaml", "Europe/Berlin", "Europe/Brelin")
    ran = run("build", *options)
    assert (ran.status, ran.err) == (1, "")
    assert "newsroom.yaml:5:12: error schema/wrong-type" in ran.out
    assert files_under(newsroom / "dist") == []


def test_two_drafts_for_one_place_stop_the_build_before_it_begins(newsroom: Path, run: Run) -> None:
    for name in ("aside/2030-03-12-cranes.yaml", "aside/2030-03-19-other.yaml"):
        path = newsroom / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(DRAFT, encoding="utf-8")
    ran = run("build", "issues", "aside")
    assert ran.status == 2
    assert HEALTHY in ran.err
    assert "aside/2030-03-12-cranes.yaml" in ran.err
    assert files_under(newsroom / "dist") == []


def test_one_draft_named_twice_is_built_once(newsroom: Path, run: Run) -> None:
    ran = run("build", HEALTHY, str(newsroom / HEALTHY), "issues")
    assert ran.status == 0
    assert "All clear: 1 draft checked." in ran.out


def test_standard_input_is_built_as_the_file_it_stands_for(newsroom: Path, run: Run) -> None:
    ran = run("build", "-", "--stdin-filename", "issues/harbor-notes/2030-04-02-new.yaml", stdin=DRAFT)
    assert ran.status == 0
    assert files_under(newsroom / "dist") == [name.replace(STEM, "2030-04-02-new") for name in EDITIONS]


def test_standard_input_without_a_name_is_not_built(newsroom: Path, run: Run) -> None:
    ran = run("build", "-", stdin=DRAFT)
    assert ran.status == 2
    assert "--stdin-filename" in ran.err
    assert files_under(newsroom / "dist") == []


def test_where_nothing_can_be_written_nothing_is(newsroom: Path, run: Run) -> None:
    (newsroom / "dist").write_text("a file, not a folder", encoding="utf-8")
    ran = run("build")
    assert ran.status == 2
    assert "dist is not a folder" in ran.err
    assert "Traceback" not in ran.err
    assert (newsroom / "dist").read_text(encoding="utf-8") == "a file, not a folder"


def test_the_files_of_a_draft_are_written_all_or_none(newsroom: Path, run: Run) -> None:
    taken = newsroom / "dist" / EDITIONS[2]
    taken.mkdir(parents=True)
    ran = run("build")
    assert ran.status == 2
    assert EDITIONS[2] in ran.err
    assert files_under(newsroom / "dist") == []


def test_writing_together_leaves_no_trace_when_one_file_fails(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        files.write_together({tmp_path / "old.txt": b"new", tmp_path / "fresh.txt": b"new", tmp_path / "file" / "x.txt": b"new"})
    assert files_under(tmp_path) == ["file", "old.txt"]
    assert (tmp_path / "old.txt").read_bytes() == b"old"


def test_a_file_that_cannot_be_written_is_called_by_its_own_name(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="only POSIX systems limit the size of files")
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, most[1]))
    try:
        with pytest.raises(OSError, match="large") as raised:
            files.write_together({tmp_path / "a.txt": b"new", tmp_path / "b.txt": b"far too long"})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    assert raised.value.filename == str(tmp_path / "b.txt")
    assert files_under(tmp_path) == []


def test_no_drafts_is_a_note(newsroom: Path, run: Run) -> None:
    (newsroom / HEALTHY).unlink()
    ran = run("build")
    assert (ran.status, ran.out) == (0, "")
    assert "No drafts found" in ran.err


def test_the_page_for_browsers_is_written_on_request(newsroom: Path, run: Run) -> None:
    assert run("build", "--web").status == 0
    assert files_under(newsroom / "dist") == sorted([*EDITIONS, f"harbor-notes/{STEM}.web.html"])
    page = (newsroom / f"dist/harbor-notes/{STEM}.web.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>\n<html")
    assert "The cranes have opinions" in page


def test_a_page_is_not_built_for_a_service(newsroom: Path, run: Run) -> None:
    ran = run("build", "--web", "--for", "listmonk")
    assert ran.status == 2
    assert "without --for" in ran.err
    assert files_under(newsroom / "dist") == []
