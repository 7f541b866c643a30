"""The samples look as they did when somebody last looked at them. COMPOSER_UPDATE_GOLDEN=1 makes new golden pictures."""

import os
from pathlib import Path

import pytest

from tests.browser.chromium import Chromium
from tests.browser.conftest import Sheets
from tests.browser.georgia import georgia
from tests.browser.golden import FOLDER, assert_like_golden, kept
from tests.browser.samples import NEWSLETTERS, Sample

pytestmark = pytest.mark.judge

SCREENS = [(375, "light"), (640, "light"), (375, "dark")]
SECTION = ".paper > table > tbody > tr > td > div"


def golden_of(newsletter: str, width: int, scheme: str) -> Path:
    return FOLDER / f"{newsletter}-{width}-{scheme}.png"


@pytest.mark.parametrize("newsletter", NEWSLETTERS)
@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_a_sample_looks_like_its_golden_picture(sheets: Sheets, newsletter: str, width: int, scheme: str) -> None:
    sheet, golden = sheets.of(newsletter, width, scheme), golden_of(newsletter, width, scheme)
    if os.environ.get("COMPOSER_UPDATE_GOLDEN"):
        kept(sheet, golden)
    assert_like_golden(sheet, golden)


def test_there_are_no_other_golden_pictures() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {golden_of(n, w, s).name for n in NEWSLETTERS for w, s in SCREENS}


def changed(sample: Sample, tmp_path: Path, *, style: str = "", script: str = "") -> Path:
    """The sample's page with a fault put in; its pictures stay where they are."""
    faulty = sample.html.with_name(f"{tmp_path.name}.html")
    html = sample.html.read_text(encoding="utf-8")
    faulty.write_text(html.replace("</head>", f"<style>{style}</style></head>").replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
    return faulty


STYLES = {
    "all words gone": "* { color: transparent !important; text-decoration-color: transparent !important }",
    "larger text": ".body div, .ink div { font-size: 19px !important }",
    "paragraphs closer": "p { margin-bottom: 16px !important }",
    "another accent": ".a, .num, .plus { color: #0a7a2f !important }",
    "nothing bold": "* { font-weight: normal !important }",
    "wide edges": ".g { padding-left: 60px !important; padding-right: 60px !important }",
    "pictures gone": "img { opacity: 0 !important }",
}


@pytest.mark.parametrize("newsletter", NEWSLETTERS)
@pytest.mark.parametrize("fault", STYLES)
def test_a_changed_page_is_seen(chromium: Chromium, built_samples: dict[str, Sample], tmp_path: Path, newsletter: str, fault: str) -> None:
    page = changed(built_samples[newsletter], tmp_path, style=STYLES[fault])
    with pytest.raises(AssertionError, match="differs|higher or lower|out of place"):
        assert_like_golden(chromium.sheet(page, 375, fonts=georgia()), golden_of(newsletter, 375, "light"))


@pytest.mark.parametrize("newsletter", NEWSLETTERS)
def test_a_page_without_one_section_is_seen(chromium: Chromium, built_samples: dict[str, Sample], tmp_path: Path, newsletter: str) -> None:
    for number in range(len(built_samples[newsletter].headings) + 2):
        page = changed(built_samples[newsletter], tmp_path, script=f"document.querySelectorAll('{SECTION}')[{number}].remove()")
        with pytest.raises(AssertionError, match="pieces where"):
            assert_like_golden(chromium.sheet(page, 375, fonts=georgia()), golden_of(newsletter, 375, "light"))


@pytest.mark.parametrize("newsletter", NEWSLETTERS)
def test_two_sections_that_change_places_are_seen(chromium: Chromium, built_samples: dict[str, Sample], tmp_path: Path, newsletter: str) -> None:
    script = f"const all = document.querySelectorAll('{SECTION}'); all[2].before(all[all.length - 1])"
    with pytest.raises(AssertionError, match="differs|higher or lower|out of place"):
        assert_like_golden(
            chromium.sheet(changed(built_samples[newsletter], tmp_path, script=script), 375, fonts=georgia()), golden_of(newsletter, 375, "light")
        )


@pytest.mark.parametrize("newsletter", NEWSLETTERS)
def test_a_blank_page_is_seen(chromium: Chromium, newsletter: str) -> None:
    with pytest.raises(AssertionError, match="0 pieces"):
        assert_like_golden(chromium.sheet("<!doctype html><body></body>", 375), golden_of(newsletter, 375, "light"))


def test_a_light_page_is_not_taken_for_the_dark_one(sheets: Sheets) -> None:
    with pytest.raises(AssertionError, match="differs"):
        assert_like_golden(sheets.of(NEWSLETTERS[0], 375, "light"), golden_of(NEWSLETTERS[0], 375, "dark"))
