"""No line of composer/ names a newsletter or one of its section keys: what a newsletter is stands in its folder.

Some of the shipped newsletters' keys are spelled like section types or like fields of every issue, such as `essay`
or `subject`; type names are the names of files, and those words are exempt.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from composer.blocks.body import block_types
from composer.issue.catalogue import section_type, section_types
from composer.issue.issue import Issue
from composer.project.project import Project

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "composer").rglob("*.py"))


def forbidden() -> set[str]:
    """The slugs and section keys of the shipped newsletters, apart from words that mean something to Composer itself."""
    project = Project(ROOT)
    words: set[str] = set()
    for slug in project.newsletter_slugs:
        newsletter = project.newsletter(slug)
        assert newsletter is not None
        words |= {slug, *(entry.key for entry in newsletter.sections)}
    return words - set(section_types()) - set(block_types()) - set(Issue.model_fields)


def literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string that the program works with: not docstrings, not the examples of a field's documentation."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in ("examples", "description"):
            documentation |= {id(inner) for inner in ast.walk(node.value)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def names_in(source: str, words: set[str]) -> list[tuple[int, str]]:
    return [(line, text) for line, text in literals(ast.parse(source)) if text in words or any("-" in word and word in text for word in words)]


def test_there_is_something_to_look_for() -> None:
    words = forbidden()
    assert {"china-report", "the-download", "catch_up", "must_reads", "one_more_thing"} <= words
    assert "essay" not in words
    assert section_type("essay").type == "essay"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_names_no_newsletter(path: Path) -> None:
    assert names_in(path.read_text(encoding="utf-8"), forbidden()) == []


@pytest.mark.parametrize("source", ['x = "catch_up"', 'if key == "must_reads": pass', 'y = f"issues/china-report/{x}"', 'd = {"one_more_thing": 1}'])
def test_a_name_would_be_noticed(source: str) -> None:
    assert names_in(source, forbidden())


@pytest.mark.parametrize("source", ['"""A docstring may speak of catch_up."""', 'x = Field(examples=["catch_up"])', 'x = "essay"'])
def test_words_for_people_are_no_names(source: str) -> None:
    assert names_in(source, forbidden()) == []
