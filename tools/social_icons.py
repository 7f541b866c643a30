"""Draws the icons of profiles elsewhere: python tools/social_icons.py, which writes templates/_shared/icons/*.png.

They are drawings of our own, a white sign on a grey disc, from strokes and shapes; no network's file was copied. The grey has
a contrast of at least 3.9 with white and with black, so that the disc shows on a light canvas and on a dark one, and 4.5
with the sign. A file is 40 pixels wide, for a place of 20.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parents[1] / "templates/_shared/icons"
WIDTH = 40
# Drawn larger and made smaller, so that edges are smooth.
SCALE = 16
GREY = (118, 118, 118, 255)
WHITE = (255, 255, 255, 255)
COLORS = 16

Point = tuple[float, float]


class Pen:
    """Draws on a disc whose sides are 0 and 40."""

    def __init__(self) -> None:
        self.image = Image.new("RGBA", (WIDTH * SCALE, WIDTH * SCALE), (*GREY[:3], 0))
        self._draw = ImageDraw.Draw(self.image)
        self.disc(20, 20, 19.5, GREY)

    def disc(self, x: float, y: float, radius: float, color: tuple[int, int, int, int] = WHITE) -> None:
        """A filled circle."""
        self._draw.ellipse(self._box(x - radius, y - radius, x + radius, y + radius), fill=color)

    def line(self, points: Sequence[Point], width: float = 3.2) -> None:
        """A stroke with round ends and corners."""
        self._draw.line([(x * SCALE, y * SCALE) for x, y in points], fill=WHITE, width=round(width * SCALE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2)

    def arc(self, x: float, y: float, radius: float, start: float, end: float, width: float = 3.2) -> None:
        """A part of a circle, in degrees clockwise from three o'clock; the radius is that of the stroke's outer edge."""
        self._draw.arc(self._box(x - radius, y - radius, x + radius, y + radius), start, end, fill=WHITE, width=round(width * SCALE))

    def box(self, left: float, top: float, right: float, bottom: float, corner: float, *, filled: bool = False) -> None:
        """A rectangle with round corners."""
        self._draw.rounded_rectangle(
            self._box(left, top, right, bottom), corner * SCALE, fill=WHITE if filled else None, outline=WHITE, width=round(2.8 * SCALE)
        )

    def shape(self, points: Sequence[Point], color: tuple[int, int, int, int] = WHITE) -> None:
        """A filled polygon."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=color)

    def oval(self, left: float, top: float, right: float, bottom: float) -> None:
        """An ellipse's outline."""
        self._draw.ellipse(self._box(left, top, right, bottom), outline=WHITE, width=round(2.2 * SCALE))

    @staticmethod
    def _box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        return left * SCALE, top * SCALE, right * SCALE, bottom * SCALE


def bluesky(pen: Pen) -> None:
    """A butterfly: two large wings and two small ones."""
    for side in (-1, 1):
        pen.shape([(20 + side * x, y) for x, y in ((0.4, 18.5), (3.5, 13.5), (8, 10.3), (10.6, 10), (11.2, 12.5), (10.2, 18), (8, 20.4), (2, 20.6))])
        pen.shape([(20 + side * x, y) for x, y in ((0.4, 20.5), (4.5, 21.6), (8.6, 22.6), (8, 26), (5.2, 29), (2.8, 27.6))])


def mastodon(pen: Pen) -> None:
    """An m with round shoulders in a speech bubble's outline."""
    pen.box(9, 9, 31, 27, 6)
    pen.shape([(13, 25), (22, 26.5), (14, 32)])
    pen.line([(14.5, 22), (14.5, 16.8)], 2.6)
    pen.line([(20, 20.5), (20, 16.8)], 2.6)
    pen.line([(25.5, 22), (25.5, 16.8)], 2.6)
    pen.arc(17.25, 16.8, 4.05, 180, 360, 2.6)
    pen.arc(22.75, 16.8, 4.05, 180, 360, 2.6)


def threads(pen: Pen) -> None:
    """A thread that winds around itself."""
    pen.arc(20, 20, 11.5, 30, 345, 3)
    pen.arc(20, 21, 5.8, 0, 360, 3)
    pen.arc(22.3, 21, 8.8, 250, 30, 3)


def rss(pen: Pen) -> None:
    """Waves that leave a point."""
    pen.disc(13.6, 26.6, 2.7)
    pen.arc(11, 29, 12.6, 270, 360, 3.4)
    pen.arc(11, 29, 19.6, 270, 360, 3.4)


def x(pen: Pen) -> None:
    """Two strokes that cross."""
    pen.line([(12.5, 12), (27.5, 28)], 4)
    pen.line([(27, 12), (13, 28)], 2.4)


def facebook(pen: Pen) -> None:
    """An f."""
    pen.line([(19, 31), (19, 16)], 4)
    pen.arc(24, 15.6, 7, 180, 275, 4)
    pen.line([(14.8, 20.4), (24.4, 20.4)], 3.6)


def instagram(pen: Pen) -> None:
    """A camera from the front."""
    pen.box(10, 10, 30, 30, 6)
    pen.arc(20, 20, 5.6, 0, 360, 2.8)
    pen.disc(25.6, 14.4, 1.5)


def linkedin(pen: Pen) -> None:
    """The two letters of its end."""
    pen.disc(13.2, 12.6, 2.3)
    pen.line([(13.2, 18), (13.2, 28)], 3.8)
    pen.line([(19.6, 18), (19.6, 28)], 3.8)
    pen.line([(27.4, 21.6), (27.4, 28)], 3.8)
    pen.arc(23.5, 21.4, 5.8, 180, 360, 3.8)


def youtube(pen: Pen) -> None:
    """A screen that plays."""
    pen.box(8.5, 12, 31.5, 28, 4.5, filled=True)
    pen.shape([(17.4, 15.8), (17.4, 24.2), (24.6, 20)], GREY)


def other(pen: Pen) -> None:
    """A globe, for any other place."""
    pen.oval(10, 10, 30, 30)
    pen.oval(15.6, 10, 24.4, 30)
    pen.line([(11, 20), (29, 20)], 2.2)


DRAWINGS: tuple[Callable[[Pen], None], ...] = (bluesky, mastodon, threads, rss, x, facebook, instagram, linkedin, youtube, other)


def main() -> None:
    """Write every icon."""
    FOLDER.mkdir(exist_ok=True)
    for drawing in DRAWINGS:
        pen = Pen()
        drawing(pen)
        small = pen.image.resize((WIDTH, WIDTH), Image.Resampling.LANCZOS)
        # A few tones are enough for smooth edges.
        small.quantize(COLORS, method=Image.Quantize.FASTOCTREE).save(FOLDER / f"{drawing.__name__}.png", optimize=True)


if __name__ == "__main__":
    main()
