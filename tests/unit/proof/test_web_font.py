"""A newsroom's own font, from its own server: in a style block of its own, behind it the fonts that readers have."""

import re
from pathlib import Path

import pytest

from composer.checks.rule import rules
from composer.draft.load import load_draft
from composer.press import findings_of, proof_of
from composer.project.project import Project
from composer.proof import inline
from tests.cases.newsroom import ORDINARY, copied_project

ROOT = Path(__file__).parents[3]
DRAFT = ROOT / "issues/china-report/2026-11-24-two-worlds.yaml"
THEME = "templates/china-report/theme.css"
FACE = """@font-face {
  font-family: "Harbor Serif";
  src: url(https://fonts.harborreview.example/serif.woff2) format("woff2");
}
"""


def newsroom(folder: Path, text_font: str) -> Project:
    own = next(line for line in (ROOT / THEME).read_text(encoding="utf-8").splitlines() if "--text-font:" in line)
    made = copied_project(folder, {THEME: [{"replace": own, "with": f"  --text-font: {text_font};"}]})
    sheet = made.templates / "china-report/styles/head-0-fonts.css"
    sheet.parent.mkdir()
    sheet.write_text(FACE, encoding="utf-8")
    return made


@pytest.mark.parametrize("engine", ["premailer", "css-inline"])
def test_it_stands_first_and_in_a_block_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    monkeypatch.setattr(inline, "PREFERRED", engine)
    project = newsroom(tmp_path, "Harbor Serif, Georgia, serif")
    draft = load_draft(DRAFT, project)
    html = proof_of(draft, project).html
    # A client that knows no web fonts may drop the block it stands in, and must not drop the rest with it.
    (block,) = [block for block in re.findall(r"<style[^>]*>(.*?)</style>", html, re.DOTALL) if "@font-face" in block]
    assert re.sub(r"\s+", " ", block).strip() == re.sub(r"\s+", " ", FACE).strip()
    assert re.search("font-family: ?Harbor Serif, Georgia, serif", html)
    # Word takes Times New Roman for a font that it has not, whatever stands behind it.
    assert re.search(r"<!--\[if mso\]><style[^>]*>td, div[^{]*\{ font-family: Georgia, serif !important", html)


def test_the_check_wants_a_font_behind_it_that_readers_have(tmp_path: Path) -> None:
    for number, (fonts, found) in enumerate([("Harbor Serif, Georgia, serif", []), ("Harbor Serif", ["clients/font-fallback"])]):
        project = newsroom(tmp_path / str(number), fonts)
        findings = findings_of(load_draft(DRAFT, project), project, list(rules().values()), ORDINARY)
        assert [finding.rule for finding in findings] == found
