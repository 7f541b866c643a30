"""Outlook on the web in the dark, and clients that turn every color around: words and pictures still stand out in every issue.

Simulated; tests/browser/turned_dark.py says by which code, and what is not known.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from composer.proof.client_view.view import as_seen_by
from tests.browser import layout, pixels
from tests.browser.chromium import Chromium, Sheet
from tests.browser.dark_pages import DARK_PAGES, dark_page_in
from tests.browser.turned_dark import turned_around, turned_dark_by_outlook

pytestmark = pytest.mark.judge

WINNERS = pytest.mark.parametrize("outlook_wins", [True, False], ids=["outlook-wins", "the-mail-wins"])
# Which clients turn everything around, and how wide a window they show a mail in.
AROUND = {"gmail-ios": 375, "outlook-windows": 640}
MARKED = """() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).filter(rule => /data-og/.test(rule.selectorText))
  .flatMap(rule => rule.selectorText.split(/,\\s*/)).map(selector => [selector, document.querySelectorAll(selector).length])"""


def judged(sheet: Sheet, page: str) -> int:
    """Judge a page that was turned dark, by its styles and by its own pixels; the number of its texts and pictures."""
    pixels.assert_dark(sheet)
    layout.assert_contrast(sheet)
    pictures = pixels.assert_pictures_show(sheet)
    assert pictures >= (10 if page.startswith("profiles-") else 0)
    return pixels.assert_texts_stand_out(sheet) + pictures


@WINNERS
@pytest.mark.parametrize("page", DARK_PAGES)
def test_outlook_on_the_web(chromium: Chromium, tmp_path: Path, record_property: Callable[[str, object], None], page: str, outlook_wins: bool) -> None:
    dark = turned_dark_by_outlook(chromium, dark_page_in(tmp_path, page), outlook_wins=outlook_wins)
    # The reader's device may be light or dark, whatever is chosen in Outlook, which keeps rules for prefers-color-scheme.
    sheets = [chromium.sheet(dark, 375, scheme, scale=2) for scheme in ("light", "dark")]
    record_property("texts and pictures measured", sum(judged(sheet, page) for sheet in sheets))


@pytest.mark.parametrize("client", AROUND)
@pytest.mark.parametrize("page", DARK_PAGES)
def test_everything_turned_around(chromium: Chromium, tmp_path: Path, record_property: Callable[[str, object], None], page: str, client: str) -> None:
    sheet = chromium.sheet(turned_around(chromium, dark_page_in(tmp_path, page), client), AROUND[client], scale=2)
    record_property("texts and pictures measured", judged(sheet, page))


# Every colour that is drawn: of letters, grounds, lines beneath words and around boxes.
DRAWN = """() => [...document.querySelectorAll(".canvas, .canvas *")].filter(element => element.getBoundingClientRect().height >= 1).map(element => {
  const style = getComputedStyle(element), words = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const borders = ["top", "right", "bottom", "left"].filter(side => parseFloat(style.getPropertyValue(`border-${side}-width`)));
  return [element.outerHTML.slice(0, 60).replace(/ data-og.*/, ""), style.backgroundColor, words && style.color,
    words && style.textDecorationLine !== "none" && style.textDecorationColor, ...borders.map(side => style.getPropertyValue(`border-${side}-color`))];
})"""


@pytest.mark.parametrize("page", ["profiles-china-report", "profiles-the-download"])
def test_our_own_dark_colors_are_shown(chromium: Chromium, tmp_path: Path, page: str) -> None:
    """Where the mail's rules win, Outlook shows just the colours of a client that knows prefers-color-scheme."""
    built = dark_page_in(tmp_path, page)
    turned = turned_dark_by_outlook(chromium, built, outlook_wins=False)
    built.write_text(as_seen_by("outlook-com", built.read_text(encoding="utf-8")), encoding="utf-8")
    drawn = []
    for file, scheme in ((built, "dark"), (turned, "light")):
        with chromium.opened(file, 375, scheme) as shown:
            drawn.append(shown.evaluate(DRAWN))
    assert len(drawn[0]) > 200
    assert [pair for pair in zip(*drawn, strict=True) if pair[0][1:] != pair[1][1:]] == []


def test_every_rule_for_outlook_finds_something(chromium: Chromium, tmp_path: Path) -> None:
    found: dict[str, int] = {}
    for page in DARK_PAGES:
        dark = turned_dark_by_outlook(chromium, dark_page_in(tmp_path / page, page), outlook_wins=False)
        with chromium.opened(dark, 375) as shown:
            for selector, number in shown.evaluate(MARKED):
                found[selector] = found.get(selector, 0) + number
    assert len(found) >= 20
    assert [selector for selector, number in found.items() if not number] == []


def without_rules_for_outlook(page: Path) -> Path:
    html = page.read_text(encoding="utf-8")
    assert html.count("[data-ogs") > 20
    page.write_text(html.replace("[data-ogs", "[data-nobody-"), encoding="utf-8")
    return page


