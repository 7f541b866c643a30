"""clients/outlook-dpi."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from composer.checks.clients_reading import is_read_by
from composer.checks.rule import Defect, info
from composer.place import Place
from composer.proof.proof import Proof


@info
def outlook_dpi(proof: Proof) -> Iterator[Defect]:
    """On Windows screens set to 120 dpi, Outlook would show a picture or the mail in another size.

    What it checks:
        Where Outlook on Windows is among the newsletter's clients: that every picture has a `width` attribute in
        pixels, since Outlook takes no width from styles for it, and that the mail tells Outlook to count 96 pixels to
        the inch.

    Why it matters:
        Without the attribute Outlook shows the file at its full size, 2,400 pixels wide if need be; without the 96,
        text grows on such screens and what is sized in attributes does not.

    Example:
        # in a template
        <img src="https://pictures.example.org/map.png" alt="A map" style="width: 300px" />

    Instead:
        <img src="https://pictures.example.org/map.png" alt="A map" width="300" style="width: 300px" />

    Source: caniemail.com on the width attribute and on `width` (tests of 2019-09); Microsoft's OfficeDocumentSettings.
    """
    if not proof.rendered or not is_read_by(proof, "outlook-windows"):
        return
    if "<o:PixelsPerInch>96</o:PixelsPerInch>" not in proof.rendered:
        yield Defect(
            proof.place_in_templates("<mj-head>"),
            "the mail does not tell Outlook to count 96 pixels to the inch",
            "put `<o:PixelsPerInch>96</o:PixelsPerInch>` into OfficeDocumentSettings, as MJML does by itself",
            label="missing in the head",
        )
    for number, picture in enumerate(_pictures().findall(proof.rendered)):
        width = _width().search(picture)
        if width is None or not width[1].removesuffix("px").isdigit():
            said = f"the width `{width[1]}`" if width else "no `width` attribute"
            yield Defect(
                _place(proof, number, picture),
                f"a picture has {said}: Outlook shows it at the size of its file",
                'give the element its width in pixels: `width="300"`',
                label="Outlook needs a width here",
            )


def _place(proof: Proof, number: int, picture: str) -> Place:
    """Where a template names the picture's file; where none does, the draft's line that did."""
    source = unescape((re.search(r'\ssrc="([^"]*)"', picture) or ["", ""])[1])
    named = proof.place_in_templates(source) if source else None
    if named is not None and named.end_column > named.column:
        return named
    element = next((e for i, e in enumerate(proof.tree.elements("img")) if i == number), None) if proof.tree is not None else None
    typed = proof.tree.place_of(element) if proof.tree is not None and element is not None else None
    return typed or proof.place_in_templates("<img")


@cache
def _pictures() -> re.Pattern[str]:
    return re.compile(r'<img\b(?:[^<>"]|"[^"]*")*>')


@cache
def _width() -> re.Pattern[str]:
    return re.compile(r'\swidth="([^"]*)"')
