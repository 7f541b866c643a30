"""composer new: the next draft, its date, number, sections and name; never over another."""

import json
from pathlib import Path

import pytest

from composer.files import shipped
from composer.issue.catalogue import section_type, section_types
from tests.unit.cli.conftest import DRAFT, HEALTHY, Run, edit, files_under

FOLDER = "issues/harbor-notes"
NEXT = f"{FOLDER}/2030-03-19-draft.yaml"


def rules_of(run: Run, *paths: str) -> set[tuple[str, str]]:
    """Rule and level of what the check finds."""
    return {(f["rule"], f["level"]) for f in json.loads(run("check", "--output-format", "json", *paths).out)["findings"]}


def test_the_scaffold_of_a_newsletter(newsroom: Path, run: Run) -> None:
    ran = run("new", "harbor-notes")
    assert (ran.status, ran.out, ran.err) == (0, f"wrote {NEXT}\n", "")
    assert (
        (newsroom / NEXT).read_text(encoding="utf-8")
        == """\
# yaml-language-server: $schema=../../schemas/harbor-notes.json
newsletter: harbor-notes
date: 2030-03-19
number: 8
# The line in the inbox; also the headline where a section gives none.
subject: TK
# The preview text behind the subject in the inbox.
preheader: TK

# The main piece of the issue: headline, dek and body.
letter:
  # headline: optional. The title; the subject stands there where this is left out.
  # dek: optional. The line beneath the title.
  # The text, in Markdown, or a list of texts and blocks (figure, post, pull_quote, sponsor).
  body: |
    TK

# The closing question and the invitation to answer it.
closing:
  # What you ask readers; it ends in a question mark.
  question: TK?
  # The sentence that invites an answer, with the reply address in it.
  invitation: TK Write to notes@pierpress.example.
  # reply_to: optional. Where answers go, if the invitation does not say it.

# Seen from the pier: Short items with their sources, numbered (1 to 3 items).
digest:
  # such as: [ByteDance is working with Broadcom](https://example.org/story) on a new chip. (Reuters $)
  - "[TK](TK) TK. (TK)"
"""
    )


def test_a_new_draft_owes_words_and_nothing_else(newsroom: Path, run: Run) -> None:
    run("new", "harbor-notes")
    assert rules_of(run, NEXT) == {("editorial/placeholder", "error")}


def test_every_shipped_newsletter_starts_with_placeholders_only(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init").status == 0
    for slug in sorted(path.parent.name for path in shipped().glob("templates/*/newsletter.yaml")):
        ran = run("new", slug, "--title", "Nothing yet")
        written = ran.out.removeprefix("wrote ").strip()
        found = rules_of(run, written)
        assert ("editorial/placeholder", "error") in found
        assert {rule for rule, level in found if level != "info"} == {"editorial/placeholder"}


def test_every_section_type_starts_with_placeholders_only(newsroom: Path, run: Run) -> None:
    kinds = [kind for kind in section_types() if kind not in ("corrections", "sign_off")]
    settings = newsroom / "templates/harbor-notes/newsletter.yaml"
    edit(settings, "weekdays: [tuesday]", "weekdays: [tuesday]\nbyline: required")
    with settings.open("a", encoding="utf-8") as file:
        file.writelines(f"  - {{key: the_{kind}, type: {kind}{', min: 2' if section_type(kind).counted else ''}}}\n" for kind in kinds)
    run("new", "harbor-notes")
    assert {rule for rule, level in rules_of(run, NEXT) if level != "info"} == {"editorial/placeholder"}
    text = (newsroom / NEXT).read_text(encoding="utf-8")
    assert [line[4:-1] for line in text.splitlines() if line.startswith("the_") and line.endswith(":")] == [kind for kind in kinds if kind != "note"]
    assert "\nthe_note: TK\n" in text


@pytest.mark.parametrize(
    ("noon", "date"),
    [
        ("2030-03-10", "2030-03-19"),  # the draft of the 12th stands already
        ("2030-03-18", "2030-03-19"),
        ("2030-03-19", "2030-03-26"),  # after today
        ("2031-12-31", "2032-01-06"),
    ],
)
def test_the_date_is_the_next_weekday_after_today_and_after_the_newest_issue(
    newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch, noon: str, date: str
) -> None:
    from datetime import UTC, datetime

    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(f"{noon}T12:00").replace(tzinfo=UTC).timestamp())))
    assert run("new", "harbor-notes").out == f"wrote {FOLDER}/{date}-draft.yaml\n"


