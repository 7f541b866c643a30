"""MJML that knows its templates: every piece stands in the file that wrote it, at its place, and nothing else changes."""

from pathlib import Path

import pytest

from composer.draft.specimen import specimens_of
from composer.issue.issue import Issue
from composer.proof.page import Page
from composer.proof.render import mjml_of
from composer.proof.source_map import SourceMap
from composer.proof.templates import Templates
from composer.proof.traced import TracedTemplates, as_read
from tests import healthy
from tests.cases.newsroom import NEWSLETTERS, own_project
from tests.newsrooms import NewsroomFolder

PROJECT = own_project()


def _pages() -> list[tuple[str, int, Issue]]:
    found = []
    for slug in NEWSLETTERS:
        newsletter = PROJECT.newsletter(slug)
        assert newsletter is not None
        found += [(slug, number, issue) for number, issue in enumerate(specimens_of(newsletter))]
    return found


@pytest.mark.parametrize(("slug", "number", "issue"), _pages(), ids=lambda value: str(value) if isinstance(value, (str, int)) else "")
def test_what_is_traced_is_what_is_rendered(slug: str, number: int, issue: Issue) -> None:
    templates = Templates(PROJECT, slug)
    page = Page(issue, PROJECT, templates, marked=True)
    traced = TracedTemplates(templates.folders, str).mjml_of(page, SourceMap())
    assert traced.mjml == mjml_of(templates.environment, page, SourceMap())
    sources = {str(path): as_read(path.read_text("utf-8")).split("\n") for folder in templates.folders for path in folder.rglob("*.j2")}
    found = 0
    for offset, character in enumerate(traced.mjml):
        if character == "<" and traced.mjml[offset + 1 : offset + 4] in ("mj-", "mjm"):
            place = traced.place(offset, offset + 4)
            assert place is not None
            written = sources[place.path][place.line - 1]
            assert written[place.column - 1 : place.end_column - 1] == traced.mjml[offset : offset + 4]
            found += 1
    assert found > 30


@pytest.mark.parametrize("typed", ["\ufdd00\ufdd1", "\ufdd099999\ufdd1<b>", "\ufdd0x\ufdd1"])
def test_nothing_that_is_typed_passes_for_a_mark(own_newsroom: NewsroomFolder, typed: str) -> None:
    """A draft with a fault in its templates is traced, whatever its words are."""
    own_newsroom.change("templates/_shared/byline.j2", "</mj-text>", "<p></mj-text>")
    draft = healthy.china_report()
    draft["subject"] = f"a {typed} b"
    from composer.press import proof_of

    loaded = own_newsroom.draft(draft)
    assert loaded.issue is not None
    problems = proof_of(loaded, own_newsroom.project).problems
    assert [(Path(problem.place.path).name, problem.place.line) for problem in problems] == [("byline.j2", 4)]
