"""images/unsupported-format."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from composer.checks.images_reading import Shown, figures
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_FEATURES = {
    "webp": "image-webp",
    "avif": "image-avif",
    "svg": "image-svg",
    "heic": "image-heif",
    "heif": "image-heif",
    "tiff": "image-tiff",
    "tif": "image-tiff",
}


@warning
def unsupported_format(draft: Draft) -> Iterator[Defect]:
    """A picture in a format that widely used mail programs do not show.

    What it checks:
        Whether a picture is WebP, AVIF, SVG, HEIC or TIFF, by its file or by the ending of its address, and whether
        one of the mail clients that newsletter.yaml names, else one of the usual, does not show that format.

    Why it matters:
        Outlook for Windows shows an empty frame for WebP and AVIF, Gmail for SVG.

    Example:
        - figure:
            image: https://example.org/cranes.webp
            alt: An automated crane lifts containers at sunset.

    Instead:
        - figure:
            image: https://example.org/cranes.png
            alt: An automated crane lifts containers at sunset.

    Source: caniemail 2.0.2 (npm), data of 2026-05-13.
    """
    for shown in figures(draft):
        slug = _FEATURES.get(_kind(shown))
        if slug is None or draft.newsletter is None:
            continue
        from composer.checks.clients_reading import clients_of
        from composer.facts.client_support import client_support

        support = client_support()
        failing = [client for client in clients_of(draft.newsletter) if support.of(client, slug) == "n"]
        if failing:
            name = support.features[slug].title.removesuffix(" image format")
            yield Defect(
                shown.image.place,
                f"{name} pictures are not shown by {support.shown(failing)}, as of the test of {support.features[slug].tested}",
                "save it as PNG or JPEG",
                label="an empty frame in some mail programs",
            )


def _kind(shown: Shown) -> str:
    if shown.file is not None:
        return shown.file.media_type.removeprefix("image/").removesuffix("+xml")
    if shown.figure.is_local or shown.image[:5].lower() == "data:":
        return ""
    from urllib.parse import urlsplit

    try:
        address = urlsplit(shown.image.strip())
    except ValueError:
        return ""
    return _asked_for(address) or address.path.rpartition(".")[2].lower()


def _asked_for(address: "SplitResult") -> str:
    """The format that picture hosts are asked for behind the address, whatever its ending: `?fm=webp`."""
    from urllib.parse import parse_qsl

    return next((value.lower() for name, value in parse_qsl(address.query) if name in ("fm", "format", "output-format")), "")
