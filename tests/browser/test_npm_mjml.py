"""npm's MJML, the reference, takes our MJML in strict mode and makes the same of it as MRML: words, links and pictures in order."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from composer.proof.mjml import html_of
from tests.browser import samples
from tests.browser.pages import HEALTHY, PAGES, proof_named
from tests.visible import soup_of, visible_words

pytestmark = pytest.mark.judge


def npm_mjml() -> str:
    """The reference's command."""
    named = os.environ.get("COMPOSER_NPM_MJML")
    path = Path(named) if named else samples.ROOT / ".judges" / "node_modules" / ".bin" / "mjml"
    assert path.is_file(), f"{path} is absent: npm install --prefix .judges mjml@5.4.1, or name it in COMPOSER_NPM_MJML"
    return str(path)


def compiled(mjml: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    (folder / "issue.mjml").write_text(mjml, encoding="utf-8")
    command = [npm_mjml(), "issue.mjml", "-o", "issue.html", "--config.validationLevel=strict"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def without_marks(marked: str) -> str:
    """MJML without the source map's marks, which are attributes, classes and words."""
    return re.sub(r' ?data-at[0-9a-f]{12}="\d+"|data-at[0-9a-f]{12}-\d+ |data-at[0-9a-f]{12}~\d+;', "", marked)


def links_and_pictures(html: str) -> list[tuple[str, str]]:
    """Where each link leads and what stands for each picture, in the order of the page."""
    found = soup_of(html).find_all(["a", "img"])
    return [(tag.name, str(tag.get("href" if tag.name == "a" else "alt"))) for tag in found]


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_makes_the_same_of_an_issue(tmp_path: Path, name: str) -> None:
    mjml = proof_named(name).mjml
    ran = compiled(mjml, tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    ours, theirs = html_of(mjml), (tmp_path / "issue.html").read_text(encoding="utf-8")
    assert len(visible_words(theirs).split()) > (100 if name in HEALTHY else 500)
    assert visible_words(ours).split() == visible_words(theirs).split()
    assert len(links_and_pictures(theirs)) > 10
    assert links_and_pictures(ours) == links_and_pictures(theirs)


def test_it_needs_no_marks(tmp_path: Path) -> None:
    """What the source map adds, MJML knows nothing of; without it the issue says the same words."""
    marked = samples.built(samples.drafts()[0], tmp_path).mjml
    bare = without_marks(marked)
    assert "data-at" in marked
    assert "data-at" not in bare
    ran = compiled(bare, tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    theirs = visible_words((tmp_path / "issue.html").read_text(encoding="utf-8"))
    assert theirs == visible_words(html_of(bare))
    assert theirs == without_marks(visible_words(html_of(marked)))


@pytest.mark.parametrize(
    ("good", "bad"),
    [("<mj-text ", '<mj-text colour="red" '), ("<mj-divider ", "<mj-dividers "), ('font-size="34px"', 'font-size="large"')],
    ids=["attribute", "element", "value"],
)
def test_the_reference_refuses_a_fault(tmp_path: Path, good: str, bad: str) -> None:
    mjml = samples.built(samples.drafts()[0], tmp_path).mjml
    assert good in mjml
    ran = compiled(mjml.replace(good, bad, 1), tmp_path)
    assert ran.returncode != 0 or ran.stderr
