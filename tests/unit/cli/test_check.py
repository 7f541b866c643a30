"""composer check: what is checked, what is printed, and how it exits."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from composer.checks.reports.report import formats
from composer.errors import PathNotFound
from composer.project.project import Project
from tests.unit.cli.conftest import DRAFT, HEALTHY, Run, edit

ERROR = ("The cranes have opinions", "TK")
WARNING = ("Would you let a crane drive itself?", "Would you let a crane drive itself? # stet: editorial/placeholder")


def found(out: str) -> list[tuple[str, str, int, int]]:
    """Rule, path, line and column of every finding of a JSON report."""
    return [(f["rule"], f["path"], f["line"], f["column"]) for f in json.loads(out)["findings"]]


def test_a_healthy_draft_is_clear(newsroom: Path, run: Run) -> None:
    ran = run("check")
    assert (ran.status, ran.out, ran.err) == (0, "All clear: 1 draft checked.\n", "")


@pytest.mark.parametrize(
    ("change", "options", "status"),
    [
        (None, (), 0),
        (None, ("--strict",), 0),
        (ERROR, (), 1),
        (ERROR, ("--strict",), 1),
        (ERROR, ("--exit-zero",), 0),
        (ERROR, ("--quiet",), 1),
        (ERROR, ("--ignore", "editorial"), 0),
        (ERROR, ("--ignore", "editorial/placeholder"), 0),
        (ERROR, ("--ignore", "schema,editorial/placeholder,stet"), 0),
        (ERROR, ("--select", "schema"), 0),
        (ERROR, ("--select", "schema", "--select", "editorial/placeholder"), 1),
        (WARNING, (), 0),
        (WARNING, ("--strict",), 1),
        (WARNING, ("--strict", "--exit-zero"), 0),
        (WARNING, ("--strict", "--ignore", "stet"), 0),
    ],
)
def test_exit_status(newsroom: Path, run: Run, change: tuple[str, str] | None, options: tuple[str, ...], status: int) -> None:
    if change:
        edit(newsroom / HEALTHY, *change)
    assert run("check", *options).status == status


@pytest.mark.parametrize("output_format", formats())
def test_the_exit_status_is_the_same_in_every_format(newsroom: Path, run: Run, output_format: str) -> None:
    quick = ("check", "--output-format", output_format, "--select", "editorial")
    assert run(*quick).status == 0
    edit(newsroom / HEALTHY, *ERROR)
    assert run(*quick).status == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "isues"), "did you mean issues?"),
        (("check", "issues/harbor-notes/2030-03-12-cranse.yaml"), f"did you mean {HEALTHY}?"),
        (("check", HEALTHY, "nowhere.yaml"), "nowhere.yaml does not exist"),
        (("check", "--select", "editorial/placehodler"), "did you mean `editorial/placeholder`?"),
        (("check", "--select", "placehodler"), "did you mean `editorial/placeholder`?"),
        (("check", "--select", "nothing-of-the-kind"), "the areas are `accessibility`, `clients`, `delivery`"),
        (("check", "--ignore", "editoral"), "did you mean `editorial`?"),
        (("check", "--output-format", "jason"), "did you mean `json`?"),
        (("check", "--colour"), "--color"),
        (("check", "--color", "sometimes"), "sometimes"),
        (("check", "--project", "templates"), "no newsroom.yaml in templates"),
        (("check", "--project", "nowhere"), "nowhere is not a folder"),
        (("check", "--stdin-filename", HEALTHY), "`-` is not among the paths"),
        (("chekc",), "'check'"),
        (("build", "isues"), "did you mean issues?"),
        (("new", "harbour-notes"), "did you mean `harbor-notes`?"),
        (("new",), "NEWSLETTER"),
        (("new", "harbor-notes", "--date", "12.3.2030"), "year-month-day"),
        (("rules", "sign-off/misssing"), "did you mean `sign-off/missing`?"),
        (("rules", "--newsletter", "harbor-note"), "did you mean `harbor-notes`?"),
        (("schema", "harbor-nots"), "did you mean `harbor-notes`?"),
        (("init",), "already"),
    ],
)
def test_a_command_that_cannot_run_exits_with_2_and_says_what_to_do(newsroom: Path, run: Run, arguments: tuple[str, ...], words: str) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert ran.out == ""


@contextmanager
def as_somebody_with_few_rights() -> Iterator[None]:
    """The superuser may read everything; nobody may not."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_folder_that_may_not_be_read_is_not_taken_for_an_empty_one() -> None:
    # pytest's own folders are open to their owner alone.
    with tempfile.TemporaryDirectory() as name:
        newsroom, issues = Path(name), Path(name, "issues")
        newsroom.chmod(0o755)
        issues.mkdir()
        issues.chmod(0o000)
        with as_somebody_with_few_rights(), pytest.raises(PathNotFound, match="issues cannot be read") as raised:
            Project(newsroom).drafts([])
        assert "chmod" in raised.value.help
        issues.chmod(0o755)
        with as_somebody_with_few_rights():
            assert Project(newsroom).drafts([]) == []


