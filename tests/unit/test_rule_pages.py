"""The reference of the rules, docs/checks: made from their docstrings, kept up to date, and readable as Markdown."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from composer.checks.rule import Rule, rules
from composer.checks.rule_pages import MADE, markdown_of, pages, parts_of
from composer.cli.main import main

DOCS = Path(__file__).parents[2] / "docs" / "checks"
PAGES = pages(list(rules().values()))
ANEW = "composer rules --write-docs docs/checks"

each_page = pytest.mark.parametrize("name", sorted(PAGES))
each_rule = pytest.mark.parametrize("rule", list(rules().values()), ids=lambda rule: rule.name)


@each_page
def test_a_page_is_up_to_date(name: str) -> None:
    assert (DOCS / name).is_file(), ANEW
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name], ANEW


def test_there_is_no_page_of_an_area_that_is_no_more() -> None:
    assert {path.name for path in DOCS.iterdir()} == set(PAGES), ANEW


@each_page
def test_nothing_is_lost_to_markdown(name: str) -> None:
    """What a docstring says is neither taken for HTML nor for emphasis, and every code span is closed."""
    tokens = MarkdownIt("commonmark").enable("table").parse(PAGES[name].removeprefix(MADE))
    inline = [child for token in tokens if token.type == "inline" for child in token.children or ()]
    assert not [token.content for token in tokens if token.type == "html_block"]
    assert not [token.content for token in inline if token.type == "html_inline"]
    assert not [token.content for token in inline if token.type == "text" and "`" in token.content]


def test_links_of_the_index_lead_to_the_rules() -> None:
    found = re.findall(r"\| \[([\w/-]+)\]\((\S+\.md)#(\S+)\) \|", PAGES["README.md"])
    assert [name for name, _, _ in found] == list(rules())
    for name, page, anchor in found:
        assert f"\n## {name}\n" in PAGES[page]
        assert anchor == name.replace("/", "")
    for page, text in PAGES.items():
        for target in re.findall(r"\]\(([\w./-]+\.md)", text):
            assert target in PAGES or (DOCS / target).is_file(), (page, target)


@each_rule
def test_every_part_of_a_docstring_is_on_its_page(rule: Rule) -> None:
    headings = [part.heading for part in parts_of(rule)]
    assert headings[:4] == ["What it checks", "Why it matters", "Example", "Instead"]
    assert all(part.text.strip() for part in parts_of(rule))
    words = re.findall(r"\w+", rule.documentation.replace("What it checks:", ""))
    page = re.findall(r"\w+", markdown_of(rule))
    assert len(page) >= len(words)


def test_writing_takes_away_what_is_no_more_and_nothing_of_anybody_elses(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text(f"{MADE}\n\n# gone\n", encoding="utf-8")
    (tmp_path / "mine.md").write_text("# mine\n", encoding="utf-8")
    assert main(["rules", "--write-docs", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {*PAGES, "mine.md"}
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == PAGES["README.md"]