def test_today_is_today_where_the_newsletter_is(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900107000")  # Monday evening at 23:30 in London is Tuesday, 19 March, in Berlin
    assert run("new", "harbor-notes").out == f"wrote {FOLDER}/2030-03-26-draft.yaml\n"
    edit(newsroom / "newsroom.yaml", "Europe/Berlin", "Europe/London")
    assert run("new", "harbor-notes", "--title", "x").out == f"wrote {FOLDER}/2030-04-02-x.yaml\n"
    (newsroom / FOLDER / "2030-03-26-draft.yaml").unlink()
    (newsroom / FOLDER / "2030-04-02-x.yaml").unlink()
    assert run("new", "harbor-notes").out == f"wrote {FOLDER}/2030-03-19-draft.yaml\n"


def test_a_given_date_is_taken_and_an_odd_weekday_pointed_out(newsroom: Path, run: Run) -> None:
    ran = run("new", "harbor-notes", "--date", "2030-03-14")
    assert ran.status == 0
    assert "2030-03-14 is a Thursday; Harbor Notes goes out on Tuesday" in ran.err
    assert "date: 2030-03-14\n" in (newsroom / FOLDER / "2030-03-14-draft.yaml").read_text(encoding="utf-8")


def test_a_second_draft_for_a_day_is_pointed_out(newsroom: Path, run: Run) -> None:
    ran = run("new", "harbor-notes", "--date", "2030-03-12")
    assert ran.status == 0
    assert "already a draft for 2030-03-12" in ran.err


@pytest.mark.parametrize(
    ("title", "subject", "slug"),
    [
        ("The quiet quay", "The quiet quay", "the-quiet-quay"),
        ("Ships: what’s “next”?", '"Ships: what’s “next”?"', "ships-whats-next"),
        ('He said "no"', 'He said "no"', "he-said-no"),
        ('"No," he said', "'\"No,\" he said'", "no-he-said"),
        ("# 1 in port", '"# 1 in port"', "1-in-port"),
        ("Über Krähne", "Über Krähne", "uber-krahne"),
        ("港口", "港口", "draft"),
        ("../../etc/passwd", "../../etc/passwd", "etc-passwd"),
        ("line\nbreak\x07 and\tmore", "line break and more", "line-break-and-more"),
        ("yes", "yes", "yes"),
        ("a" * 300, "a" * 300, "a" * 60),
        ("word " * 40, ("word " * 40).strip(), ("word-" * 12).strip("-")),
    ],
)
def test_the_title_is_the_subject_and_names_the_file(newsroom: Path, run: Run, title: str, subject: str, slug: str) -> None:
    ran = run("new", "harbor-notes", "--title", title)
    path = newsroom / FOLDER / f"2030-03-19-{slug}.yaml"
    assert (ran.status, ran.err) == (0, "")
    assert f"\nsubject: {subject}\n" in path.read_text(encoding="utf-8")
    of_its_words = {("inbox/long-subject", "warning"), ("inbox/long-subject", "info"), ("editorial/doubled-word", "warning"), ("inbox/shouting", "warning")}
    assert rules_of(run, str(path)) - of_its_words == {("editorial/placeholder", "error")}


def test_nothing_is_ever_overwritten(newsroom: Path, run: Run) -> None:
    (newsroom / NEXT).write_text("mine", encoding="utf-8")
    ran = run("new", "harbor-notes", "--date", "2030-03-19")
    assert ran.status == 2
    assert f"{NEXT} is there already" in ran.err
    assert (newsroom / NEXT).read_text(encoding="utf-8") == "mine"


def test_a_newsletter_without_numbers_or_issues_gets_none(newsroom: Path, run: Run) -> None:
    (newsroom / HEALTHY).unlink()
    assert run("new", "harbor-notes").status == 0
    assert "number:" not in (newsroom / NEXT).read_text(encoding="utf-8")


def test_a_required_byline_is_the_last_issues_own(newsroom: Path, run: Run) -> None:
    settings = newsroom / "templates/harbor-notes/newsletter.yaml"
    edit(settings, "weekdays: [tuesday]", "weekdays: [tuesday]\nbyline: required")
    run("new", "harbor-notes", "--title", "first")
    assert "\nbyline: Ada Quay\n" in (newsroom / FOLDER / "2030-03-19-first.yaml").read_text(encoding="utf-8")
    edit(newsroom / FOLDER / "2030-03-19-first.yaml", "byline: Ada Quay", 'byline: [Ben Spar, "Cy: Keel"]')
    run("new", "harbor-notes", "--title", "second")
    assert '\nbyline: [Ben Spar, "Cy: Keel"]\n' in (newsroom / FOLDER / "2030-03-26-second.yaml").read_text(encoding="utf-8")


def test_like_keeps_the_words_and_leaves_behind_what_is_one_issues_own(newsroom: Path, run: Run) -> None:
    lines = (
        "slug: cranes\nsend_at: 2030-03-12T06:00\napprovals:\n  editor:\n    by: Ada Quay\n    at: 2030-03-11T18:00\n    fingerprint: abc\n# about the letter\n"
    )
    edit(newsroom / HEALTHY, "letter:\n", f"{lines}letter:\n")
    with (newsroom / HEALTHY).open("a", encoding="utf-8") as file:
        file.write("corrections:\n  - |\n    Correction: it was a pier.\n")
    pictures = newsroom / FOLDER / "2030-03-12-cranes"
    pictures.mkdir()
    (pictures / "crane.png").write_bytes(b"a picture")
    ran = run("new", "harbor-notes", "--like", HEALTHY, "--title", "Ships: again")
    path = newsroom / FOLDER / "2030-03-19-ships-again.yaml"
    assert ran.out == f"wrote {FOLDER}/2030-03-19-ships-again.yaml\nwrote {FOLDER}/2030-03-19-ships-again/crane.png\n"
    expected = DRAFT.replace("date: 2030-03-12", "date: 2030-03-19").replace("number: 7", "number: 8").replace("The cranes have opinions", '"Ships: again"')
    assert path.read_text(encoding="utf-8") == expected.replace("letter:\n", "# about the letter\nletter:\n")
    assert rules_of(run, str(path)) == {("editorial/repeated-story", "warning")}, "what was copied has run before"


def test_like_without_a_title_keeps_the_subject(newsroom: Path, run: Run) -> None:
    run("new", "harbor-notes", "--like", HEALTHY)
    assert "subject: The cranes have opinions\n" in (newsroom / NEXT).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("like", "text", "words"),
    [
        ("nowhere.yaml", None, "nowhere.yaml does not exist"),
        ("issues", None, "issues is not a draft"),
        ("other.yaml", "- list\n", "cannot be copied"),
        ("other.yaml", DRAFT.replace("date: 2030-03-12\n", ""), "cannot be copied"),
    ],
)
def test_like_something_that_is_no_draft(newsroom: Path, run: Run, like: str, text: str | None, words: str) -> None:
    if text is not None:
        (newsroom / like).write_text(text, encoding="utf-8")
    before = files_under(newsroom)
    ran = run("new", "harbor-notes", "--like", like)
    assert ran.status == 2
    assert words in ran.err
    assert files_under(newsroom) == before


