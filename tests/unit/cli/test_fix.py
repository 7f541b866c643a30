"""composer check --fix and --diff: what is mended, what is left, and that no draft is ever lost."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from composer.checks.rule import rules
from composer.cli.checking import occasion_now
from composer.cli.fixing import Fixer, difference
from composer.draft.edit import DraftText, fit_together
from composer.finding import Edit, Finding
from composer.place import Place
from composer.project.project import Project
from tests.unit.cli.conftest import DRAFT, HEALTHY, Run, edit

ROOT = Path(__file__).parents[3]
UNCLOSED = ("twice. (Pier Press)", "twice. (Pier Press")
COLON = ("subject: The cranes have opinions", "subject: Cranes: what they think")
PLACEHOLDER = ("nobody could say why", "TK could say why")
# Once the space without width is gone, TK stands there.
HIDDEN_PLACEHOLDER = ("nobody could say why", "T\u200bK could say why")
QUOTED = ("subject: The cranes have opinions", 'subject: "Cranes: what they think"')


def broken(*changes: tuple[str, str]) -> str:
    text = DRAFT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def read(newsroom: Path) -> bytes:
    return (newsroom / HEALTHY).read_bytes()


def mended(content: bytes, newsroom: Path) -> bytes:
    project = Project(newsroom)
    return Fixer(project, list(rules().values()), occasion_now(project, [])).fixes_of(content, newsroom / HEALTHY, HEALTHY).after


def test_a_draft_is_mended_in_place(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, *UNCLOSED)
    ran = run("check", "--fix")
    assert (ran.status, ran.out, ran.err) == (0, "All clear: 1 draft checked, 1 finding fixed.\n", "")
    assert read(newsroom).decode() == DRAFT


def test_a_draft_without_fault_is_not_written(newsroom: Path, run: Run) -> None:
    before = (newsroom / HEALTHY).stat()
    assert run("check", "--fix").out == "All clear: 1 draft checked.\n"
    after = (newsroom / HEALTHY).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_what_has_no_fix_is_left_and_still_fails(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, *UNCLOSED)
    edit(newsroom / HEALTHY, *PLACEHOLDER)
    ran = run("check", "--fix", "--output-format", "json")
    assert ran.status == 1
    assert [f["rule"] for f in json.loads(ran.out)["findings"]] == ["editorial/placeholder"]
    assert json.loads(ran.out)["summary"] == {"files": 1, "errors": 1, "warnings": 0, "infos": 0, "fixed": 1}
    assert run("check", "--fix").out.endswith("\n1 error in 1 draft\n")


def test_a_report_says_what_can_be_fixed(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, *UNCLOSED)
    edit(newsroom / HEALTHY, *PLACEHOLDER)
    out = run("check").out
    assert out.endswith("\n2 errors in 1 draft; composer check --fix mends 1 of them\n")
    assert "= fix: close it: (Pier Press)" in out
    assert "= help: " in out


ENDS = [
    pytest.param(lambda text: text, id="as it is"),
    pytest.param(lambda text: text.replace("\n", "\r\n"), id="CRLF"),
    pytest.param(lambda text: "\ufeff" + text, id="BOM"),
    pytest.param(lambda text: ("\ufeff" + text.replace("\n", "\r\n"))[:-2], id="BOM, CRLF, no line break at the end"),
    pytest.param(lambda text: text[:-1], id="no line break at the end"),
    pytest.param(lambda text: text.replace("Last autumn", "港口 🏗️ 👩‍👩‍👧 e\u0301 autumn") + "# 最後 🌊", id="CJK and emoji"),
    pytest.param(
        lambda text: text.replace("subject:", "# above\nsubject:").replace("question:", "question:   ") + "\n\n\n# the end\n", id="comments and spaces"
    ),
]


@pytest.mark.parametrize("changed", ENDS)
def test_all_other_bytes_stay_as_they_are(newsroom: Path, run: Run, changed) -> None:
    (newsroom / HEALTHY).write_bytes(changed(broken(UNCLOSED, COLON)).encode())
    run("check", "--fix", "--select", "schema,editorial/unclosed-source-mark")
    assert read(newsroom).decode() == changed(broken(QUOTED))


def test_lines_that_yaml_cannot_read_are_mended_one_after_the_other(newsroom: Path, run: Run) -> None:
    colons = [COLON, ("question: Would you", "question: Well: would you"), ("preheader: What their", "preheader: Now: what their")]
    (newsroom / HEALTHY).write_text(broken(*colons, UNCLOSED), encoding="utf-8")
    ran = run("check", "--fix")
    assert ran.out == "All clear: 1 draft checked, 4 findings fixed.\n"
    expected = [QUOTED, ("question: Would you let a crane drive itself?", 'question: "Well: would you let a crane drive itself?"')]
    expected.append(("preheader: What their drivers say when nobody records it", 'preheader: "Now: what their drivers say when nobody records it"'))
    assert read(newsroom).decode() == broken(*expected)


def test_only_what_was_chosen_is_fixed(newsroom: Path, run: Run) -> None:
    (newsroom / HEALTHY).write_text(broken(UNCLOSED, COLON), encoding="utf-8")
    assert run("check", "--fix", "--select", "schema").status == 0
    assert read(newsroom).decode() == broken(UNCLOSED, QUOTED)
    assert run("check", "--fix", "--ignore", "editorial").status == 0
    assert read(newsroom).decode() == broken(UNCLOSED, QUOTED)


def test_what_a_stet_lets_stand_is_not_fixed(newsroom: Path, run: Run) -> None:
    text = broken(UNCLOSED, ("digest:\n", "digest:\n  # stet: editorial/unclosed-source-mark the joke of the week\n"))
    (newsroom / HEALTHY).write_text(text, encoding="utf-8")
    assert run("check", "--fix").status == 0
    assert read(newsroom).decode() == text


def test_a_fix_that_makes_another_rule_speak_is_left_undone(newsroom: Path, run: Run) -> None:
    text = broken(HIDDEN_PLACEHOLDER)
    (newsroom / HEALTHY).write_text(text, encoding="utf-8")
    ran = run("check", "--fix", "--strict", "--output-format", "json")
    assert read(newsroom).decode() == text
    assert [f["rule"] for f in json.loads(ran.out)["findings"]] == ["safety/zero-width"]
    assert ran.err == f"{HEALTHY}: safety/zero-width is left as it is, because editorial/placeholder would have something to say of the fix\n"
    assert ran.status == 1


def test_the_other_fixes_are_made_when_one_is_left_undone(newsroom: Path, run: Run) -> None:
    (newsroom / HEALTHY).write_text(broken(UNCLOSED, HIDDEN_PLACEHOLDER), encoding="utf-8")
    run("check", "--fix")
    assert read(newsroom).decode() == broken(HIDDEN_PLACEHOLDER)


def test_settings_and_templates_are_left_alone(newsroom: Path, run: Run) -> None:
    settings = newsroom / "templates/harbor-notes/newsletter.yaml"
    edit(settings, "heading: Seen from the pier", "heading: [Seen from the pier")
    before = settings.read_bytes()
    for paths in ((), ("templates",), (str(settings),)):
        ran = run("check", "--fix", "--output-format", "json", *paths)
        assert ran.status == 1
        assert not any(f["fixable"] for f in json.loads(ran.out)["findings"])
    assert settings.read_bytes() == before


def test_many_drafts(newsroom: Path, run: Run) -> None:
    folder = newsroom / "issues/harbor-notes"
    for number in range(60):
        (folder / f"2031-{number:03}.yaml").write_text(broken(UNCLOSED) if number % 20 == 0 else DRAFT, encoding="utf-8")
    ran = run("check", "--fix", "--select", "schema,editorial")
    assert ran.out == "All clear: 61 drafts checked, 3 findings fixed.\n"
    assert all(path.read_text(encoding="utf-8") == DRAFT for path in folder.glob("2031-*.yaml"))


# How the file itself is handled.


def test_the_mode_of_the_file_is_kept(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, *UNCLOSED)
    (newsroom / HEALTHY).chmod(0o640)
    run("check", "--fix")
    assert stat.S_IMODE((newsroom / HEALTHY).stat().st_mode) == 0o640
    assert [path.name for path in (newsroom / HEALTHY).parent.iterdir()] == [Path(HEALTHY).name]


def test_a_link_stays_a_link(newsroom: Path, run: Run) -> None:
    kept = newsroom / "kept.yaml"
    (newsroom / HEALTHY).rename(kept)
    (newsroom / HEALTHY).symlink_to(kept)
    edit(kept, *UNCLOSED)
    run("check", "--fix")
    assert (newsroom / HEALTHY).is_symlink()
    assert kept.read_text(encoding="utf-8") == DRAFT


def test_a_draft_that_somebody_changes_meanwhile_is_left_to_them(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(newsroom / HEALTHY, *UNCLOSED)
    fixes_of = Fixer.fixes_of

    def interrupted(self, content, path, shown_as):
        fixes = fixes_of(self, content, path, shown_as)
        (newsroom / HEALTHY).write_text("newer words\n", encoding="utf-8")
        return fixes

    monkeypatch.setattr(Fixer, "fixes_of", interrupted)
    ran = run("check", "--fix")
    assert ran.status == 2
    assert f"{HEALTHY} was not fixed: somebody else changed it in the meantime" in ran.err
    assert read(newsroom) == b"newer words\n"


def test_a_draft_that_cannot_be_written_is_named_and_whole(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(newsroom / HEALTHY, *UNCLOSED)

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    ran = run("check", "--fix")
    assert ran.status == 2
    assert "was not fixed: No space left on device" in ran.err
    assert "1 error in 1 draft" in ran.out
    assert read(newsroom).decode() == broken(UNCLOSED)
    assert [path.name for path in (newsroom / HEALTHY).parent.iterdir()] == [Path(HEALTHY).name]


def test_a_file_that_may_not_be_written_is_left_alone(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(newsroom / HEALTHY, *UNCLOSED)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert run("check", "--fix").status == 2
    assert read(newsroom).decode() == broken(UNCLOSED)


# --diff


def test_diff_shows_what_fix_would_do_and_writes_nothing(newsroom: Path, run: Run) -> None:
    (newsroom / HEALTHY).write_text(broken(UNCLOSED, COLON), encoding="utf-8")
    ran = run("check", "--diff")
    assert ran.status == 1
    lines = ran.out.splitlines()
    assert lines[:2] == [f"--- {HEALTHY}", f"+++ {HEALTHY}"]
    changed = [line for line in lines[2:] if line[0] in "+-"]
    old, new = (
        '  - "[A pier was sold](https://pierpress.example/pier) twice. (Pier Press',
        '  - "[A pier was sold](https://pierpress.example/pier) twice. (Pier Press)"',
    )
    assert changed == [f"-{COLON[1]}", f"+{QUOTED[1]}", f'-{old}"', f"+{new}"]
    assert ran.err == "2 findings in 1 draft would be fixed: composer check --fix\n"
    assert read(newsroom).decode() == broken(UNCLOSED, COLON)


def test_diff_of_nothing(newsroom: Path, run: Run) -> None:
    ran = run("check", "--diff")
    assert (ran.status, ran.out, ran.err) == (0, "", "Nothing to fix.\n")
    edit(newsroom / HEALTHY, *PLACEHOLDER)
    assert run("check", "--diff").status == 0
    edit(newsroom / HEALTHY, *UNCLOSED)
    assert run("check", "--diff", "--exit-zero", "--quiet").status == 0


@pytest.mark.parametrize("changed", ENDS)
def test_patch_makes_of_a_diff_what_fix_makes(newsroom: Path, run: Run, changed, tmp_path: Path) -> None:
    (newsroom / HEALTHY).write_bytes(changed(broken(UNCLOSED, COLON)).encode())
    before = read(newsroom)
    after = mended(before, newsroom)
    assert before != after
    shown = difference(before, after, HEALTHY)
    subprocess.run(["git", "apply", "-p0", "-"], input=shown, cwd=newsroom, check=True, env={**os.environ, "GIT_CEILING_DIRECTORIES": str(newsroom.parent)})
    assert read(newsroom) == after


def test_nothing_from_a_draft_commands_the_terminal_that_shows_a_diff(newsroom: Path, run: Run) -> None:
    (newsroom / HEALTHY).write_text(broken(UNCLOSED).replace("twice", "\u202etwice"), encoding="utf-8")
    out = run("check", "--diff", "--color", "always", "--select", "editorial").out
    assert "\u202e" not in out
    assert "\x1b[31m-  - " in out
    assert "\x1b[32m+  - " in out


def test_fix_and_diff_exclude_each_other(newsroom: Path, run: Run) -> None:
    ran = run("check", "--fix", "--diff")
    assert ran.status == 2
    assert "--diff shows what --fix would do" in ran.err


# Standard input


def test_standard_input_comes_out_mended_and_the_findings_are_notes(newsroom: Path, run: Run) -> None:
    text = broken(UNCLOSED, PLACEHOLDER).replace("\n", "\r\n")
    ran = run("check", "--fix", "-", "--stdin-filename", HEALTHY, stdin=text.encode())
    assert ran.out.replace("\r\n", "\n").replace("\n", "\r\n") == text.replace("(Pier Press", "(Pier Press)")
    assert "editorial/placeholder" in ran.err
    assert ran.err.endswith("1 error in 1 draft; 1 fixed\n")
    assert ran.status == 1
    assert read(newsroom).decode() == DRAFT


def test_standard_input_without_fixes_comes_out_as_it_went_in(newsroom: Path) -> None:
    for content in (DRAFT.replace("\n", "\r\n").encode(), b"", b"\xff\xfe\0 no text", b"- a\n- list", "é".encode("latin-1")):
        command = [sys.executable, "-m", "composer", "check", "--fix", "-", "--stdin-filename", HEALTHY]
        ran = subprocess.run(command, input=content, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
        assert ran.stdout == content, ran.stderr


def test_standard_input_stands_alone_with_fix(newsroom: Path, run: Run) -> None:
    assert run("check", "--fix", "-", HEALTHY, stdin=DRAFT).status == 2
    assert run("check", "--fix", "-", stdin=b"a" * (1 << 21)).status == 2
    assert run("check", "--diff", "-", "--stdin-filename", HEALTHY, stdin=broken(UNCLOSED)).out.startswith(f"--- {HEALTHY}\n")


# Edits and rounds


def offer(*edits: tuple[int, int, str]) -> Finding:
    return Finding("a/b", "error", Place("x", 1, 1, 1, 1), "", edits=tuple(Edit(*e) for e in edits))


@pytest.mark.parametrize(
    ("offers", "kept"),
    [
        ([[(0, 2, "")], [(4, 5, "")]], [0, 1]),
        ([[(0, 4, "")], [(2, 5, "")], [(6, 7, "")]], [0, 2]),
        ([[(3, 3, ")")], [(3, 3, "]")]], [0]),
        ([[(0, 3, "")], [(3, 3, ")")]], [0]),
        ([[(0, 1, ""), (8, 9, "")], [(3, 4, "")], [(8, 8, "x")]], [0, 1]),
    ],
)
def test_of_two_fixes_in_one_place_the_first_is_made(offers, kept) -> None:
    findings = [offer(*edits) for edits in offers]
    assert fit_together(findings) == [findings[i] for i in kept]


def test_line_breaks_are_typed_as_the_file_has_them() -> None:
    text = DraftText.of(b"\xef\xbb\xbfa\r\nb\r\n")
    assert text is not None
    assert text.edited([Edit(1, 1, "\nc"), Edit(4, 4, "\r\nd")]) == b"\xef\xbb\xbfa\r\nc\r\nb\r\nd\r\n"
    mixed = DraftText.of(b"a\r\nb\n")
    assert mixed is not None
    assert mixed.edited([Edit(1, 1, "\nc")]) == b"a\nc\r\nb\n"
    assert DraftText.of(b"\xff") is None


@pytest.mark.parametrize("edits", [((5, 3, ""),), ((0, 10_000, ""),), ((-1, 2, ""),), ((0, 3, "x"), (2, 4, "y")), ((1, 1, "x"), (1, 1, "y"))])
def test_edits_that_make_no_sense_are_never_made(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch, edits) -> None:
    from composer import press

    finding = Finding("editorial/placeholder", "error", Place(HEALTHY, 1, 1, 1, 2), "wrong", edits=tuple(Edit(*e) for e in edits))
    monkeypatch.setattr(press, "findings_of", lambda *_: [finding])
    monkeypatch.setattr(press, "findings_of_each", lambda drafts, *_: [[finding] for _ in drafts])
    assert run("check", "--fix").status == 1
    assert read(newsroom).decode() == DRAFT


def test_a_fix_that_changes_nothing_for_its_rule_is_not_made(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from composer import press

    finding = Finding("editorial/placeholder", "error", Place(HEALTHY, 1, 1, 1, 2), "wrong", edits=(Edit(0, 0, "# words\n"),))
    monkeypatch.setattr(press, "findings_of", lambda *_: [finding])
    monkeypatch.setattr(press, "findings_of_each", lambda drafts, *_: [[finding] for _ in drafts])
    run("check", "--fix")
    assert read(newsroom).decode() == DRAFT
