"""composer approve: what it writes into a draft, when it refuses, and what holds without it."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import DRAFT, HEALTHY, Run, edit, files_under

SETTINGS = "templates/harbor-notes/newsletter.yaml"
GATE = ("--send", "--select", "sign-off")


@pytest.fixture(autouse=True)
def two_roles(newsroom: Path) -> None:
    edit(newsroom / SETTINGS, "weekdays: [tuesday]", "weekdays: [tuesday]\napprovals: [editor, lawyer]")


def approve(run: Run, role: str = "editor", by: str = "Noor Hale"):
    return run("approve", HEALTHY, "--as", role, "--by", by)


def test_both_approvals_open_the_gate(newsroom: Path, run: Run) -> None:
    assert run("check", *GATE).status == 1
    assert approve(run).status == 0
    held = run("check", *GATE, "--output-format", "concise")
    assert held.status == 1
    assert "lawyer" in held.out
    assert "editor" not in held.out.replace("editorial", "")
    assert approve(run, "lawyer", 'Sam "The Pen" Ó Briain').status == 0
    assert run("check", *GATE).status == 0


def test_it_writes_its_lines_and_leaves_the_rest(newsroom: Path, run: Run) -> None:
    approve(run)
    text = (newsroom / HEALTHY).read_text(encoding="utf-8")
    assert text.startswith(DRAFT)
    added = text.removeprefix(DRAFT).splitlines()
    assert added[0] == "approvals:"
    assert added[1].startswith('  editor: {by: "Noor Hale", at: "2030-03-12T13:00:00+01:00", fingerprint: "a')
    assert len(added) == 2
    approve(run, "lawyer")
    assert (newsroom / HEALTHY).read_text(encoding="utf-8").startswith(text)


def test_approving_again_replaces_the_old_approval(newsroom: Path, run: Run) -> None:
    approve(run)
    approve(run, "lawyer", "Sam")
    edit(newsroom / HEALTHY, "went quiet", "went silent")
    assert "changed since Noor Hale" in run("check", *GATE).out
    assert approve(run, by="Ada Quay").status == 0
    text = (newsroom / HEALTHY).read_text(encoding="utf-8")
    assert text.count("editor: {by:") == 1
    assert "Noor Hale" not in text
    stale = run("check", *GATE, "--output-format", "concise")
    assert stale.status == 1
    assert "changed since Sam" in stale.out
    assert stale.out.count("stale-approval") == 1


@pytest.mark.parametrize(
    "already",
    [
        "approvals:\n",
        "approvals: {}\n",
        "approvals: # to come\n",
        "approvals: {lawyer: {by: Sam, at: 2030-03-11T10:00, fingerprint: old}}\n",
        "approvals:\n  # the lawyer was quick\n  lawyer:\n    by: Sam # by phone\n    at: 2030-03-11T10:00\n    fingerprint: old\n",
        "approvals:\n  editor:\n    by: Sam # by phone\n    at: 2030-03-11T10:00\n    fingerprint: old\n  lawyer: {by: Sam, at: 2030-03-11T10:00, fingerprint: old}\n",
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("first", [True, False])
def test_wherever_and_however_approvals_stand_already(newsroom: Path, run: Run, already: str, line_break: str, first: bool) -> None:
    text = already + DRAFT if first else DRAFT + already
    (newsroom / HEALTHY).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", line_break).encode())
    ran = approve(run)
    assert ran.status == 0, ran
    content = (newsroom / HEALTHY).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == (content.count(b"\n") if line_break == "\r\n" else 0)
    gate = run("check", *GATE, "--output-format", "concise").out
    assert "the editor" not in gate
    assert "as editor" not in gate
    for comment in (b"# to come", b"# the lawyer was quick"):
        assert (comment in content) == (comment.decode() in already)


def test_a_draft_with_errors_is_not_approved(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, "nobody could say why", "TK")
    before = (newsroom / HEALTHY).read_bytes()
    ran = approve(run)
    assert ran.status == 1
    assert "editorial/placeholder" in ran.out
    assert "not approved" in ran.err
    assert (newsroom / HEALTHY).read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((HEALTHY, "--as", "editr", "--by", "Noor"), "`editor`"),
        (("issues/harbor-notes/none.yaml", "--as", "editor", "--by", "Noor"), "does not exist"),
        (("issues", "--as", "editor", "--by", "Noor"), "is not a draft"),
        ((HEALTHY, "--as", "editor", "--by", "  "), "who approves"),
    ],
)
def test_what_it_refuses(newsroom: Path, run: Run, arguments: tuple[str, ...], words: str) -> None:
    before = (newsroom / HEALTHY).read_bytes()
    ran = run("approve", *arguments)
    assert ran.status == 2
    assert words in ran.err
    assert (newsroom / HEALTHY).read_bytes() == before


def test_a_newsletter_without_roles_asks_for_none(newsroom: Path, run: Run) -> None:
    edit(newsroom / SETTINGS, "\napprovals: [editor, lawyer]", "")
    ran = approve(run)
    assert ran.status == 2
    assert "asks for no approvals" in ran.err
    assert run("check", *GATE).status == 0


def test_a_layout_it_cannot_write_into_is_left_alone(newsroom: Path, run: Run) -> None:
    (newsroom / HEALTHY).write_text(DRAFT + "...\n", encoding="utf-8")
    ran = approve(run)
    assert ran.status == 2
    assert "type it at the end" in ran.err
    assert (newsroom / HEALTHY).read_text(encoding="utf-8") == DRAFT + "...\n"


def test_a_build_needs_the_approvals_and_a_proof_does_not(newsroom: Path, run: Run) -> None:
    assert run("check").status == 0, "before the gate a missing approval is only worth knowing"
    ran = run("build")
    assert ran.status == 1
    assert "sign-off/not-approved" in ran.out
    assert files_under(newsroom / "dist") == []
    assert run("build", "--proof").status == 0
    approve(run)
    approve(run, "lawyer")
    assert run("build").status == 0


def test_no_stet_lets_a_missing_approval_stand(newsroom: Path, run: Run) -> None:
    path = newsroom / HEALTHY
    path.write_text("# stet-file: sign-off/not-approved nobody is here tonight\n" + DRAFT, encoding="utf-8")
    assert run("check", *GATE).status == 1
    assert run("build").status == 1


def test_the_command_to_type_is_right_for_a_name_with_a_space(newsroom: Path, run: Run) -> None:
    (newsroom / HEALTHY).rename((newsroom / HEALTHY).with_name("2030-03-12 the cranes.yaml"))
    assert "composer approve 'issues/harbor-notes/2030-03-12 the cranes.yaml' --as editor" in run("check").out


def test_an_approval_is_for_one_newsletter_however_that_is_named(newsroom: Path, run: Run) -> None:
    run("approve", HEALTHY, "--as", "editor", "--by", "Noor Hale")
    run("approve", HEALTHY, "--as", "lawyer", "--by", "Ben Spar")
    edit(newsroom / HEALTHY, "newsletter: harbor-notes\n", "")
    assert run("check", "--select", "sign-off", "--send").status == 0, "the folder says it as well"
    for path in (SETTINGS, HEALTHY):
        other = newsroom / path.replace("harbor-notes", "quay-post")
        other.parent.mkdir()
        other.write_bytes((newsroom / path).read_bytes())
    assert "sign-off/stale-approval" in run("check", "issues/quay-post", "--select", "sign-off", "--send").out
