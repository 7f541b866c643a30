"""images/missing-size."""

from collections.abc import Iterator

from composer.checks.images_reading import figures
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft
from composer.yaml_source.validation_problems import place_of_missing
from composer.yaml_source.values import Mapping


@warning
def missing_size(draft: Draft) -> Iterator[Defect]:
    """A picture on the web without its width and height.

    What it checks:
        That a figure whose `image` is a web address has both `width` and `height`. Those of a file beside the draft
        are read from it.

    Why it matters:
        Without them the text jumps while pictures load, and Outlook for Windows shows a picture at its full size, as
        wide as it is.

    Example:
        - figure:
            image: https://example.org/cranes.png
            alt: An automated crane lifts containers at sunset.

    Instead:
        - figure:
            image: https://example.org/cranes.png
            alt: An automated crane lifts containers at sunset.
            width: 1120
            height: 630
    """
    for shown in figures(draft):
        figure, typed = shown.figure, shown.figure.origin
        if figure.is_local or shown.image.startswith("data:") or not isinstance(typed, Mapping):
            continue
        missing = [name for name, value in (("width", figure.width), ("height", figure.height)) if value is None]
        if missing:
            yield Defect(
                place_of_missing(typed, missing[0], draft.source.top),
                f"the figure has no {' and no '.join(f'`{name}`' for name in missing)}",
                "add the picture's own size in pixels: " + ", ".join(f"`{name}: …`" for name in missing),
                label="how large is this picture?",
            )
