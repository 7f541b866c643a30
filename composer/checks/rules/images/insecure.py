"""images/insecure."""

from collections.abc import Iterator

from composer.checks.images_reading import figures
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft


@warning
def insecure(draft: Draft) -> Iterator[Defect]:
    """A picture fetched without encryption.

    What it checks:
        Whether a figure's `image` begins with `http:`.

    Why it matters:
        Web mail is read over https, and browsers fetch a picture over http only with a warning or not at all. On the
        way anybody can see which picture is fetched, and put another in its place.

    Example:
        - figure:
            image: http://example.org/cranes.png
            alt: An automated crane lifts containers at sunset.

    Instead:
        - figure:
            image: https://example.org/cranes.png
            alt: An automated crane lifts containers at sunset.

    Source: W3C, Mixed Content (2023).
    """
    for shown in figures(draft):
        if shown.image[:7].lower() == "http://":
            yield Defect(
                shown.image.place_of(0, 7),
                "this picture is fetched without encryption",
                "write https:// and see whether the picture is there; else save it beside the draft",
                label="not https",
            )
