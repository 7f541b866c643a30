"""Both newsletters in Chromium, from a small phone to a wide window, light and dark, with pictures and without."""

from pathlib import Path

import pytest

from tests.browser import layout
from tests.browser.chromium import Chromium, Sheet
from tests.browser.conftest import Sheets
from tests.browser.georgia import georgia
from tests.browser.pages import PAGES, page_in
from tests.browser.samples import NEWSLETTERS, Sample

pytestmark = pytest.mark.judge


@pytest.fixture(params=NEWSLETTERS)
def newsletter(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sheet(sheets: Sheets, newsletter: str, width: int, scheme: str, images: bool) -> Sheet:
    return sheets.of(newsletter, width, scheme, images=images)


everywhere = [
    pytest.mark.parametrize("width", [320, 375, 640, 1000]),
    pytest.mark.parametrize("scheme", ["light", "dark"]),
    pytest.mark.parametrize("images", [True, False], ids=["pictures", "no-pictures"]),
]


def on_every_screen(test: object) -> object:
    for mark in everywhere:
        test = mark(test)
    return test


@on_every_screen
def test_nothing_is_wider_than_the_window(sheet: Sheet) -> None:
    layout.assert_fits(sheet)


@on_every_screen
def test_no_text_is_too_small(sheet: Sheet) -> None:
    layout.assert_no_small_text(sheet)


@on_every_screen
def test_no_words_lie_on_others(sheet: Sheet) -> None:
    layout.assert_no_overlap(sheet)


@on_every_screen
def test_every_heading_is_shown(sheet: Sheet, newsletter: str, built_samples: dict[str, Sample]) -> None:
    layout.assert_headings(sheet, built_samples[newsletter].headline, built_samples[newsletter].headings)


@on_every_screen
def test_the_page_is_neither_blank_nor_a_blot(sheet: Sheet) -> None:
    layout.assert_not_blank(sheet)


@on_every_screen
def test_buttons_are_large_enough(sheet: Sheet) -> None:
    layout.assert_buttons(sheet)


@on_every_screen
def test_words_stand_out(sheet: Sheet) -> None:
    layout.assert_contrast(sheet)


@on_every_screen
def test_links_are_underlined(sheet: Sheet) -> None:
    layout.assert_links_underlined(sheet)


@pytest.mark.parametrize("width", [320, 375, 640, 1000])
def test_a_client_without_style_blocks_still_shows_a_page(sheets: Sheets, newsletter: str, width: int) -> None:
    sheet = sheets.of(newsletter, width, styles=False)
    layout.assert_fits(sheet)
    layout.assert_no_overlap(sheet)
    layout.assert_no_small_text(sheet)
    layout.assert_contrast(sheet)
    layout.assert_links_underlined(sheet)
    layout.assert_not_blank(sheet)


@pytest.mark.parametrize("width", [320, 375, 640, 1000])
@pytest.mark.parametrize("images", [True, False], ids=["pictures", "no-pictures"])
@pytest.mark.parametrize("name", PAGES)
def test_every_issue_and_every_block_keeps_its_measures(chromium: Chromium, tmp_path: Path, name: str, images: bool, width: int) -> None:
    sheet = chromium.sheet(page_in(tmp_path, name), width, images=images, fonts=georgia())
    layout.assert_fits(sheet)
    layout.assert_no_overlap(sheet)
    layout.assert_no_small_text(sheet)
    layout.assert_buttons(sheet)
    if not images and any(alt["text"] for alt in sheet.alts):
        layout.assert_alts_keep_off_the_edges(sheet)


def test_the_measures_are_those_of_readers_with_georgia(chromium: Chromium) -> None:
    """Gelasio took Georgia's place: its letters are wider than those of the fonts that the machine has."""
    line = "<!doctype html><b style='font:700 34px Georgia'>The nine strokes that can break a form</b>"
    without, with_it = (chromium.sheet(line, 1000, fonts=fonts).words[0]["boxes"][0] for fonts in ("", georgia()))
    assert with_it[2] - with_it[0] > 1.08 * (without[2] - without[0])


def test_dark_and_light_differ(sheets: Sheets, newsletter: str) -> None:
    """A theme whose dark rules never applied would pass every other test here."""
    light, dark = (sheets.of(newsletter, 375, scheme) for scheme in ("light", "dark"))
    unlit = [before["text"] for before, after in zip(light.words, dark.words, strict=True) if before["background"] == after["background"]]
    assert unlit in ([], [w["text"] for w in light.words[:2]]), "only the name and date on a coloured band may stay as they are"


def test_pictures_off_shows_their_words(sheets: Sheets, newsletter: str) -> None:
    on, off = (sheets.of(newsletter, 375, images=images) for images in (True, False))
    assert on.alts
    assert all(alt["drawn"] for alt in on.alts)
    assert not any(alt["drawn"] for alt in off.alts)
    assert all(len(alt["text"]) > 20 for alt in off.alts)


@pytest.mark.parametrize("width", [320, 375, 640, 1000])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_for_a_picture_keep_off_the_edges(sheets: Sheets, newsletter: str, width: int, scheme: str) -> None:
    layout.assert_alts_keep_off_the_edges(sheets.of(newsletter, width, scheme, images=False))


def test_a_figure_reaches_a_phones_edges(sheets: Sheets, newsletter: str) -> None:
    for width in (320, 375, 480):
        assert [(alt["box"][0], alt["box"][2]) for alt in sheets.of(newsletter, width).alts] == [(0, width)]
    assert [(alt["box"][0], alt["box"][2]) for alt in sheets.of(newsletter, 640).alts] == [(40, 600)]


# Each judge must be able to say no: a page with one fault each, and the function that has to see it.
FAULTY = {
    "blank": ("<body></body>", layout.assert_not_blank),
    "only paper and canvas": ("<body style='background:#F1EFEA'><div style='background:#FFF;width:300px;height:2000px'></div></body>", layout.assert_not_blank),
    "words in the paper's colour": ("<body style='color:#fff'>" + "<p>Nobody will read this. </p>" * 90, layout.assert_not_blank),
    "words in the paper's colour, by contrast": ("<body style='color:#fff'><p>Nobody will read this.</p>", layout.assert_contrast),
    "dark grey on black": ("<body style='background:#000;color:#444'><p>Hardly readable.</p>", layout.assert_contrast),
    "grey on white": ("<body style='color:#888'><p>Hardly readable.</p>", layout.assert_contrast),
    "a blot": ("<div style='background:#111;height:500px'></div><div style='height:400px'></div>", layout.assert_not_blank),
    "a table too wide": ("<table width=600><tr><td>Words</td></tr></table>", layout.assert_fits),
    "words outside": ("<p style='position:absolute;left:-60px'>Words that begin outside</p>", layout.assert_fits),
    "small print": ("<p style='font-size:13px'>Words</p>", layout.assert_no_small_text),
    "words on words": ("<p>One line here</p><p style='margin-top:-28px'>Another there</p>", layout.assert_no_overlap),
    "a low button": ("<div class=btn><a style='display:block;height:40px;width:300px'>Press</a></div>", layout.assert_buttons),
    "a narrow button": ("<div class=btn><a style='display:block;height:44px;width:100px'>Press</a></div>", layout.assert_buttons),
    "no button": ("<p>Words</p>", layout.assert_buttons),
    "words for a picture on the edge": (
        "<body style='margin:0'><img src='x:' alt='A crane that lifts a box at sunset.'>",
        layout.assert_alts_keep_off_the_edges,
    ),
    "words for a picture on the other edge": (
        "<body style='margin:0'><img style='display:block;margin-left:24px' src='x:' alt='" + "A crane that lifts a box at sunset. " * 9 + "'>",
        layout.assert_alts_keep_off_the_edges,
    ),
    "only the sign of a picture": (
        "<body style='margin:40px'><img style='display:block;font-size:0' src='x:' alt='A crane that lifts a box.'>",
        layout.assert_alts_keep_off_the_edges,
    ),
    "no words for a picture": ("<body style='margin:40px'><p>Words</p><img src='x:' alt=''>", layout.assert_alts_keep_off_the_edges),
    "a bare link": ("<a href='x:' style='text-decoration:none'>Link</a>", layout.assert_links_underlined),
    "no headline": ("<h2>One</h2>", lambda sheet: layout.assert_headings(sheet, "Headline", ["One"])),
    "a heading missing": ("<h1>Headline</h1><h2>One</h2>", lambda sheet: layout.assert_headings(sheet, "Headline", ["One", "Two"])),
    "a hidden heading": ("<h1>Headline</h1><h2 style='display:none'>One</h2>", lambda sheet: layout.assert_headings(sheet, "Headline", ["One"])),
    "headings out of order": ("<h1>Headline</h1><h2>Two</h2><h2>One</h2>", lambda sheet: layout.assert_headings(sheet, "Headline", ["One", "Two"])),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_the_judges_see_a_fault(chromium: Chromium, fault: str) -> None:
    html, judge = FAULTY[fault]
    with pytest.raises(AssertionError):
        judge(chromium.sheet(f"<!doctype html>{html}", 375))