def test_a_newsletter_whose_settings_are_broken_is_named_with_the_place(newsroom: Path, run: Run) -> None:
    edit(newsroom / "templates/harbor-notes/newsletter.yaml", "[tuesday]", "[tusday]")
    ran = run("new", "harbor-notes")
    assert ran.status == 2
    assert "templates/harbor-notes/newsletter.yaml:2:12" in ran.err


@pytest.mark.parametrize(
    ("old", "typed", "new"),
    [
        ("number: 7\n", "number:\n", "number: 8\n"),
        ("subject: The cranes have opinions\n", "subject:   # to come\n", 'subject: "Ships: again"   # to come\n'),
    ],
)
def test_like_fills_an_empty_field(newsroom: Path, run: Run, old: str, typed: str, new: str) -> None:
    (newsroom / "like.yaml").write_text(DRAFT.replace(old, typed), encoding="utf-8")
    assert run("new", "harbor-notes", "--like", "like.yaml", "--title", "Ships: again").status == 0
    assert f"\n{new}" in (newsroom / FOLDER / "2030-03-19-ships-again.yaml").read_text(encoding="utf-8")


def test_like_adds_the_number_and_the_title_that_the_draft_lacks(newsroom: Path, run: Run) -> None:
    lacking = DRAFT.replace("number: 7\n", "").replace("subject: The cranes have opinions\n", "slug: cranes\n")
    (newsroom / "like.yaml").write_text(lacking, encoding="utf-8")
    run("new", "harbor-notes", "--like", "like.yaml", "--title", "Again")
    text = (newsroom / FOLDER / "2030-03-19-again.yaml").read_text(encoding="utf-8")
    assert text.startswith("newsletter: harbor-notes\ndate: 2030-03-19\nnumber: 8\nsubject: Again\npreheader: What")


