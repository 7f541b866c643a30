"""images/tall."""

from collections.abc import Iterator

from composer.checks.images_reading import figures
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft


@warning
def tall(draft: Draft, *, height: int = 1728) -> Iterator[Defect]:
    """A picture too tall for Outlook.

    What it checks:
        The height at which a mail shows a picture, which is never wider than the text: 1,728 pixels or more.

    Why it matters:
        Outlook for Windows sets a mail as Word does, on sheets of 18 inches. It cuts a taller picture at the top or
        makes it smaller.

    Example:
        - figure:
            image: https://example.org/cranes.png
            alt: The harbor's cranes one above the other.
            width: 1120
            height: 4000

    Instead:
        - figure:
            image: https://example.org/cranes-1.png
            alt: The harbor's northern cranes one above the other.
            width: 1120
            height: 2000

    Source: Microsoft, S. Fellman, "Large pictures clipped in Outlook 2007" (2008): 18 inches, which is 1,728 pixels.
    """
    for shown in figures(draft):
        size = shown.shown_size
        if size is not None and size[1] >= height:
            yield Defect(
                shown.image.place,
                f"the picture is shown {size[1]:,} pixels tall; Outlook for Windows cuts it at {height:,}",
                "cut it into two figures, or crop it",
                label=f"{size[0]:,} × {size[1]:,} pixels in the mail",
            )
