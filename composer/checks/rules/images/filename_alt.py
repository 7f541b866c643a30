"""images/filename-alt."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath

from composer.checks.images_reading import figures
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft
from composer.yaml_source.values import Scalar


@warning
def filename_alt(draft: Draft) -> Iterator[Defect]:
    """The words for a picture are a file's name.

    What it checks:
        Whether an `alt` ends like a picture's file, is the name of the picture it stands for, or is what cameras and
        telephones call their files: `IMG_2041`, `DSC00017`, `Screenshot 2026-11-20 at 10.04.12`.

    Why it matters:
        A reader whose mail program shows no pictures reads "img underscore two zero four one".

    Example:
        - figure:
            image: harbor-cranes.png
            alt: harbor-cranes.png

    Instead:
        - figure:
            image: harbor-cranes.png
            alt: An automated crane lifts containers at sunset.

    Source: WCAG 2.2, failure F30 of success criterion 1.1.1.
    """
    for shown in figures(draft):
        alt = shown.figure.alt
        if isinstance(alt, Scalar) and _is_file_name(alt.strip(), shown.image.partition("?")[0]):
            yield Defect(alt.place, "`alt` is the name of a file", "say in one sentence what the picture shows", label="a file's name")


def _is_file_name(alt: str, address: str) -> bool:
    if _named_like_a_file().fullmatch(alt):
        return True
    if alt.lower() not in address.lower():
        return False
    image = PurePosixPath(address)
    # `Crane` for crane.png is a thin description, `harbor-cranes` a name.
    return alt.lower() == image.name.lower() or (alt.lower() == image.stem.lower() and not alt.isalpha() and " " not in alt)


@cache
def _named_like_a_file() -> re.Pattern[str]:
    ending = r"[^\n]{1,200}\.(?:png|jpe?g|gif|webp|avif|svg|heic|tiff?|bmp)"
    camera = r"(?:IMG|DSC|DSCN|DSCF|PXL|MVIMG|P|DJI|GOPR|WP|VID)[-_ ]?\d{3,}[-_\w()]*"
    screenshot = r"screen ?shot[-_ ]\d{4}-?\d\d-?\d\d.*|(?:image|img|picture|photo|figure|unnamed|untitled)[-_]?\d*|(?:image|picture|photo)[-_ ]?\(?\d+\)?"
    return re.compile(rf"{ending}|{camera}|{screenshot}", re.IGNORECASE)
