"""What must hold on every page, however wide, light or dark: each function raises AssertionError where it does not."""

import re
from collections.abc import Sequence
from itertools import pairwise

from tests.browser.chromium import Sheet

# The samples have ink on 5 % (a wide window, mostly canvas) to 13 % of their pixels; half and double leave room for
# other fonts and pictures, and none for a page without its words.
INK = (0.025, 0.26)
SMALLEST_TEXT = 14
BUTTON_HEIGHT = 44
# What stands on a phone's edge is hard to read, most of all where the glass is bent.
BREATHING_ROOM = 16
# Wider than the sign that a browser sets before the words for a picture, so that the sign alone is not taken for them.
SIGN = 40
# Line boxes of fonts with tall metrics reach a little over their line; words that touch overlap by far more.
TOUCHING = 3


def assert_fits(sheet: Sheet) -> None:
    """Nothing makes the page scroll sideways, and no word stands outside."""
    assert sheet.overflow <= 0, f"{sheet.overflow} px wider than the window"
    outside = [w["text"] for w in sheet.words for left, _, right, _ in w["boxes"] if left < -0.5 or right > sheet.width + 0.5]
    assert not outside, f"outside the window: {outside[:3]}"


def assert_no_small_text(sheet: Sheet) -> None:
    """No text is under 14 px, nor are the words that stand for a picture."""
    small = [(t["text"][:40], t["size"]) for t in [*sheet.words, *sheet.alts] if t["size"] < SMALLEST_TEXT]
    assert not small, f"text under {SMALLEST_TEXT} px: {small[:5]}"


def assert_no_overlap(sheet: Sheet) -> None:
    """No words lie on the words of another block."""
    lines = sorted(((box, w["block"], w["text"]) for w in sheet.words for box in w["boxes"]), key=lambda line: line[0][1])
    for index, (box, block, text) in enumerate(lines):
        for other, other_block, other_text in lines[index + 1 :]:
            if other[1] >= box[3]:
                break
            wide = min(box[2], other[2]) - max(box[0], other[0])
            high = min(box[3], other[3]) - max(box[1], other[1])
            assert block == other_block or wide <= TOUCHING or high <= TOUCHING, f"{text[:40]!r} and {other_text[:40]!r} overlap by {wide:.0f}×{high:.0f} px"


def assert_headings(sheet: Sheet, headline: str, headings: Sequence[str]) -> None:
    """One h1, the headline; the section headings as h2, in order, each with a place on the page; no level skipped."""
    assert [h["text"] for h in sheet.headings if h["level"] == 1] == [headline]
    shown = [h["text"] for h in sheet.headings if h["level"] == 2 and h["box"][3] - h["box"][1] >= 20 and 0 <= h["box"][0] < sheet.width]
    standing = [text for text in shown if text in headings]
    assert standing == list(headings), f"section headings shown: {standing}"
    levels = [h["level"] for h in sheet.headings]
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def assert_buttons(sheet: Sheet) -> None:
    """A button is high enough for a thumb, and on phones as wide as its column."""
    assert sheet.buttons, "no button"
    for left, top, right, bottom in sheet.buttons:
        assert bottom - top >= BUTTON_HEIGHT - 0.5, f"a button is {bottom - top} px high"
        assert sheet.width > 480 or right - left >= sheet.width - 2 * (20 + 24), f"a button is {right - left} px wide on a phone"


def assert_alts_keep_off_the_edges(sheet: Sheet) -> None:
    """The words that stand for a picture are drawn, and keep a distance from the window's edges.

    Where they are drawn is asked of the page's own pixels: a browser keeps these words to itself, and no script can
    ask where they stand.
    """
    unseen = [alt for alt in sheet.alts if alt["text"] and not alt["drawn"]]
    assert unseen, "no words stand for a picture here"
    for alt in unseen:
        drawn = _drawn_columns(sheet, alt["box"])
        assert drawn is not None, f"nothing is drawn of {alt['text'][:40]!r}"
        assert drawn[1] - drawn[0] > SIGN, f"{alt['text'][:40]!r} is {drawn[1] - drawn[0]} px wide"
        left, right = drawn[0], sheet.width - drawn[1]
        assert left >= BREATHING_ROOM, f"{alt['text'][:40]!r} is {left} px from the left edge"
        assert right >= BREATHING_ROOM, f"{alt['text'][:40]!r} is {right} px from the right edge"


def _drawn_columns(sheet: Sheet, box: Sequence[float]) -> tuple[int, int] | None:
    """From which column of the page to which something is drawn between a box's top and bottom; None where nothing is."""
    strip = sheet.picture.convert("L").crop((0, round(box[1]), sheet.width, max(round(box[3]), round(box[1]) + 1)))
    counts = strip.histogram()
    paper = max(range(256), key=counts.__getitem__)
    drawn = strip.point([255 if abs(level - paper) >= 60 else 0 for level in range(256)]).getbbox()
    return (drawn[0], drawn[2]) if drawn else None


def assert_links_underlined(sheet: Sheet) -> None:
    """Whoever cannot tell the accent from ink still sees what is a link."""
    bare = [w["text"] for w in sheet.words if w["link"] and not w["button"] and not w["underlined"]]
    assert not bare, f"links without a line: {bare[:5]}"


def assert_contrast(sheet: Sheet) -> None:
    """Every word stands out from what is behind it (WCAG 2.2: 4.5, large text 3)."""
    for words in [*sheet.words, *(alt for alt in sheet.alts if not alt["drawn"])]:
        large = words["size"] >= 24 or (words["size"] >= 18.66 and words["weight"] >= 700)
        ratio = contrast(words["color"], words["background"])
        assert ratio >= (3 if large else 4.5), f"{words['text'][:40]!r}: {words['color']} on {words['background']} is {ratio:.2f}"


def assert_not_blank(sheet: Sheet) -> None:
    """The share of pixels that are not background is that of a page with words and pictures on it."""
    share = ink_share(sheet)
    assert INK[0] <= share <= INK[1], f"{share:.1%} of the page is ink"


def ink_share(sheet: Sheet) -> float:
    """The share of pixels at least 60 of 255 levels of grey away from the commonest one: paper, canvas and panel are closer."""
    counts = sheet.picture.convert("L").histogram()
    paper = max(range(256), key=counts.__getitem__)
    return sum(count for level, count in enumerate(counts) if abs(level - paper) >= 60) / sum(counts)


def contrast(one: str, other: str) -> float:
    """The contrast of two computed colours, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = [int(c) / 255 for c in re.findall(r"\d+", color)[:3]]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
