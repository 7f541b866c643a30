"""Kept results: an unchanged draft is not checked again, and nothing that a finding depends on changes unnoticed."""

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from composer import press, store
from composer.checks import kept_results
from composer.checks.kept_results import KeptResults
from composer.checks.occasion import Occasion
from composer.checks.rule import rules
from composer.cli.checking import findings_of_drafts, occasion_now
from composer.files import shipped
from composer.lookups.spamassassin import SpamVerdict
from composer.project.project import Project
from tests.unit.cli.conftest import DRAFT, HEALTHY, Run, edit

FAULTY = DRAFT.replace("cranes went quiet.", "cranes went  quiet TK (Bloomberg").replace("in plain", "TODO").replace("Ada", "TK\nsubjekt: x")
EARLIER = (
    DRAFT.replace("2030-03-12", "2030-03-05")
    .replace("number: 7", "number: 6")
    .replace("The cranes have opinions", "Nothing from the cranes")
    .replace("/pier)", "/quay)")
)
LATER = EARLIER.replace("2030-03-05", "2030-03-19").replace("number: 6", "number: 8")
STYLES = ".none { color: var(--ink); }\n"


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of this disk shows every change; the tests need not wait two seconds for it."""
    monkeypatch.setattr(store, "_YOUNG", 0)


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The drafts that rules were run on."""
    paths: list[str] = []
    really = press.findings_of_each

    def counted(drafts, *arguments, **named):
        paths.extend(Path(draft.path).name for draft in drafts)
        return really(drafts, *arguments, **named)

    monkeypatch.setattr(press, "findings_of_each", counted)
    return paths


def results_of(newsroom: Path) -> Path:
    (path,) = (newsroom / ".composer").glob("results-*.sqlite")
    return path


def findings(run: Run, *options: str) -> object:
    return json.loads(run("check", "--exit-zero", "--output-format", "json", *options).out)


def test_an_unchanged_draft_is_not_checked_again(newsroom: Path, run: Run, checked: list[str]) -> None:
    (newsroom / HEALTHY).write_text(FAULTY, encoding="utf-8")
    first = run("check")
    assert checked == [Path(HEALTHY).name]
    assert first.status == 1
    assert run("check") == first
    assert run("check", HEALTHY) == first
    assert checked == [Path(HEALTHY).name]


def test_no_rule_runs_where_nothing_has_changed(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (newsroom / HEALTHY).write_text(FAULTY, encoding="utf-8")
    first = run("check")

    def never(*arguments, **named):
        raise AssertionError("a rule ran")

    for rule in rules().values():
        never.level = rule.level
        assert rule.reads
        monkeypatch.setattr("composer.checks.run._findings_of", never)
    assert run("check") == first
    assert run("check", "--no-cache").status == 2


def test_kept_findings_are_the_same_in_the_same_order(newsroom: Path, run: Run) -> None:
    for number in range(5):
        (newsroom / HEALTHY).with_name(f"2030-03-12-{number}.yaml").write_text(FAULTY.replace("have", f"had {number}"), encoding="utf-8")
    fresh = findings(run, "--no-cache")
    assert not list((newsroom / ".composer").glob("results*"))
    assert fresh["summary"]["errors"] >= 5
    assert findings(run) == fresh
    assert findings(run) == fresh
    project = Project(newsroom)
    paths, chosen = sorted((newsroom / HEALTHY).parent.glob("*.yaml")), list(rules().values())
    occasion = occasion_now(project, chosen)
    anew = list(findings_of_drafts(paths, project, chosen, occasion))
    assert list(findings_of_drafts(paths, project, chosen, occasion, kept=KeptResults(project))) == anew


def _write(path: str, text: str) -> Callable[[Path], None]:
    def change(newsroom: Path) -> None:
        (newsroom / path).parent.mkdir(parents=True, exist_ok=True)
        (newsroom / path).write_text(text, encoding="utf-8")

    return change


def _edit(path: str, replace: str, by: str) -> Callable[[Path], None]:
    return lambda newsroom: edit(newsroom / path, replace, by)


def _unnoticeably(newsroom: Path) -> None:
    """The same length and the same time."""
    path = newsroom / HEALTHY
    status = path.stat()
    edit(path, "Last autumn", "Last winter")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _picture(name: str, color: str) -> Callable[[Path], None]:
    def change(newsroom: Path) -> None:
        folder = (newsroom / HEALTHY).with_suffix("")
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (20, 10), color).save(folder / name)

    return change


