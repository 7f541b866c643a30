"""Pictures for the documentation, made small: few colours, the right ones, and no longer than it takes to see the design."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

Color = tuple[int, ...]

# The colours of a theme cover large areas and must stay exact; the shades at the edges of letters need not.
EXACT, SHADES = 24, 24
# Colours nearer to each other than this, summed over the channels, would be taken for one another.
APART = 16
# Rows alike, more than lie between two lines of a paragraph, make a place to cut.
GAP = 24
BAND = 24


def kept_small(picture: Image.Image, path: Path, most_bytes: int, **notes: str) -> None:
    """Write a picture as a PNG of few colours, with notes in its text. Raises AssertionError where it is larger than it may be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = PngInfo()
    for name, words in notes.items():
        text.add_itxt(name, words, zip=True)
    picture.quantize(palette=_palette(picture), dither=Image.Dither.NONE).save(path, optimize=True, pnginfo=text)
    size = path.stat().st_size
    assert size <= most_bytes, f"{path.name} has {size:,} bytes and may have {most_bytes:,}"


def _palette(picture: Image.Image) -> Image.Image:
    counted = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)
    shades = picture.quantize(SHADES, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).getpalette() or []
    exact = _apart((), (tuple(color) for _, color in counted if isinstance(color, tuple)), EXACT)
    colors = _apart(exact, (tuple(shades[at : at + 3]) for at in range(0, len(shades), 3)), EXACT + SHADES)
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for color in colors for channel in color])
    return palette


def _apart(first: Sequence[Color], more: Iterable[Color], most: int) -> list[Color]:
    """The first colours, and of more those that are not all but the same as one before, so many in all."""
    made = list(first)
    for color in more:
        if len(made) < most and all(sum(abs(one - other) for one, other in zip(color, known, strict=True)) >= APART for known in made):
            made.append(color)
    return made


def spans_of(picture: Image.Image, spans: Sequence[tuple[int, int]]) -> Image.Image:
    """Parts of a page, each from one row to another, with dashed lines between; they begin and end in gaps, a little shorter."""
    parts = [picture.crop((0, start, picture.width, end)) for start, end in (in_gaps(picture, span) for span in spans)]
    ground = parts[0].getpixel((picture.width // 2, parts[0].height - 1))
    made = Image.new("RGB", (picture.width, sum(part.height for part in parts) + BAND * (len(parts) - 1)), ground)
    pen = ImageDraw.Draw(made)
    row = 0
    for part in parts:
        if row:
            for left in range(0, picture.width, 12):
                pen.line((left, row - BAND // 2, left + 6, row - BAND // 2), fill="#8A8A8A", width=2)
        made.paste(part, (0, row))
        row += part.height + BAND
    return made


def in_gaps(picture: Image.Image, span: tuple[int, int]) -> tuple[int, int]:
    """A span, shortened where it would begin or end within a line of text."""
    return _gap_behind(picture, span[0]), _gap_before(picture, span[1])


def _gap_before(picture: Image.Image, end: int) -> int:
    return end if end >= picture.height else next(row for row in range(end, GAP, -1) if _empty(picture, row - GAP))


def _gap_behind(picture: Image.Image, start: int) -> int:
    return start if start <= 0 else next(row for row in range(start, picture.height - GAP) if _empty(picture, row))


def _empty(picture: Image.Image, top: int) -> bool:
    """Whether nothing stands in the rows from `top` on, a gap high: all of them are paper and canvas."""
    return len(picture.crop((0, top, picture.width, top + GAP)).getcolors(picture.width * GAP) or []) <= 2
