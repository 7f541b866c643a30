"""images/heavy."""

from collections.abc import Iterator

from composer.checks.images_reading import figures
from composer.checks.rule import Defect, error
from composer.draft.load import Draft


@error
def heavy(draft: Draft, *, warn_bytes: int = 200_000, most_bytes: int = 1_000_000) -> Iterator[Defect]:
    """A picture that takes long to load.

    What it checks:
        The size of each picture's file beside the draft: over 200 KB is a warning, over 1 MB an error.

    Why it matters:
        On a train the picture comes when the reader is gone, and every reader pays for it.

    Example:
        - figure:
            image: cranes-straight-from-the-camera.jpg
            alt: An automated crane lifts containers at sunset.

    Instead:
        - figure:
            image: cranes.jpg
            alt: An automated crane lifts containers at sunset.
    """
    for shown in figures(draft):
        if shown.file is None:
            continue
        size = shown.file.path.stat().st_size
        if size > warn_bytes:
            yield Defect(
                shown.image.place,
                f"the picture weighs {_words(size)}",
                f"{_advice(shown.file.width, shown.file.media_type)}: under {_words(warn_bytes)} is quick everywhere",
                label=_words(size),
                level=None if size > most_bytes else "warning",
            )


def _words(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size // 1000} KB"


def _advice(width: int, media_type: str) -> str:
    if width > 1120:
        return "save it 1,120 pixels wide"
    if media_type == "image/gif":
        return "save fewer frames of it, or a still picture"
    return "save it as JPEG, or with fewer colors" if media_type == "image/png" else "save it with stronger compression"