SETTINGS, THEME = "templates/harbor-notes/newsletter.yaml", "templates/harbor-notes/theme.css"
SHARED, EARLIER_PATH = "templates/_shared", "issues/harbor-notes/2030-03-05-quiet.yaml"
FILES: dict[str, tuple[Callable[[Path], None] | None, Callable[[Path], None]]] = {
    "the draft": (None, _edit(HEALTHY, "Last autumn", "Last summer")),
    "the draft, its time and size kept": (None, _unnoticeably),
    "its end of line": (None, _edit(HEALTHY, 'twice. (Pier Press)"\n', 'twice. (Pier Press)"')),
    "a picture added": (None, _picture("a.png", "red")),
    "a picture changed": (_picture("a.png", "red"), _picture("a.png", "blue")),
    "a picture changed in a folder": (_picture("in/a.png", "red"), _picture("in/a.png", "blue")),
    "a picture deleted": (_picture("a.png", "red"), lambda newsroom: ((newsroom / HEALTHY).with_suffix("") / "a.png").unlink()),
    "newsroom.yaml": (None, _edit("newsroom.yaml", "3 Quay Road", "4 Quay Road")),
    "newsletter.yaml": (None, _edit(SETTINGS, "Seen from the pier", "Seen from the boat")),
    "the house style": (
        None,
        lambda newsroom: (newsroom / SETTINGS).write_text((newsroom / SETTINGS).read_text() + "house_style: {rules: {inbox/missing-subject: off}}\n"),
    ),
    "the theme": (None, lambda newsroom: (newsroom / THEME).write_text((newsroom / THEME).read_text() + "/* new */\n")),
    "a template added": (
        None,
        _write("templates/harbor-notes/sections/quote.j2", "{% macro mjml(p, page, t) %}{% endmacro %}{% macro text(p, page, t) %}{% endmacro %}"),
    ),
    "a shared template changed": (_write(f"{SHARED}/sections/quote.j2", "a"), _write(f"{SHARED}/sections/quote.j2", "b")),
    "a style sheet added": (None, _write("templates/harbor-notes/styles/inline-own.css", STYLES)),
    "a style sheet deleted": (_write(f"{SHARED}/styles/inline-own.css", STYLES), lambda newsroom: (newsroom / SHARED / "styles/inline-own.css").unlink()),
    "an earlier issue added": (None, _write(EARLIER_PATH, EARLIER)),
    "an earlier issue changed": (_write(EARLIER_PATH, EARLIER), _edit(EARLIER_PATH, "/quay)", "/pier)")),
    "an earlier issue deleted": (_write(EARLIER_PATH, EARLIER), lambda newsroom: (newsroom / EARLIER_PATH).unlink()),
    "an earlier issue renamed": (
        _write(EARLIER_PATH, EARLIER),
        lambda newsroom: (newsroom / EARLIER_PATH).rename(newsroom / EARLIER_PATH.replace("quiet", "still")),
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_change_of_a_file_is_never_overlooked(newsroom: Path, run: Run, checked: list[str], name: str) -> None:
    earlier, change = FILES[name]
    if earlier is not None:
        earlier(newsroom)
    findings(run)
    checked.clear()
    findings(run)
    assert checked == []
    change(newsroom)
    after = findings(run)
    assert Path(HEALTHY).name in checked
    assert after == findings(run, "--no-cache")


def _patched(target: object, name: str, value: object) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda monkeypatch: monkeypatch.setattr(target, name, lambda: value)


AROUND: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "the day": lambda monkeypatch: monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1899547200 + 86_400)),
    "Composer's own code": _patched(kept_results, "code_stamp", "other"),
    "the version in the file's name": _patched(store, "code_stamp", "other"),
    "Python, and what is installed": _patched(kept_results, "_surroundings", b"other"),
}


