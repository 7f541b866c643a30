"""images/embedded."""

from collections.abc import Iterator

from composer.checks.images_reading import figures
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft


@warning
def embedded(draft: Draft) -> Iterator[Defect]:
    """A picture typed into the draft as a `data:` address.

    What it checks:
        Whether a figure's `image` holds the picture itself instead of saying where it is.

    Why it matters:
        Gmail does not show such pictures at all, and each adds a third more than its own size to a mail that Gmail
        cuts at 102 KB.

    Example:
        - figure:
            image: data:image/png;base64,iVBORw0KGgo…
            alt: A lamp.

    Instead:
        - figure:
            image: lamp.png
            alt: A lamp.

    Source: caniemail, "Base 64 image format", tested 2020-02, for Gmail again 2024-05; RFC 2397.
    """
    for shown in figures(draft):
        if shown.image[:5].lower() == "data:":
            start = shown.image.partition(",")[0]
            yield Defect(
                shown.image.place_of(0, len(start)),
                "the picture is typed into the draft, where Gmail does not show it",
                "save it as a file in the folder beside the draft and write its name, or its https address",
                label="a whole picture follows",
            )
