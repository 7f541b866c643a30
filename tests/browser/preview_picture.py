"""What `composer preview` shows, as a picture: a sample issue with two faults, one of them pointed out in the mail."""

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image

from tests.browser.chromium import Chromium
from tests.browser.samples import ROOT
from tests.cases.newsroom import copied_project
from tests.previewing import previewing

DRAFT = "issues/china-report/2026-11-24-two-worlds.yaml"
WIDTH, HEIGHT = 1400, 820
# What is replaced in the sample, and the rule that speaks of it; the last is pointed out.
FAULTS = {
    "editorial/placeholder": ("needed strangers to agree on what to call it.", "needed strangers TK."),
    "editorial/doubled-word": ("That word is the newcomer.", "That word is the the newcomer."),
}


def picture(chromium: Chromium) -> Image.Image:
    """The page, with a finding chosen."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied_project(folder, {})
        shutil.copytree(ROOT / "issues", folder / "issues")
        text = (folder / DRAFT).read_text(encoding="utf-8")
        for old, new in FAULTS.values():
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (folder / DRAFT).write_text(text, encoding="utf-8")
        with previewing("--no-browser", "--port", "0", newsroom=folder) as preview, chromium.visiting(preview.address, WIDTH, HEIGHT) as visit:
            visit.page.goto(f"{preview.address}#draft={DRAFT}")
            visit.page.locator("#findings button", has_text=list(FAULTS)[-1]).click()
            visit.page.frame_locator("#stage iframe").locator("[data-outlined]").wait_for()
            assert visit.page.locator("#findings li").count() == len(FAULTS)
            visit.page.mouse.move(0, 0)
            return Image.open(io.BytesIO(visit.page.screenshot())).convert("RGB")
