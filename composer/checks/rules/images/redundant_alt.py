"""images/redundant-alt."""

import re
from collections.abc import Iterator
from functools import cache

from composer.blocks.figure import Figure
from composer.checks.images_reading import figures
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft
from composer.yaml_source.values import Scalar


@warning
def redundant_alt(draft: Draft) -> Iterator[Defect]:
    """The words for a picture say that it is one, or repeat its caption.

    What it checks:
        Whether an `alt` begins with "image of", "photo of" or the like, and whether it is the caption once more. What
        says more than that it is a picture stays: a graph, a drawing, a screenshot, an aerial photo.

    Why it matters:
        Screen readers announce a picture as one by themselves, and read the caption too: readers hear it twice.

    Example:
        - figure:
            image: harbor-cranes.png
            alt: Image of an automated crane at sunset.

    Instead:
        - figure:
            image: harbor-cranes.png
            alt: An automated crane at sunset.

    Source: W3C Web Accessibility Initiative, Images Tutorial, Tips and Tricks.
    """
    for shown in figures(draft):
        alt = shown.figure.alt
        if not isinstance(alt, Scalar):
            continue
        opening = _opening().match(alt)
        if opening is not None:
            yield Defect(
                alt.place_of(*opening.span(1)),
                f"“{opening[1]}” says only that the picture is a picture",
                "leave it out and begin with what the picture shows",
                label="screen readers say this themselves",
            )
        elif _repeats_caption(alt, shown.figure):
            yield Defect(
                alt.place,
                "`alt` is the caption once more",
                "say what the picture shows; what it means stands in the caption",
                label="read out twice",
            )


def _repeats_caption(alt: str, figure: Figure) -> bool:
    return figure.caption is not None and _bare(alt) == _bare(figure.caption.visible) != ""


def _bare(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum())


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(
        r"\s*((?:(?:an?|the|this)\s+)?(?:images?|pictures?|photos?|photographs?|pics?|graphics?)\s+(?:of|showing|shows|depicting|that shows))\b", re.IGNORECASE
    )
