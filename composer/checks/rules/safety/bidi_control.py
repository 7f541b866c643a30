"""safety/bidi-control."""

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import name

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import fits_the_file
from composer.checks.text_reading import beyond_ascii
from composer.draft.load import Draft
from composer.finding import Edit
from composer.yaml_source.values import Scalar


@error
def bidi_control(draft: Draft) -> Iterator[Defect]:
    r"""An invisible character that changes the direction of the text behind it.

    What it checks:
        Every text and key for embeddings, overrides and isolates (U+202A to U+202E, U+2066 to U+2069). The plain
        marks U+200E and U+200F, which right-to-left text needs now and then, are left alone.

    Why it matters:
        An override makes words read differently from what they are: a link's text can be made to look like another
        address, and a sentence like another sentence. They come in by pasting, and nobody sees them.

    Example:
        subject: "Chips for \u202Eanihc\u202C"

    Instead:
        subject: Chips for china

    Source: Unicode Technical Report 36, section 2.5 (bidirectional text spoofing); CVE-2021-42574.
    """
    if not _may_hold_any(draft):
        return
    for scalar in draft.document.scalars:
        for match in _controls().finditer(scalar):
            words = name(match[0]).lower()
            yield Defect(
                scalar.place_of(*match.span()),
                f"invisible character U+{ord(match[0]):04X} ({words}) in the text",
                "delete it; if the text is in a right-to-left language, set `direction: rtl` in newsletter.yaml instead",
                label=f"U+{ord(match[0]):04X}, {words}",
                edits=_edits(draft, scalar, match.start()),
            )


def _edits(draft: Draft, scalar: Scalar, index: int) -> tuple[Edit, ...]:
    if not fits_the_file(draft):
        return ()
    start = scalar.offsets()[index]
    spelled_out = draft.source.text[start] == "\\"
    return (Edit(start, scalar.offsets()[index + 1] if spelled_out else start + 1, ""),)


@cache
def _controls() -> re.Pattern[str]:
    return re.compile("[\u202a-\u202e\u2066-\u2069]")


def _may_hold_any(draft: Draft) -> bool:
    """A quick look that spares most drafts the closer one."""
    text = draft.source.text
    return _controls().search(beyond_ascii(draft)) is not None or ("\\" in text and ("\\u" in text or "\\U" in text))
