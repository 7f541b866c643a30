"""Golden pictures of pages, compared so coarsely that another machine's fonts pass and a change of design does not.

A page is cut into its strips, one a section, and each strip is scaled to a grid of cells of 40 × 40 px. A cell is
larger than a line of text with its leading, so where a line breaks hardly shows, while colour, edges, gaps, pictures,
rules and the weight of the text do. Two numbers are bounded for each strip: its height against the golden one's, and
the mean difference of the cells' colours (in levels of 255).

Measured on the samples: fonts replaced by others of clearly different width (DejaVu for Liberation) change heights by
up to 27 % and cells by up to 9.9 levels; a strip emptied of its words by 12 or more; another newsletter's page by 20
and more. A section left out changes the number of strips, which must be equal.
"""

import io
import json
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageStat
from PIL.PngImagePlugin import PngInfo

from tests.browser.chromium import Sheet

FOLDER = Path(__file__).parents[1] / "golden" / "screenshots"
CELL = 40
HEIGHT_TOLERANCE = 0.30
CELL_TOLERANCE = 10.0


def strips_of(sheet: Sheet) -> list[tuple[int, int]]:
    """Top and bottom of each section, and of what is below the last one."""
    tops = [(round(top), round(bottom)) for _, top, _, bottom in sheet.strips]
    return [*tops, (tops[-1][1], sheet.picture.height)] if tops else []


def kept(sheet: Sheet, path: Path) -> None:
    """Write a golden picture: few colours, since it is for looking at and for comparing coarsely, its strips in its text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    notes = PngInfo()
    notes.add_text("strips", json.dumps(strips_of(sheet)))
    sheet.picture.quantize(24, dither=Image.Dither.NONE).save(path, optimize=True, pnginfo=notes)


def assert_like_golden(sheet: Sheet, path: Path) -> None:
    """The page looks like its golden picture. Raises AssertionError that names the strip."""
    assert path.is_file(), f"no golden picture {path.name}: COMPOSER_UPDATE_GOLDEN=1 makes it"
    with Image.open(io.BytesIO(path.read_bytes())) as golden:
        expected = [tuple(strip) for strip in json.loads(golden.text["strips"])]  # type: ignore[attr-defined]
        before = golden.convert("RGB")
    shown = strips_of(sheet)
    assert len(shown) == len(expected), f"{len(shown)} strips where {path.name} has {len(expected)}"
    for number, (strip, golden_strip) in enumerate(zip(shown, expected, strict=True), start=1):
        stretch, difference = compared(sheet.picture, strip, before, golden_strip)
        assert stretch <= HEIGHT_TOLERANCE, f"strip {number} is {stretch:.0%} higher or lower than in {path.name}"
        assert difference <= CELL_TOLERANCE, f"strip {number} differs from {path.name} by {difference:.1f} levels"


def compared(one: Image.Image, strip: Sequence[int], other: Image.Image, other_strip: Sequence[int]) -> tuple[float, float]:
    """How much the heights of two strips differ, and how much their cells do."""
    height, golden_height = strip[1] - strip[0], other_strip[1] - other_strip[0]
    grid = (max(2, round(other.width / CELL)), max(1, round(golden_height / CELL)))
    cells = [picture.crop((0, top, picture.width, max(bottom, top + 1))).resize(grid, Image.Resampling.BOX) for picture, (top, bottom) in ((one, strip), (other, other_strip))]
    difference = ImageStat.Stat(ImageChops.difference(*cells)).mean
    return abs(height - golden_height) / max(golden_height, 1), max(difference)
