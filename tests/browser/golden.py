"""Golden pictures of pages, compared so that another machine passes and a change of design does not.

The browser sees the same fonts everywhere (fonts.conf), unhinted. What may still differ between machines is a hair in
the width of letters, and with it where a line breaks. So a page is compared piece by piece, a piece being a block of
text or a picture, and each has to be where it was: the same distance below the piece before it, the same edges, at most
one line higher or lower. Its colours, and those beside it, are compared on a grid of cells of 40 × 40 px, larger than a
line with its leading: edges, bars, weight and colour of the text stay, single letters do not. Bounded are the worst
piece and the mean of all, in levels of 255.
"""

import io
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean

from PIL import Image, ImageChops, ImageStat
from PIL.PngImagePlugin import PngInfo

from tests.browser.chromium import Sheet

FOLDER = Path(__file__).parents[1] / "golden" / "screenshots"
CELL = 40
# Measured on six pages: with 64 colours no piece of a golden picture is off by more than 3 levels from the page that it
# was taken of; with 32, a button in the dark was off by 21.
COLORS = 64
# Distances and edges are whole numbers of the style sheet; a rounded line-height may move them by one.
DISTANCE = 2
LINE = 42
# Measured: letters 0.01 to 0.06 px wider or narrower, so that lines break elsewhere, change the worst piece by up to
# 11 levels and all of them by 0.1 to 0.9 in the mean; another accent by 1.0 to 2.9 in the mean, text without bold by
# 1.5 to 2.0, a page without its words by 7 to 17.
WORST_CELLS = 20.0
MEAN_CELLS = 1.0


def kept(sheet: Sheet, path: Path) -> None:
    """Write a golden picture: few colours, since it is for looking at and for comparing coarsely; its pieces are in its text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    notes = PngInfo()
    notes.add_text("pieces", json.dumps([[round(edge) for edge in piece] for piece in sheet.pieces]))
    sheet.picture.quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True, pnginfo=notes)


def assert_like_golden(sheet: Sheet, path: Path) -> None:
    """The page looks like its golden picture. Raises AssertionError that says where it does not."""
    assert path.is_file(), f"no golden picture {path.name}: COMPOSER_UPDATE_GOLDEN=1 makes it"
    with Image.open(io.BytesIO(path.read_bytes())) as golden:
        expected = json.loads(golden.text["pieces"])  # type: ignore[attr-defined]
        before = golden.convert("RGB")
    assert len(sheet.pieces) == len(expected), f"{len(sheet.pieces)} pieces where {path.name} has {len(expected)}"
    _assert_in_place(sheet.pieces, expected, path.name)
    differences = [_difference(sheet.picture, piece, before, was) for piece, was in zip(sheet.pieces, expected, strict=True)]
    worst = max(range(len(differences)), key=differences.__getitem__)
    assert differences[worst] <= WORST_CELLS, f"piece {worst + 1} of {len(expected)} differs from {path.name} by {differences[worst]:.1f} levels"
    assert fmean(differences) <= MEAN_CELLS, f"the page differs from {path.name} by {fmean(differences):.2f} levels"


def _assert_in_place(pieces: Sequence[Sequence[float]], expected: Sequence[Sequence[float]], name: str) -> None:
    for number, (piece, was) in enumerate(zip(pieces, expected, strict=True), start=1):
        left, top, right, bottom = (now - then for now, then in zip(piece, was, strict=True))
        assert abs(left) <= DISTANCE or abs(right) <= DISTANCE, f"piece {number} is out of place: {piece} in {name} is {was}"
        assert abs(bottom - top) <= LINE, f"piece {number} is {bottom - top:.0f} px higher or lower than in {name}"
    for number, ((one, two), (one_was, two_was)) in enumerate(zip(pairwise(pieces), pairwise(expected), strict=True), start=2):
        if two_was[1] >= one_was[3]:
            moved = (two[1] - one[3]) - (two_was[1] - one_was[3])
            assert abs(moved) <= DISTANCE, f"piece {number} is out of place: {moved:.0f} px further from the one before than in {name}"


def _difference(one: Image.Image, piece: Sequence[float], other: Image.Image, was: Sequence[float]) -> float:
    grid = (max(2, round(other.width / CELL)), max(1, round((was[3] - was[1]) / CELL)))
    cells = [
        picture.crop((0, round(top), picture.width, max(round(bottom), round(top) + 1))).resize(grid, Image.Resampling.BOX)
        for picture, (_, top, _, bottom) in ((one, piece), (other, was))
    ]
    return max(ImageStat.Stat(ImageChops.difference(*cells)).mean)