def test_outside_a_newsroom_nothing_runs(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("check")
    assert ran.status == 2
    assert "newsroom.yaml" in ran.err
    assert "composer init" in ran.err


def test_the_newsroom_is_found_from_a_folder_inside_it(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(newsroom / HEALTHY, *ERROR)
    monkeypatch.chdir(newsroom / "issues" / "harbor-notes")
    ran = run("check", "--output-format", "json")
    assert found(ran.out) == [("editorial/placeholder", "2030-03-12-cranes.yaml", 4, 10)]


def test_project_names_a_newsroom_elsewhere(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    edit(newsroom / HEALTHY, *ERROR)
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    ran = run("check", "--project", str(newsroom), "--output-format", "json")
    assert found(ran.out) == [("editorial/placeholder", (newsroom / HEALTHY).as_posix(), 4, 10)]


def test_no_drafts_is_a_note_and_no_failure(newsroom: Path, run: Run) -> None:
    (newsroom / HEALTHY).unlink()
    ran = run("check")
    assert (ran.status, ran.out) == (0, "")
    assert "No drafts found in issues" in ran.err
    assert run("check", "--quiet").err == ""
    (newsroom / "issues" / "harbor-notes").rmdir()
    (newsroom / "issues").rmdir()
    assert run("check").status == 0


def test_no_drafts_is_still_json(newsroom: Path, run: Run) -> None:
    (newsroom / HEALTHY).unlink()
    assert json.loads(run("check", "--output-format", "json").out)["summary"]["files"] == 0


def test_a_folder_that_holds_everything_is_searched_for_drafts_and_settings(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, *ERROR)
    edit(newsroom / "newsroom.yaml", "publisher:\n", "publihser: x\npublisher:\n")
    (newsroom / "notes.yaml").write_text("- not a draft\n", encoding="utf-8")
    ran = run("check", ".", "--output-format", "json")
    assert found(ran.out) == [("schema/unknown-field", "newsroom.yaml", 1, 1), ("editorial/placeholder", HEALTHY, 4, 10)]
    assert json.loads(ran.out)["summary"]["files"] == 4


@pytest.mark.parametrize("named", ["templates/harbor-notes/newsletter.yaml", "templates/harbor-notes", "templates", "./templates/../templates/harbor-notes"])
def test_a_newsletter_is_checked_for_itself_when_named(newsroom: Path, run: Run, named: str) -> None:
    path = newsroom / "templates/harbor-notes/newsletter.yaml"
    edit(path, "type: briefs", "type: brefs")
    with path.open("a", encoding="utf-8") as file:
        file.write("house_style:\n  rules:\n    editorial/placeholdre: off\n")
    ran = run("check", named, "--output-format", "json")
    shown = "templates/harbor-notes/newsletter.yaml"
    assert found(ran.out) == [("schema/wrong-type", shown, 15, 25), ("schema/unknown-field", shown, 18, 5)]
    assert json.loads(ran.out)["summary"]["files"] == (1 if named.endswith(".yaml") else 2), "its theme.css is checked with the folder"
    assert ran.status == 1


def test_a_fault_of_the_newsletter_is_reported_once_for_all_its_drafts(newsroom: Path, run: Run) -> None:
    edit(newsroom / "templates/harbor-notes/newsletter.yaml", "weekdays:", "wekdays:")
    (newsroom / "issues/harbor-notes/2030-03-19-second.yaml").write_text(DRAFT, encoding="utf-8")
    ran = run("check", "--output-format", "json")
    assert found(ran.out) == [("schema/unknown-field", "templates/harbor-notes/newsletter.yaml", 2, 1)]
    assert json.loads(ran.out)["summary"] == {"files": 2, "errors": 1, "warnings": 0, "infos": 0, "fixed": 0}


def test_a_template_that_jinja_cannot_read_has_its_line(newsroom: Path, run: Run) -> None:
    template = newsroom / "templates/harbor-notes/sections/essay.j2"
    template.parent.mkdir()
    template.write_text("{# fine #}\n{% if %}\n", encoding="utf-8")
    for named in ("templates", template.relative_to(newsroom).as_posix()):
        ran = run("check", named, "--output-format", "json")
        assert found(ran.out) == [("template/broken", "templates/harbor-notes/sections/essay.j2", 2, 1)]
        assert ran.status == 1


def test_standard_input_stands_for_a_file(newsroom: Path, run: Run) -> None:
    text = DRAFT.replace("newsletter: harbor-notes\n", "").replace(*ERROR)
    ran = run("check", "-", "--stdin-filename", "issues/harbor-notes/new.yaml", "--output-format", "concise", stdin=text)
    assert ran.out.startswith("issues/harbor-notes/new.yaml:3:10: error editorial/placeholder ")
    assert ran.status == 1
    assert not (newsroom / "issues/harbor-notes/new.yaml").exists()


def test_standard_input_is_framed_with_its_own_lines(newsroom: Path, run: Run) -> None:
    ran = run("check", "-", "--stdin-filename", HEALTHY, stdin=DRAFT.replace("The cranes have opinions", "TK: typed, not yet saved"))
    assert "typed, not yet saved" in ran.out


def test_standard_input_without_a_name(newsroom: Path, run: Run) -> None:
    ran = run("check", "-", "--output-format", "json", stdin=DRAFT.replace(*ERROR))
    assert found(ran.out) == [("editorial/placeholder", "-", 4, 10)]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\0\0", "newsletter: harbor-notes".encode("utf-16"), b"- a\n- list\n", b"key: [", b"\xff"])
@pytest.mark.parametrize("output_format", formats())
def test_what_is_no_draft_is_a_finding_and_never_a_traceback(newsroom: Path, run: Run, content: bytes, output_format: str) -> None:
    (newsroom / HEALTHY).write_bytes(content)
    ran = run("check", "--output-format", output_format)
    assert ran.status == 1
    assert HEALTHY in ran.out
    assert ran.err == ""


def test_the_format_may_come_from_the_environment(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPOSER_OUTPUT_FORMAT", "json")
    assert json.loads(run("check").out)["version"] == 1
    assert run("check", "--output-format", "concise").out == "All clear: 1 draft checked.\n"


def test_quiet_prints_findings_only(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, *ERROR)
    loud, quiet = (run("check", "--output-format", "concise", *options).out for options in ((), ("--quiet",)))
    assert loud == quiet + "1 error in 1 draft\n"
    assert quiet.count("\n") == 1


def test_color_is_for_terminals_and_for_those_who_ask(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(newsroom / HEALTHY, *ERROR)
    assert "\x1b" not in run("check").out
    assert "\x1b[1;31m" in run("check", "--color", "always").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("check").out


def test_a_draft_that_may_not_be_read_is_named(newsroom: Path, run: Run) -> None:
    (newsroom / "issues/harbor-notes/2030-03-19-gone.yaml").symlink_to(newsroom / "nowhere")
    ran = run("check")
    assert ran.status == 2
    assert "2030-03-19-gone.yaml" in ran.err
    assert "Traceback" not in ran.err


def test_many_drafts_are_checked_in_order_and_give_what_each_gives_alone(newsroom: Path, run: Run) -> None:
    folder = newsroom / "issues/harbor-notes"
    for number in range(60):
        text = DRAFT.replace("nobody could say why", "TK") if number % 7 == 0 else DRAFT
        (folder / f"2031-{number:03}.yaml").write_text(text, encoding="utf-8")
    expected = [("editorial/placeholder", f"issues/harbor-notes/2031-{number:03}.yaml", 10, 41) for number in range(0, 60, 7)]
    ran = run("check", "--output-format", "json", "--select", "schema,editorial")
    assert found(ran.out) == expected
    assert json.loads(ran.out)["summary"]["files"] == 61
    alone = run("check", "--output-format", "json", "--select", "schema,editorial", "issues/harbor-notes/2031-007.yaml")
    assert json.loads(alone.out)["findings"] == [f for f in json.loads(ran.out)["findings"] if f["path"].endswith("2031-007.yaml")]


def test_a_draft_that_is_a_link_is_a_draft_of_its_own_name(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, "  body: |\n    Last", "  body:\n    - figure: {image: crane.png, alt: A crane.}\n    - |\n      Last")
    edit(newsroom / HEALTHY, "\n    This spring", "\n      This spring")
    linked = newsroom / "issues/harbor-notes/2030-03-19-linked.yaml"
    linked.symlink_to(newsroom / HEALTHY)
    ran = run("check", "--output-format", "json")
    assert [(path, rule) for rule, path, _, _ in found(ran.out)] == [
        (HEALTHY, "images/missing-file"),
        ("issues/harbor-notes/2030-03-19-linked.yaml", "images/missing-file"),
    ]
    beside = linked.with_suffix("")
    beside.mkdir()
    Image.new("RGB", (1120, 200)).save(beside / "crane.png")
    assert found(run("check", "--output-format", "json", str(linked)).out) == []


def test_a_link_that_leads_round_in_a_circle_cannot_be_read(newsroom: Path, run: Run) -> None:
    circle = newsroom / "issues/harbor-notes/2030-03-19-circle.yaml"
    circle.symlink_to(circle.name)
    ran = run("check", str(circle))
    assert ran.status == 2
    assert "2030-03-19-circle.yaml" in ran.err
    assert "Traceback" not in ran.err


def test_what_editors_and_systems_leave_in_a_folder_is_no_draft(newsroom: Path, run: Run) -> None:
    folder = newsroom / "issues/harbor-notes"
    (folder / ".#2030-03-12-cranes.yaml").symlink_to("ada@pier.1234")
    (folder / "._2030-03-12-cranes.yaml").write_bytes(b"\0\5\x16\7")
    (folder / ".backup").mkdir()
    (folder / ".backup/old.yaml").write_text("- a list", encoding="utf-8")
    os.mkfifo(folder / "pipe.yaml")
    assert run("check").out == "All clear: 1 draft checked.\n"


def test_a_picture_of_a_draft_without_a_file_asks_for_its_name(newsroom: Path, run: Run) -> None:
    draft = DRAFT.replace("  body: |\n    Last", "  body:\n    - figure: {image: crane.png}\n    - |\n      Last").replace(
        "\n    This spring", "\n      This spring"
    )
    ran = run("check", "-", stdin=draft)
    assert ran.status == 1
    assert "--stdin-filename" in ran.out
    assert "-/" not in ran.out


def test_a_name_that_is_no_utf_8_stops_nobody(newsroom: Path, run: Run) -> None:
    """A file from an old archive, in Latin-1."""
    path = os.fsencode(newsroom / "issues/harbor-notes") + b"/2030-03-05-caf\xe9.yaml"
    Path(os.fsdecode(path)).write_text(DRAFT.replace("03-12", "03-05").replace("number: 7", "number: 6"), encoding="utf-8")
    for arguments in (("check", HEALTHY), ("check",), ("check", "--output-format", "json"), ("build",), ("new", "harbor-notes")):
        ran = run(*arguments)
        assert ran.status != 2, ran.err


@pytest.mark.parametrize(
    ("hour", "zone", "day", "is_over"),
    [
        (1, "America/Los_Angeles", "2030-03-12", False),  # still the evening of the 12th
        (1, "Europe/Berlin", "2030-03-12", True),
        (23, "Asia/Tokyo", "2030-03-13", True),  # the 14th already
    ],
)
def test_the_day_is_over_where_the_newsletter_is_published(
    newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch, hour: int, zone: str, day: str, is_over: bool
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2030, 3, 13, hour, tzinfo=UTC).timestamp())))
    edit(newsroom / "templates/harbor-notes/newsletter.yaml", "weekdays: [tuesday]", f"weekdays: [tuesday, wednesday]\ntime_zone: {zone}")
    edit(newsroom / HEALTHY, "date: 2030-03-12", f"date: {day}")
    ran = run("check", "--send", "--select", "delivery/date")
    assert ("this day is over" in ran.out) == is_over


def test_a_sending_time_in_another_zone_is_of_the_newsletters_day(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2030, 3, 12, 5, tzinfo=UTC).timestamp())))
    edit(newsroom / HEALTHY, "number: 7", "number: 7\nsend_at: 2030-03-11T23:30-08:00")  # 08:30 on the 12th in Berlin
    assert run("check", "--send", "--select", "delivery/date").status == 0


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "help"),
    [
        ("min: 1, max: 3", "min: 5, max: 3", 15, "no list has 5 items or more and 3 at most", "write the smaller number behind `min:`"),
        ("type: essay}", "type: essay, words: [1100, 600]}", 13, "the fewest words stand first", "write [600, 1100]"),
        ("weekdays: [tuesday]", "link_tagging: {hosts: ['https://pier.org/'], source: x}", 2, "a host is expected here, not an address", "write pier.org"),
        (
            "weekdays: [tuesday]",
            "view_online: https://pier.org/[issue]",
            2,
            "nothing is filled in for `[issue]`",
            "known here: `[newsletter]`, `[date]`, `[slug]`",
        ),
        (
            "weekdays: [tuesday]",
            "nameplate: strip",
            2,
            "one of 'bar' or 'band' is expected here",
            "Composer's docs/newsletters.md explains every field, with an example",
        ),
    ],
)
def test_settings_that_contradict_themselves(newsroom: Path, run: Run, old: str, new: str, line: int, message: str, help: str) -> None:
    path = "templates/harbor-notes/newsletter.yaml"
    edit(newsroom / path, old, new)
    (finding,) = json.loads(run("check", path, "--output-format", "json").out)["findings"]
    assert (finding["line"], finding["message"], finding["help"]) == (line, message, help)


def test_a_person_is_a_name_and_need_be_no_more(newsroom: Path, run: Run) -> None:
    edit(newsroom / "templates/harbor-notes/newsletter.yaml", "  Ada Quay:", "  Bo Lindqvist:\n  Ada Quay:")
    edit(newsroom / HEALTHY, "number: 7", "number: 7\nbyline: Bo Lindqvist")
    assert run("check", "templates/harbor-notes/newsletter.yaml", HEALTHY).status == 0


@pytest.mark.parametrize("path", ["newsroom.yaml", "templates/harbor-notes/newsletter.yaml"])
def test_empty_settings_do_not_send_to_a_command_that_refuses(newsroom: Path, run: Run, path: str) -> None:
    (newsroom / path).write_text("", encoding="utf-8")
    (finding,) = json.loads(run("check", path, "--output-format", "json").out)["findings"]
    assert (finding["message"], finding["help"]) == (f"{Path(path).name} is empty", "Composer's docs/newsletters.md shows one that works")