@pytest.mark.parametrize("name", AROUND)
def test_a_change_around_the_newsroom_is_never_overlooked(newsroom: Path, run: Run, checked: list[str], monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    findings(run)
    checked.clear()
    AROUND[name](monkeypatch)
    findings(run)
    assert checked == [Path(HEALTHY).name]


def test_composers_own_templates_count_as_well(
    newsroom: Path, run: Run, checked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    own = tmp_path_factory.mktemp("shipped")
    shutil.copytree(shipped() / "templates", own / "templates")
    monkeypatch.setattr(kept_results, "shipped", lambda: own)
    findings(run)
    findings(run)
    assert len(checked) == 1
    (own / "templates/_shared/theme.css").write_text("", encoding="utf-8")
    findings(run)
    assert len(checked) == 2


@pytest.mark.parametrize(
    "options", [("--select", "editorial"), ("--ignore", "editorial"), ("--select", "editorial/spelling"), ("--select", "schema,editorial/spelling")]
)
def test_another_question_is_another_result(newsroom: Path, run: Run, checked: list[str], options: tuple[str, ...]) -> None:
    findings(run)
    findings(run, *options)
    assert len(checked) == 2
    findings(run, *options)
    findings(run)
    assert len(checked) == 2


def test_the_send_gate_is_another_question(newsroom: Path, checked: list[str]) -> None:
    project, chosen = Project(newsroom), list(rules().values())
    ordinary = occasion_now(project, chosen)
    for occasion in (ordinary, ordinary._replace(at_send_gate=True), ordinary._replace(archive=None)) * 2:
        list(findings_of_drafts([newsroom / HEALTHY], project, chosen, occasion, kept=KeptResults(project)))
    assert len(checked) == 3


def test_what_an_area_selects_is_not_what_names_select(newsroom: Path, run: Run, checked: list[str]) -> None:
    """A rule that is off by default runs where it is named."""
    names = ",".join(rule.name for rule in rules().values() if rule.area == "editorial")
    findings(run, "--select", "editorial")
    findings(run, "--select", names)
    assert len(checked) == 2


def test_a_later_issue_changes_nothing(newsroom: Path, run: Run, checked: list[str]) -> None:
    findings(run)
    _write("issues/harbor-notes/2030-03-19-later.yaml", LATER)(newsroom)
    findings(run)
    assert checked == [Path(HEALTHY).name, "2030-03-19-later.yaml"]


def test_findings_show_paths_as_they_are_seen_from_here(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (newsroom / HEALTHY).write_text(FAULTY, encoding="utf-8")
    there = findings(run)
    monkeypatch.chdir((newsroom / HEALTHY).parent)
    here = findings(run)
    assert {f["path"] for f in there["findings"]} == {HEALTHY}
    assert {f["path"] for f in here["findings"]} == {Path(HEALTHY).name}


def test_what_is_saved_during_the_check_is_checked_the_next_time(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    really = press.findings_of_each
    for change in (
        lambda: edit(newsroom / HEALTHY, "Last autumn", "TK autumn"),
        lambda: edit(newsroom / SETTINGS, "weekdays: [tuesday]", "weekdays: [monday]"),
        lambda: _write(EARLIER_PATH, EARLIER.replace("/quay)", "/pier)"))(newsroom),
    ):

        def saved_meanwhile(*arguments, change=change, **named):
            found = really(*arguments, **named)
            monkeypatch.setattr(press, "findings_of_each", really)
            change()
            return found

        monkeypatch.setattr(press, "findings_of_each", saved_meanwhile)
        findings(run, "--ignore", "inbox/emoji")
        assert findings(run, "--ignore", "inbox/emoji") == findings(run, "--no-cache", "--ignore", "inbox/emoji")
        shutil.rmtree(newsroom / ".composer")


def test_a_picture_saved_a_moment_ago_may_be_saved_again(newsroom: Path, run: Run, checked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_YOUNG", 2_000_000_000)
    _picture("a.png", "red")(newsroom)
    findings(run)
    findings(run)
    assert len(checked) == 2


def test_standard_input_and_no_cache_are_checked_anew(newsroom: Path, run: Run, checked: list[str]) -> None:
    findings(run)
    for _ in range(2):
        run("check", "-", "--stdin-filename", HEALTHY, stdin=DRAFT)
        run("check", "--no-cache")
    assert len(checked) == 5


@pytest.mark.parametrize("asked", [{"link_answers": {}}, {"ask_spamassassin": lambda message: SpamVerdict(0.0, ())}])
def test_what_others_were_asked_is_not_kept(newsroom: Path, asked: dict[str, object]) -> None:
    project = Project(newsroom)
    calls: list[list[Path]] = []

    def find(paths: list[Path]):
        calls.append(paths)
        return iter([[] for _ in paths])

    for _ in range(2):
        list(KeptResults(project).or_found([newsroom / HEALTHY], [], Occasion(today=occasion_now(project, []).today, **asked), find))
    assert len(calls) == 2


def _rows(path: Path, statement: str, *values: object) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    with connection:
        rows = connection.execute(statement, values).fetchall()
    connection.close()
    return rows


@pytest.mark.parametrize(
    "breakage",
    [
        lambda path: path.write_bytes(b"no database " * 1000),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(b""),
        lambda path: _rows(path, "UPDATE result SET findings = '[[1, 2'"),
        lambda path: _rows(path, "UPDATE result SET findings = '[{}]'"),
        lambda path: _rows(path, "DROP TABLE result"),
        lambda path: path.unlink(),
    ],
)
def test_broken_results_are_forgotten(newsroom: Path, run: Run, checked: list[str], breakage: Callable[[Path], object]) -> None:
    (newsroom / HEALTHY).write_text(FAULTY, encoding="utf-8")
    first = findings(run)
    breakage(results_of(newsroom))
    for _ in range(3):
        assert findings(run) == first
    assert len(checked) in (2, 4), "made anew; where its tables are wrong, not used at all"


def test_a_folder_that_cannot_be_written_only_costs_time(newsroom: Path, run: Run, checked: list[str]) -> None:
    (newsroom / ".composer").write_text("a file in its place", encoding="utf-8")
    assert run("check").status == run("check").status == 0
    assert len(checked) == 2


def test_old_results_go(newsroom: Path, run: Run, checked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    findings(run)
    path = results_of(newsroom)
    _rows(path, "UPDATE result SET used = used - 29")
    findings(run)
    assert len(checked) == 1
    _rows(path, "INSERT INTO result SELECT randomblob(16), used - 31, '' FROM result")
    edit(newsroom / HEALTHY, "Last autumn", "Last summer")
    findings(run)
    assert _rows(path, "SELECT count(*) FROM result") == [(2,)]
    monkeypatch.setattr(kept_results, "_MOST_RESULTS", 2)
    edit(newsroom / HEALTHY, "Last summer", "Last winter")
    findings(run)
    assert _rows(path, "SELECT count(*) FROM result") == [(2,)]


def test_many_drafts_over_processes_share_the_archive(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = (newsroom / HEALTHY).parent
    for number in range(1, 61):
        text = DRAFT.replace("2030-03-12", f"2029-{number // 28 + 1:02}-{number % 28 + 1:02}").replace("number: 7", f"number: {number // 2}")
        (folder / f"2029-{number}.yaml").write_text(text.replace("/pier)", f"/pier-{number // 2})"), encoding="utf-8")
    project = Project(newsroom)
    chosen = [rule for rule in rules().values() if "archive" in rule.reads]
    paths, occasion = project.drafts([]), occasion_now(project, chosen)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    spread = list(findings_of_drafts(paths, project, chosen, occasion))
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert list(findings_of_drafts(paths, project, chosen, occasion)) == spread
    assert {finding.rule for found in spread for finding in found} == {"editorial/repeated-story", "inbox/reused-subject", "structure/numbering"}


def test_the_archive_is_made_only_where_a_rule_reads_it(newsroom: Path, run: Run) -> None:
    run("check", "--no-cache", "--select", "schema,links")
    assert not list((newsroom / ".composer").glob("archive*"))
    run("check", "--no-cache", "--select", "structure/numbering")
    assert list((newsroom / ".composer").glob("archive*"))


def test_whatever_is_changed_the_findings_are_those_of_a_fresh_check(newsroom: Path, run: Run) -> None:
    """Thirty changes, one after the other; after each, what is kept and what a fresh check finds are the same."""
    chance = random.Random(20261122)
    folder = (newsroom / HEALTHY).parent
    for week in range(1, 4):
        (folder / f"2030-02-{week * 7:02}-w.yaml").write_text(
            DRAFT.replace("2030-03-12", f"2030-02-{week * 7 - 2:02}").replace("number: 7", f"number: {week}"), encoding="utf-8"
        )
    for _ in range(30):
        path = chance.choice([*folder.glob("*.yaml"), newsroom / SETTINGS, newsroom / "newsroom.yaml"])
        text = path.read_text(encoding="utf-8")
        old, new = chance.choice(
            [
                ("/pier)", "/quay)"),
                ("/quay)", "/pier)"),
                ("opinions", "no words"),
                ("no words", "opinions"),
                ("number: 7", "number: 9"),
                ("Quay Road", "TK"),
                ("tuesday", "monday"),
            ]
        )
        path.write_text(text.replace(old, new), encoding="utf-8")
        assert findings(run) == findings(run, "--no-cache")
