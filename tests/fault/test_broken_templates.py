"""A template, a style sheet or settings with an error: a problem in that file, at that line; nothing is raised."""

from datetime import date

import pytest

from composer.checks.occasion import Occasion
from composer.checks.rule import rules
from composer.finding import Problem
from composer.press import findings_of, proof_of
from tests import healthy
from tests.newsrooms import NewsroomFolder

KICKER = "templates/china-report/sections/kicker.j2"
SOUND = "{% macro mjml(placed, page, t) %}\n{% endmacro %}\n{% macro text(placed, page, t) %}\n{% endmacro %}\n"


def problems_of(newsroom: NewsroomFolder) -> list[Problem]:
    draft = newsroom.draft(healthy.china_report())
    assert draft.issue is not None
    proof = proof_of(draft, newsroom.project)
    problems = proof.problems
    assert proof.html == "" or proof.text == ""
    assert proof.message == b""
    return problems


def the_problem(newsroom: NewsroomFolder) -> tuple[str, int, Problem]:
    problems = problems_of(newsroom)
    problem = problems[0]
    assert all(p.place.path == problem.place.path for p in problems)
    assert problem.kind == "broken"
    assert problem.help
    return newsroom.place_name(problem.place), problem.place.line, problem


def test_a_newsletters_own_template_stands_for_the_shared_one(own_newsroom: NewsroomFolder) -> None:
    own_newsroom.write(KICKER, SOUND.replace("\n{% endmacro %}", "\nown words{% endmacro %}", 2))
    proof = proof_of(own_newsroom.draft(healthy.china_report()), own_newsroom.project)
    assert "own words" in proof.text


@pytest.mark.parametrize(
    ("broken", "line", "words"),
    [
        (SOUND.replace("\n{% endmacro %}", "\n{% if %}\n{% endmacro %}", 1), 2, "Expected an expression"),
        (SOUND.replace("\n{% endmacro %}", "\n{% endfor %}\n{% endmacro %}", 1), 2, "endfor"),
        ("x\n" + SOUND.replace("\n{% endmacro %}", "\n\n{{ nobody }}\n{% endmacro %}", 1), 4, "'nobody' is undefined"),
        (SOUND.replace("\n{% endmacro %}", "\n{{ page.nothing.here }}\n{% endmacro %}", 1), 2, "nothing"),
        (SOUND.replace("\n{% endmacro %}", "\n{{ placed.content.nothing() }}\n{% endmacro %}", 1), 2, "nothing"),
        (SOUND.replace("\n{% endmacro %}", "\n{{ 1 // 0 }}\n{% endmacro %}", 1), 2, "zero"),
        (SOUND.replace("\n{% endmacro %}", "\n{{ t.prose(7) }}\n{% endmacro %}", 1), 2, ""),
        (SOUND.replace("\n{% endmacro %}", "\n{{ page.title | nothing }}\n{% endmacro %}", 1), 2, "nothing"),
        ('\n{% from "nowhere.j2" import mjml %}\n' + SOUND, 2, "nowhere.j2"),
        ('{% from "byline.j2" import nobody %}\n' + SOUND.replace("\n{% endmacro %}", "\n{{ nobody() }}\n{% endmacro %}", 1), 3, "nobody"),
        ("{% macro text(placed, page, t) %}{% endmacro %}\n", 1, "no macro `mjml`"),
        ("{% macro mjml(placed, page, t) %}{% endmacro %}\n", 1, "no macro `text`"),
        (SOUND.replace("\n{% endmacro %}", "\n{% include 'nowhere.j2' %}\n{% endmacro %}", 1), 2, "nowhere.j2"),
        (SOUND.replace("(placed, page, t) %}\n{% endmacro", "(placed, page, t) %}\n<mj-section>\n{% endmacro", 1), 2, "MJML"),
        (SOUND.replace("(placed, page, t) %}\n{% endmacro", "(placed, page, t) %}\n<mj-text><br>\n<p></mj-text>\n{% endmacro", 1), 3, "`<p>` is not closed"),
        (SOUND.replace("(placed, page, t) %}\n{% endmacro", "(placed, page, t) %}\n\n<mj-text><![CDATA[x]]></mj-text>\n{% endmacro", 1), 3, "CDATA"),
        (SOUND.replace("(placed, page, t) %}\n{% endmacro", "(placed, page, t) %}\n<mj-text>a < b</mj-text>\n{% endmacro", 1), 2, "begins no tag"),
    ],
)
def test_the_file_and_line_are_named(own_newsroom: NewsroomFolder, broken: str, line: int, words: str) -> None:
    own_newsroom.write(KICKER, broken)
    name, found, problem = the_problem(own_newsroom)
    assert (name, found) == (KICKER, line)
    assert words in problem.message


def test_a_macro_that_calls_itself_for_ever_is_a_problem(own_newsroom: NewsroomFolder) -> None:
    own_newsroom.write(KICKER, SOUND.replace("(placed, page, t) %}\n{% endmacro", "(placed, page, t) %}\n{{ mjml(placed, page, t) }}\n{% endmacro", 1))
    name, line, _ = the_problem(own_newsroom)
    assert (name, line) == (KICKER, 2)