def test_like_a_draft_in_braces_writes_nothing(newsroom: Path, run: Run) -> None:
    (newsroom / "like.yaml").write_text("{newsletter: harbor-notes, date: 2030-03-12, slug: x, letter: {body: Hello.}}\n", encoding="utf-8")
    ran = run("new", "harbor-notes", "--like", "like.yaml")
    assert (ran.status, "stands in braces" in ran.err) == (2, True)
    assert not (newsroom / NEXT).exists()


@pytest.mark.parametrize("path", ["issues/2030-03-19-loose.yaml", "issues/harbor-notes/old/2030-03-19.yaml", "issues/elsewhere/2030-03-19.yaml"])
def test_an_earlier_issue_counts_wherever_it_lies_under_issues(newsroom: Path, run: Run, path: str) -> None:
    (newsroom / path).parent.mkdir(exist_ok=True)
    (newsroom / path).write_text(DRAFT.replace("03-12", "03-19").replace("number: 7", "number: 8"), encoding="utf-8")
    run("new", "harbor-notes")
    assert "date: 2030-03-26\nnumber: 9\n" in (newsroom / FOLDER / "2030-03-26-draft.yaml").read_text(encoding="utf-8")


def test_an_issue_of_another_newsletter_in_the_folder_does_not_count(newsroom: Path, run: Run) -> None:
    (newsroom / FOLDER / "other.yaml").write_text(DRAFT.replace("03-12", "03-19").replace("harbor-notes", "quay-post"), encoding="utf-8")
    assert run("new", "harbor-notes").out == f"wrote {NEXT}\n"


def test_what_cannot_be_read_is_passed_over(newsroom: Path, run: Run) -> None:
    (newsroom / FOLDER / "gone.yaml").symlink_to("nowhere.yaml")
    (newsroom / FOLDER / "far.yaml").write_text(DRAFT.replace("03-12", "03-05").replace("number: 7", f"number: {'9' * 5000}"), encoding="utf-8")
    assert run("new", "harbor-notes").out == f"wrote {NEXT}\n"


def test_behind_the_last_day_of_the_calendar_comes_none(newsroom: Path, run: Run) -> None:
    edit(newsroom / HEALTHY, "2030-03-12", "9999-12-31")
    ran = run("new", "harbor-notes")
    assert (ran.status, "no day comes after 9999-12-31" in ran.err) == (2, True)
