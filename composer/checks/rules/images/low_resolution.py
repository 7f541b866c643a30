"""images/low-resolution."""

from collections.abc import Iterator

from composer.checks.images_reading import figures
from composer.checks.rule import Defect, info
from composer.draft.load import Draft


@info
def low_resolution(draft: Draft, *, sharpness: float = 2.0) -> Iterator[Defect]:
    """A picture that looks soft on most screens.

    What it checks:
        Whether a picture has twice the pixels of the 560 at which a mail shows it: 1,120 across. One that is
        narrower than the text is shown narrower, too. Drawings of lines (SVG) are left out.

    Why it matters:
        Telephones and most newer screens have two or three pixels for each one of the mail.

    Example:
        - figure:
            image: https://example.org/cranes.png
            alt: An automated crane lifts containers at sunset.
            width: 600
            height: 338

    Instead:
        - figure:
            image: https://example.org/cranes.png
            alt: An automated crane lifts containers at sunset.
            width: 1120
            height: 630
    """
    for shown in figures(draft):
        size = shown.size
        # A picture of one pixel is no picture; safety/tracking-pixel speaks of it.
        if size is None or size[0] <= 1 or shown.image.partition("?")[0].lower().endswith(".svg"):
            continue
        from composer.proof.page import TEXT_WIDTH

        needed = round(TEXT_WIDTH * sharpness)
        if size[0] < TEXT_WIDTH:
            message = f"the picture is {size[0]:,} pixels wide, less than the {TEXT_WIDTH} of the text"
        elif size[0] < needed:
            message = f"the picture is {size[0]:,} pixels wide and shown at {TEXT_WIDTH}: soft on sharp screens"
        else:
            continue
        yield Defect(shown.image.place, message, f"use one that is {needed:,} pixels wide or more", label=f"{size[0]:,} of {needed:,} pixels")
