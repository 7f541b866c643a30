"""axe finds no fault of accessibility in any issue, on phones and in wide windows, light and dark, with pictures and without."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.axe import LEAST_JUDGED, SCHEMES, WIDTHS, Verdict, verdict_on
from tests.browser.chromium import Chromium
from tests.browser.pages import PAGES, page_in

pytestmark = pytest.mark.judge


def assert_accessible(verdict: Verdict) -> None:
    """Axe had something to judge and found nothing wrong, nor anything it could not decide."""
    told = [f"{fault.width} px, {fault.scheme}: {fault.rule}: {fault.elements[0][:200]}" for fault in verdict.faults]
    assert not verdict.faults, f"{len(told)} faults:\n" + "\n".join(told[:12])
    assert verdict.screens == len(WIDTHS) * len(SCHEMES)
    assert verdict.judged >= LEAST_JUDGED, f"axe could judge {verdict.judged} rules only"


@pytest.mark.parametrize("images", [True, False], ids=["pictures", "no-pictures"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(chromium: Chromium, tmp_path: Path, record_property: Callable[[str, object], None], name: str, images: bool) -> None:
    verdict = verdict_on(chromium, page_in(tmp_path, name), images=images)
    assert_accessible(verdict)
    record_property("screens", verdict.screens)


SOUND = """<!doctype html><html lang="en"><head><title>A mail</title></head><body style="background:#FFFFFF;color:#1A1A1A">
<h1>A headline</h1><p>Words, and <a href="https://harborreview.example/a" style="color:#B3261E">a link</a>.</p>%s</body></html>"""
# What is put into a sound page, and which rule of axe must see it, on how many of the screens.
FAULTY = {
    "a picture without words": ('<img src="x.png" width="40">', "image-alt", 8),
    "faint words": ('<p style="color:#B0B0B0;background:#FFFFFF">Hardly there.</p>', "color-contrast", 8),
    "words that are faint in the dark": (
        '<style>.lost{color:#1A1A1A}@media (prefers-color-scheme: dark){.lost{color:#B0B0B0 !important}}</style><p class="lost">Gone at night.</p>',
        "color-contrast",
        4,
    ),
    "words that are faint on phones": (
        '<style>@media (max-width: 480px){.lost{color:#B0B0B0 !important}}</style><p class="lost" style="color:#1A1A1A;background:#FFFFFF">Gone.</p>',
        "color-contrast",
        4,
    ),
    "a link without words": ('<a href="https://harborreview.example/x"></a>', "link-name", 8),
    "an empty heading": ("<h2></h2>", "empty-heading", 8),
    "Chinese said to be nothing": ('<p lang="chinese-simplified">港口</p>', "valid-lang", 8),
    "words on a picture behind them, which axe cannot decide": (
        "<p style=\"color:#1A1A1A;background-image:url('data:image/gif;base64,R0lGODlhAQABAAAAACw=')\">Perhaps.</p>",
        "color-contrast",
        8,
    ),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_axe_sees_a_fault(chromium: Chromium, fault: str) -> None:
    markup, rule, screens = FAULTY[fault]
    verdict = verdict_on(chromium, SOUND % markup)
    assert {found.rule for found in verdict.faults} == {rule}, verdict.faults
    assert len(verdict.faults) == screens
    with pytest.raises(AssertionError, match=rule):
        assert_accessible(verdict)


def test_axe_sees_a_fault_in_a_whole_issue(chromium: Chromium, tmp_path: Path) -> None:
    page = page_in(tmp_path, PAGES[0])
    html = page.read_text(encoding="utf-8")
    assert html.count("<img alt=") == 1
    page.write_text(html.replace("<img alt=", "<img data-alt="), encoding="utf-8")
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(verdict_on(chromium, page))


def test_the_page_for_the_faults_is_sound(chromium: Chromium) -> None:
    assert verdict_on(chromium, SOUND % "").faults == ()


def test_a_blank_page_is_no_accessible_page(chromium: Chromium) -> None:
    blank = '<!doctype html><html lang="en"><head><title>Nothing</title></head><body><h1>Nothing</h1></body></html>'
    with pytest.raises(AssertionError, match="rules only"):
        assert_accessible(verdict_on(chromium, blank))
