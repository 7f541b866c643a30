"""images/animated."""

from collections.abc import Iterator

from composer.checks.images_reading import figures
from composer.checks.rule import Defect, info
from composer.draft.load import Draft


@info
def animated(draft: Draft) -> Iterator[Defect]:
    """A picture that moves.

    What it checks:
        Whether the picture's file beside the draft has more than one frame.

    Why it matters:
        Outlook for Windows may show the first frame only, so it must say everything by itself. Movement that runs on
        for over five seconds also keeps some readers from reading.

    Example:
        - figure:
            image: cranes-moving.gif
            alt: Three cranes pass containers to each other.

    Instead:
        - figure:
            image: cranes.png
            alt: Three cranes pass containers to each other.

    Source: caniemail, "GIF image format", tested 2020-02; WCAG 2.2, success criterion 2.2.2.
    """
    for shown in figures(draft):
        if shown.file is not None and shown.file.is_animated:
            yield Defect(
                shown.image.place,
                "the picture moves, and some readers see its first frame only",
                "see that the first frame says it all and that it stops within five seconds, or use a still picture",
                label="an animation",
            )
