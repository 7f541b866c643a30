"""The web edition, judged: valid HTML5 by the Nu checker, and the very picture that the mail is."""

from pathlib import Path

import pytest
from PIL import ImageChops

from composer.draft.load import load_draft
from composer.files import write_together
from composer.press import editions_of, proof_of
from tests.browser.chromium import Chromium
from tests.browser.nu import messages_on
from tests.cases.newsroom import ROOT, own_project

pytestmark = pytest.mark.judge
SAMPLES = sorted((ROOT / "issues").glob("*/*.yaml"))
# The link to the page itself is in the mail only: a line of the nameplate.
MOST_OTHER_PIXELS = 1500


def test_the_pages_have_no_error(tmp_path: Path) -> None:
    pages = {path.stem: proof_of(load_draft(path, own_project()), own_project()).web for path in SAMPLES}
    assert messages_on(pages, tmp_path) == []


def test_a_broken_page_would_be_noticed(tmp_path: Path) -> None:
    page = proof_of(load_draft(SAMPLES[0], own_project()), own_project()).web
    assert messages_on({"broken": page.replace("</h1>", "", 1)}, tmp_path)


@pytest.mark.parametrize("scheme", ["light", "dark"])
# At 375 px the link to the page may need a line of its own, which the page itself does not have.
@pytest.mark.parametrize("width", [400, 640])
def test_a_page_looks_like_its_mail(chromium: Chromium, width: int, scheme: str, tmp_path: Path) -> None:
    for path in (SAMPLES[0], SAMPLES[-1]):
        write_together(editions_of(proof_of(load_draft(path, own_project()), own_project()), tmp_path, web=True))
        folder = tmp_path / path.parent.name
        mail, page = (chromium.sheet(folder / f"{path.stem}{ending}", width, scheme).picture for ending in (".html", ".web.html"))
        assert mail.size == page.size
        assert len(set(page.convert("L").resize((40, 400)).tobytes())) > 20, "a blank page"
        others = sum(ImageChops.difference(mail, page).convert("L").point(lambda v: 1 if v > 20 else 0).tobytes())
        assert 0 < others <= MOST_OTHER_PIXELS
