"""safety/tracking-pixel."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from composer.checks.rule import Defect, info
from composer.facts.tracking_pixels import tracker_of
from composer.proof.proof import Proof

if TYPE_CHECKING:
    from lxml.etree import _Element


@info
def tracking_pixel(proof: Proof) -> Iterator[Defect]:
    """A picture that is there to report who opens the mail.

    What it checks:
        The pictures of the rendered mail, from the draft and from templates alike, for a size of one by one pixel and
        for the addresses at which known services count opened mails.

    Why it matters:
        Readers did not ask for it, the law of many countries wants their consent, and mail programs load or block
        such pictures on their own, so that the numbers mean little.

    Example:
        - figure:
            image: https://example.org/open.gif
            width: 1
            height: 1

    Instead:
        - figure:
            image: https://example.org/cranes.png
            width: 1120
            height: 630

    Source: composer/facts/tracking_pixels.txt, with its date.
    """
    if proof.tree is None:
        return
    for picture in proof.tree.elements("img"):
        address = str(picture.get("src", ""))
        service = tracker_of(address) if address.startswith(("http:", "https:", "//")) else None
        if service is None and not _is_pixel(picture):
            continue
        in_templates = proof.place_in_templates(address)
        is_there = in_templates.end_column > in_templates.column
        place = in_templates if is_there else proof.tree.place_of(picture) or in_templates
        yield Defect(
            place,
            f"a picture at {urlsplit(address).hostname or address} counts for {service} who opens the mail"
            if service is not None
            else "a picture of one pixel, as they are used to count who opens the mail",
            "delete it, unless readers were told and asked",
            label="reports who opens the mail",
        )


def _is_pixel(picture: "_Element") -> bool:
    width = _size(picture, "width")
    return width is not None and width <= 1 and (_size(picture, "height") or 0) <= 1


def _size(picture: "_Element", side: str) -> int | None:
    typed = str(picture.get(side, ""))
    if not typed.removesuffix("px").isdigit():
        styles = dict(part.split(":", 1) for part in str(picture.get("style", "")).replace(" ", "").split(";") if ":" in part)
        typed = styles.get(side, "")
    typed = typed.removesuffix("px")
    return int(typed) if typed.isdigit() else None
