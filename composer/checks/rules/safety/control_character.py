"""safety/control-character."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import fits_the_file
from composer.checks.text_reading import beyond_ascii
from composer.draft.load import Draft
from composer.finding import Edit
from composer.yaml_source.values import Scalar


@error
def control_character(draft: Draft) -> Iterator[Defect]:
    r"""A character that controls a terminal or a printer rather than being read.

    What it checks:
        Every text and key for control characters that YAML lets through: typed as an escape in double quotes
        (`"\x07"`, `"\e"`, `"\0"`), as a character reference in Markdown (`&#7;`), or the line and paragraph
        separators U+2028, U+2029 and U+0085 that come in by pasting. A control character as such is reported by
        schema/syntax.

    Why it matters:
        In a header they break the mail, XML and JSON refuse them, and no mail program shows what was meant.

    Example:
        subject: "The port that learned\x0B to run itself"

    Instead:
        subject: The port that learned to run itself

    Source: RFC 5322, section 3.2.5 (unstructured text is printable); XML 1.0, section 2.2.
    """
    if not _may_hold_any(draft):
        return
    for scalar in draft.document.scalars:
        for match in _controls().finditer(scalar):
            code = _code(match)
            if code is None:
                continue
            called = _NAMES.get(code, "control character")
            yield Defect(
                scalar.place_of(*match.span()),
                f"U+{code:04X} ({called}) in the text",
                _help(draft, scalar, match.start()),
                label=f"U+{code:04X}, {called}",
                edits=_edits(draft, scalar, *match.span()),
            )


_NAMES = {
    0x00: "null",
    0x07: "bell",
    0x08: "backspace",
    0x0B: "vertical tab",
    0x0C: "form feed",
    0x1B: "escape",
    0x7F: "delete",
    0x85: "next line",
    0x2028: "line separator",
    0x2029: "paragraph separator",
}


def _code(match: re.Match[str]) -> int | None:
    """The character's code; None for a reference to an ordinary character."""
    if match["number"] is None:
        return ord(match[0])
    digits = match["number"]
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return code if code <= 0x2029 and _controls().fullmatch(chr(code)) else None


# Names of folders and files begin with these as with any letter; `\L` and `\x07` nobody types by mistake.
_LETTERS = tuple("abefv")


def _letter_behind_backslash(draft: Draft, scalar: Scalar, start: int) -> str:
    r"""The letter that was typed for it in double quotes, as in `C:\bin`, and was meant; nothing where it was not typed so."""
    at = scalar.offsets()[start]
    typed = draft.source.text[at : at + 2]
    return typed[1:] if typed.startswith("\\") and typed[1:] in _LETTERS else ""


def _help(draft: Draft, scalar: Scalar, start: int) -> str:
    letter = _letter_behind_backslash(draft, scalar, start)
    if letter:
        return f"in double quotes YAML reads `\\{letter}` as a command: type `\\\\{letter}`, or put the text in single quotes"
    return "delete it, or put the space or line break there that was meant"


def _edits(draft: Draft, scalar: Scalar, start: int, end: int) -> tuple[Edit, ...]:
    if not fits_the_file(draft) or _letter_behind_backslash(draft, scalar, start):
        return ()
    offsets, text = scalar.offsets(), draft.source.text
    last = offsets[end - 1]
    stop = offsets[end] if text[last] == "\\" else last + 1
    # Without it two words would become one where it stood for a space.
    apart = start > 0 and end < len(scalar) and not scalar[start - 1].isspace() and not scalar[end].isspace()
    return (Edit(offsets[start], stop, " " if apart and scalar[start] in "\x0b\x0c\x85\u2028\u2029" else ""),)


@cache
def _controls() -> re.Pattern[str]:
    return re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]|&#(?P<number>[xX][0-9A-Fa-f]{1,6}|[0-9]{1,7});")


def _may_hold_any(draft: Draft) -> bool:
    """A quick look that spares most drafts the closer one."""
    text, others = draft.source.text, beyond_ascii(draft)
    return any(sign in others for sign in "\x85\u2028\u2029") or "&#" in text or ("\\" in text and _escapes().search(text) is not None)


@cache
def _escapes() -> re.Pattern[str]:
    return re.compile(r"\\[xuU0abevfNLP]")
