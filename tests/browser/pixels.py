"""What a page's own pixels say of its contrast: the judge of what is turned dark where no script can ask for the colours.

A text's ground is the commonest colour of its box. Its ink is the colour farthest from the ground that a small share of the
pixels reach, the cores of the letters; their smooth edges are nearer to the ground. So letters must be drawn large enough
to have cores: in pictures with two pixels for each of the page's. The rows where an underline runs are not looked at,
since a line that can be seen says nothing of letters that cannot.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from PIL import Image

from tests.browser.chromium import Sheet

# The rows of a line's box that hold small letters and no underline.
ROWS = (0.2, 0.78)
# The share of a box's pixels that the cores of its letters have at least, and the number in the smallest of boxes.
CORES, FEWEST_CORES = 0.004, 4
# What is looked at around a picture, in the page's pixels: less than lies between it and any text.
AROUND = 2
# What a page in the dark may be at the lightest: #404040, a little lighter than the lightest canvas we know, #3E3D39.
DARKEST_OF_LIGHT = 64

Color = tuple[int, int, int]


class Text(NamedTuple):
    """A text as it is drawn: its contrast, and what it must have by WCAG 2.2, success criterion 1.4.3."""

    words: str
    ink: Color
    ground: Color
    contrast: float
    least: float


def texts_of(sheet: Sheet) -> list[Text]:
    """Every text of a page that has a letter or a number, by its widest line."""
    picture = sheet.picture
    return [_text(picture, sheet.scale, words) for words in sheet.words if words["boxes"] and any(map(str.isalnum, words["text"]))]


def assert_texts_stand_out(sheet: Sheet) -> int:
    """Every text stands out from what is behind it, in the picture itself; the number of texts."""
    texts = texts_of(sheet)
    assert texts, "no text is drawn"
    faint = [f"{text.words[:40]!r}: {text.ink} on {text.ground} is {text.contrast:.2f}" for text in texts if text.contrast < text.least]
    assert not faint, "; ".join(faint[:5])
    return len(texts)


def assert_dark(sheet: Sheet) -> None:
    """The page is dark: its commonest colour, and its corners, where nothing stands but canvas."""
    picture = sheet.picture
    corners = [_commonest(picture.crop((x, y, x + 1, y + 1))) for x in (1, picture.width - 2) for y in (picture.height // 2, picture.height - 2)]
    for color in (_commonest(picture), *corners):
        assert max(color) <= DARKEST_OF_LIGHT, f"the page stayed light: {color}"


def assert_pictures_show(sheet: Sheet) -> int:
    """In every picture, or between it and what is around it, there is something to see (WCAG 2.2, 1.4.11: 3); their number."""
    for alt in sheet.alts:
        left, top, right, bottom = alt["box"]
        box = _box((left - AROUND, top - AROUND, right + AROUND, bottom + AROUND), sheet.scale)
        ratio = _ink_of(_counted(sheet.picture.crop(box)))[1]
        assert ratio >= 3, f"the picture {alt['text'][:40]!r} at {box[:2]} is all but of one colour: {ratio:.2f}"
    return len(sheet.alts)


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _text(picture: Image.Image, scale: int, words: dict[str, Any]) -> Text:
    left, top, right, bottom = max(words["boxes"], key=lambda box: float(box[2]) - float(box[0]))
    height = bottom - top
    counted = _counted(picture.crop(_box((left, top + height * ROWS[0], right, top + height * ROWS[1]), scale)))
    large = words["size"] >= 24 or (words["size"] >= 18.66 and words["weight"] >= 700)
    ink, ratio = _ink_of(counted)
    return Text(words["text"], ink, _most(counted), ratio, 3 if large else 4.5)


def _ink_of(counted: list[tuple[int, Color]]) -> tuple[Color, float]:
    """The colour farthest from the commonest that enough pixels reach, and its contrast with it."""
    ground = _most(counted)
    enough = max(FEWEST_CORES, CORES * sum(count for count, _ in counted))
    reached = 0
    for ratio, count, color in sorted(((contrast(color, ground), count, color) for count, color in counted), reverse=True):
        reached += count
        if reached >= enough:
            return color, ratio
    return ground, 1.0


def _box(box: Sequence[float], scale: int) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(side * scale) for side in box)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _counted(picture: Image.Image) -> list[tuple[int, Color]]:
    counted = picture.getcolors(picture.width * picture.height) or []
    return [(count, (color[0], color[1], color[2])) for count, color in counted if isinstance(color, tuple)]


def _commonest(picture: Image.Image) -> Color:
    return _most(_counted(picture))


def _most(counted: list[tuple[int, Color]]) -> Color:
    return max(counted)[1]


@cache
def _luminance(color: Color) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (channel / 255 for channel in color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