def test_an_error_in_a_shared_template_is_named_there(own_newsroom: NewsroomFolder) -> None:
    path = "templates/_shared/byline.j2"
    text = (own_newsroom.root / path).read_text(encoding="utf-8")
    number = next(n for n, line in enumerate(text.split("\n"), 1) if "page.words.by" in line)
    own_newsroom.change(path, "page.words.by ", "page.words.bye ")
    name, line, _ = the_problem(own_newsroom)
    assert (name, line) == (path, number)


def test_a_block_without_a_template_names_the_file_to_write(own_newsroom: NewsroomFolder) -> None:
    own_newsroom.write(
        "templates/china-report/layout.j2",
        '{% macro mjml(page, t) %}\n{{ t.section(page.sections[0]._replace(type="poll")) }}\n{% endmacro %}\n{% macro text(page, t) %}x{% endmacro %}\n',
    )
    name, _, problem = the_problem(own_newsroom)
    assert "sections/poll.j2" in problem.message
    assert name.startswith("templates/")


def test_an_unreadable_template_is_a_problem(own_newsroom: NewsroomFolder) -> None:
    own_newsroom.write(KICKER, b"\xff\xfe\x00")
    name, line, _ = the_problem(own_newsroom)
    assert (name, line) == (KICKER, 1)


def test_an_unknown_token_is_named_with_the_sheet_and_line(own_newsroom: NewsroomFolder) -> None:
    path = "templates/china-report/styles/inline.css"
    own_newsroom.write(path, ".p { margin: 0 }\n\n/* a\ncomment */ .a { color: var(--inkk) }\n")
    name, line, problem = the_problem(own_newsroom)
    assert (name, line) == (path, 4)
    assert "--inkk" in problem.message
    assert "ink" in problem.help


def test_a_token_that_a_template_misses_is_named(own_newsroom: NewsroomFolder) -> None:
    own_newsroom.write(KICKER, SOUND.replace("\n{% endmacro %}", "\n{{ page.theme.inkk }}\n{% endmacro %}", 1))
    name, line, problem = the_problem(own_newsroom)
    assert (name, line) == (KICKER, 2)
    assert "inkk" in problem.message


@pytest.mark.parametrize(
    ("old", "new", "kind", "line", "words"),
    [
        ("name: China Report\n", "nmae: China Report\n", "unknown-field", 1, "nmae"),
        ("language: en\n", "language: en\nlanguage: de\n", "duplicate-key", 5, "language"),
        ("weekdays: [tuesday]", "weekdays: [tuseday]", "wrong-type", 5, "tuesday"),
        ("byline: required", "byline: maybe", "wrong-type", 6, "required"),
        ("  from: china@harborreview.example", "  from: china", "wrong-type", 9, "mail address"),
        ("    type: essay", "    type: esay", "wrong-type", 0, "esay"),
        ("    min: 5", "    min: five", "wrong-type", 0, "whole number"),
        ("key: catch_up", "key: Catch-up", "wrong-type", 0, "small letters"),
        ("key: one_more_thing", "key: essay", "duplicate-key", 0, "essay"),
        ("key: one_more_thing", "key: subject", "duplicate-key", 0, "subject"),
        ("key: one_more_thing", "key: origin", "duplicate-key", 0, "origin"),
        ("key: one_more_thing", "key: models", "duplicate-key", 0, "models"),
        ("key: one_more_thing", "key: _kicker", "duplicate-key", 0, "_kicker"),
        ("options: {button: Reply to China Report}", "options: {buton: Reply}", "unknown-field", 0, "buton"),
        ("tagline: Technology in China, every week.", "tagline: Technology: in China", "needs-quotes", 2, "colon"),
        ("language: en", "time_zone: Mars/Crater", "wrong-type", 4, "Mars/Crater"),
    ],
)
def test_an_error_in_a_newsletters_settings_points_into_its_file(own_newsroom: NewsroomFolder, old: str, new: str, kind: str, line: int, words: str) -> None:
    path = "templates/china-report/newsletter.yaml"
    own_newsroom.change(path, old, new)
    draft = own_newsroom.draft(healthy.china_report())
    found = [p for p in draft.problems if p.kind == kind]
    assert found, draft.problems
    problem = found[0]
    text = (own_newsroom.root / path).read_text(encoding="utf-8").split("\n")
    changed = max(n for n, typed in enumerate(text, 1) if new.rstrip("\n").split("\n")[-1] in typed)
    assert own_newsroom.place_name(problem.place) == path
    assert problem.place.line == changed
    assert line in (0, changed)
    assert words in problem.message + problem.help
    said = findings_of(draft, own_newsroom.project, list(rules().values()), Occasion(today=date(2026, 11, 24)))
    assert (f"schema/{kind}", changed) in [(finding.rule, finding.place.line) for finding in said if own_newsroom.place_name(finding.place) == path]


def test_an_error_in_the_newsrooms_settings_points_into_its_file(own_newsroom: NewsroomFolder) -> None:
    own_newsroom.change("newsroom.yaml", "time_zone: America/New_York", "time_zone: America/Nowhere")
    (problem,) = own_newsroom.project.newsroom_settings.problems
    assert own_newsroom.place_name(problem.place) == "newsroom.yaml"
    assert "America/Nowhere" in problem.message


def test_other_drafts_are_built_while_one_newsletter_is_broken(own_newsroom: NewsroomFolder) -> None:
    own_newsroom.write(KICKER, "{% if %}")
    assert problems_of(own_newsroom)
    assert own_newsroom.proof(healthy.the_download()).html