def test_a_mail_without_our_rules_is_another_page(chromium: Chromium, tmp_path: Path) -> None:
    with_rules, without = (dark_page_in(tmp_path / name, "profiles-the-download") for name in ("with", "without"))
    dark = [turned_dark_by_outlook(chromium, page, outlook_wins=False) for page in (with_rules, without_rules_for_outlook(without))]
    colors = [[(words["color"], words["background"]) for words in chromium.sheet(page, 375, pictured=False).words] for page in dark]
    assert all(one != other for one, other in zip(*colors, strict=True) if one[1] != "rgb(36, 56, 196)")


def test_a_band_whose_name_outlook_alone_recolors_fails(chromium: Chromium, tmp_path: Path) -> None:
    """Our dark band, from prefers-color-scheme, under the dark label that Outlook makes of a white one."""
    page = without_rules_for_outlook(dark_page_in(tmp_path, "profiles-the-download"))
    sheet = chromium.sheet(turned_dark_by_outlook(chromium, page, outlook_wins=False), 375, "dark", scale=2)
    for judge in (layout.assert_contrast, pixels.assert_texts_stand_out):
        with pytest.raises(AssertionError, match=r"'The Download'.*is 1\.\d\d"):
            judge(sheet)


PARTS = """<body><div class=a style="background-color: #ffffff; color: #000000"><table bgcolor="#0c64c0"><tr><td><font color="#06400c">Green</font>
<a href="x:">Bare</a><b style="color: inherit">Bold</b></td></tr></table></div></body>"""


def test_roosterjs_marks_and_recolors(chromium: Chromium, tmp_path: Path) -> None:
    """The attributes that Outlook sets, and pairs of colours that are in roosterjs-color-utils' own tests (1.1.0)."""
    (tmp_path / "parts.html").write_text(PARTS, encoding="utf-8")
    with chromium.opened(turned_dark_by_outlook(chromium, tmp_path / "parts.html", outlook_wins=True), 375) as shown:
        marks = shown.evaluate("""() => ["div.a", "table", "font", "a", "b"].map(name => { const e = document.querySelector(name);
            return [{...e.dataset}, e.style.color, e.style.backgroundColor, e.style.getPropertyPriority("color")]; })""")
    assert marks[0] == [{"ogsc": "rgb(0, 0, 0)", "ogsb": "rgb(255, 255, 255)"}, "rgb(255, 255, 255)", "rgb(51, 51, 51)", "important"]
    assert marks[1] == [{"ogsb": "", "ogab": "#0c64c0"}, "", "rgb(109, 160, 255)", ""]
    assert marks[2] == [{"ogsc": "", "ogac": "#06400c"}, "rgb(163, 218, 155)", "", "important"]
    assert marks[3:] == [[{}, "", "", ""], [{}, "inherit", "", ""]]


def sign(color: str) -> Callable[[Path], str]:
    """A picture of a word in one colour, on nothing."""

    def drawn(folder: Path) -> str:
        picture = Image.new("RGBA", (200, 40), (0, 0, 0, 0))
        ImageDraw.Draw(picture).rectangle((20, 10, 180, 30), fill=color)
        picture.save(folder / "sign.png")
        return '<p style="color: #000000">Words.</p><img src="sign.png" alt="A sign">'

    return drawn


# A template each that is well by day.
UNWELL: dict[str, Callable[[Path], str]] = {
    "a light ground that only a style block names": lambda _: (
        '<style>.day { background-color: #ffffff !important }</style><p class=day style="color: #111111">The ferry is late.</p>'
    ),
    "grey on a grey that is nearly as light": lambda _: '<p style="background-color: #f1efea; color: #6b6963">The ferry is late.</p>',
    "black ink on nothing": sign("#1a1a1a"),
    "a ground that stays": lambda _: '<style>div { background-color: #ffffff !important }</style><div style="height: 900px"><p>Words.</p></div>',
}


@pytest.mark.parametrize("fault", UNWELL)
def test_a_template_that_outlook_spoils_fails(chromium: Chromium, tmp_path: Path, fault: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><html><body>{UNWELL[fault](tmp_path)}</body></html>", encoding="utf-8")
    layout.assert_contrast(chromium.sheet(page, 375, pictured=False))
    with pytest.raises(AssertionError):
        judged(chromium.sheet(turned_dark_by_outlook(chromium, page, outlook_wins=True), 375, scale=2), fault)


def test_a_plain_mail_is_well(chromium: Chromium, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><html><body>{sign('#8a8a8a')(tmp_path)}</body></html>", encoding="utf-8")
    for turned in (turned_dark_by_outlook(chromium, page, outlook_wins=True), turned_around(chromium, page, "gmail-ios")):
        judged(chromium.sheet(turned, 375, scale=2), "plain")
