"""Android's algorithm for darkening, which Chromium has in it: words and pictures of every issue stand out in what it draws.

The engine is real, that the apps are like it is simulated: tests/browser/forced_dark.py. What Chromium darkens it darkens
while it draws, and no computed style tells of it. So the pixels are measured.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.browser import layout, pixels
from tests.browser.chromium import Chromium, Sheet
from tests.browser.dark_pages import DARK_PAGES, dark_page_in
from tests.browser.forced_dark import FORCED, READERS, seen_by

pytestmark = pytest.mark.judge


@pytest.fixture(scope="module")
def darkening(chromium: Chromium) -> Iterator[Chromium]:
    """A Chromium that darkens what it draws."""
    with chromium.beside(FORCED) as running:
        yield running


def judged(sheet: Sheet) -> int:
    """Judge what was drawn; the number of texts and pictures."""
    pixels.assert_dark(sheet)
    return pixels.assert_texts_stand_out(sheet) + pixels.assert_pictures_show(sheet)


@pytest.mark.parametrize(("client", "scheme"), READERS)
@pytest.mark.parametrize("page", DARK_PAGES)
def test_darkened_by_force(darkening: Chromium, tmp_path: Path, record_property: Callable[[str, object], None], page: str, client: str, scheme: str) -> None:
    sheet = darkening.sheet(seen_by(client, dark_page_in(tmp_path, page)), 375, scheme, scale=2)
    record_property("texts and pictures measured", judged(sheet))


@pytest.mark.parametrize("page", ["profiles-china-report", "profiles-the-download"])
def test_our_own_dark_colors_are_left_alone(chromium: Chromium, darkening: Chromium, tmp_path: Path, page: str) -> None:
    """What the color-scheme metas are for: a mail that says it has dark colours is not darkened over them."""
    built = dark_page_in(tmp_path, page)
    ours, forced = (browser.sheet(built, 375, "dark").picture.tobytes() for browser in (chromium, darkening))
    assert ours == forced


def test_without_the_metas_our_dark_colors_are_turned(chromium: Chromium, darkening: Chromium, tmp_path: Path) -> None:
    """Or nobody would notice that they were lost."""
    built = dark_page_in(tmp_path, "profiles-the-download")
    html = built.read_text(encoding="utf-8")
    bare = re.sub(r'<meta name="color-scheme"[^>]*>|(?<!-)color-scheme: light dark;', "", html)
    assert bare.count("color-scheme: light dark") == html.count("color-scheme: light dark") - 1
    built.write_text(bare, encoding="utf-8")
    ours, forced = (browser.sheet(built, 375, "dark").picture.tobytes() for browser in (chromium, darkening))
    assert ours != forced


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["profiles-china-report", "profiles-the-download"])
def test_the_pixels_say_what_the_styles_say(chromium: Chromium, tmp_path: Path, page: str, scheme: str) -> None:
    """Where both can be asked, on a page that nobody darkened: the measure is right to a hundredth."""
    sheet = chromium.sheet(dark_page_in(tmp_path, page), 375, scheme, scale=2)
    styled = [layout.contrast(words["color"], words["background"]) for words in sheet.words if any(map(str.isalnum, words["text"]))]
    assert len(styled) > 50
    assert [text.contrast for text in pixels.texts_of(sheet)] == pytest.approx(styled, rel=0.01)


OWN = "<html style='color-scheme: dark'><body style='background: #1b1b19; color: #eceae4'><p>Words.</p>"
# What this judge must see, each with the words it says then. On a device in the dark, colors of a page's own are left alone.
UNREADABLE = {
    "dark letters made light on a light picture": (
        "<p style='background: url(paper.png); color: #111111'>The ferry is late.</p>",
        "light",
        "'The ferry is late.'",
    ),
    "dark grey on dark": (f"{OWN}<p style='color: #444444'>The ferry is late.</p>", "dark", "'The ferry is late.'"),
    "letters that only their underline shows": (
        f"{OWN}<p><a href='x:' style='color: #333333; text-decoration-color: #ffffff'>The ferry is late</a></p>",
        "dark",
        "'The ferry is late'",
    ),
    "one faint word among many": (f"{OWN}<p>The ferry <i style='color: #5a5a5a'>is</i> late.</p>", "dark", "'is'"),
    "black ink on nothing": (f'{OWN}<img alt="A sign" src="ink.png">', "dark", "'A sign'"),
    "a page without words": (OWN.removesuffix("<p>Words.</p>"), "dark", "no text"),
}


@pytest.mark.parametrize("fault", UNREADABLE)
def test_what_cannot_be_read_is_seen(darkening: Chromium, tmp_path: Path, fault: str) -> None:
    # As large and as many-coloured as a photograph: Chromium turns small and simple pictures around.
    Image.effect_noise((800, 800), 12).point([min(255, level + 110) for level in range(256)]).save(tmp_path / "paper.png")
    ink = Image.new("RGBA", (200, 80), (0, 0, 0, 0))
    ImageDraw.Draw(ink).ellipse((20, 10, 180, 70), fill="#222222")
    ink.save(tmp_path / "ink.png")
    html, scheme, words = UNREADABLE[fault]
    (tmp_path / "page.html").write_text(f"<!doctype html>{html}", encoding="utf-8")
    with pytest.raises(AssertionError, match=re.escape(words)):
        judged(darkening.sheet(tmp_path / "page.html", 375, scheme, scale=2))


def test_a_page_that_nobody_darkened_is_seen(chromium: Chromium, tmp_path: Path) -> None:
    """As every page would be if Chromium no longer knew the setting."""
    with pytest.raises(AssertionError, match="stayed light"):
        judged(chromium.sheet(seen_by("gmail-android", dark_page_in(tmp_path, "profiles-china-report")), 375, scale=2))


def test_large_text_needs_less(darkening: Chromium) -> None:
    """#767676 on #1b1b19 is 3.8."""
    html = f"<!doctype html>{OWN}<p style='color: #767676; font-size: %dpx'>The ferry is late.</p>"
    assert judged(darkening.sheet(html % 24, 375, "dark", scale=2)) == 2
    with pytest.raises(AssertionError, match="The ferry"):
        judged(darkening.sheet(html % 23, 375, "dark", scale=2))
