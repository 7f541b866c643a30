"""Columns: how wide a text is on a screen of letters, and where its lines break.

Widths are wcwidth's. Lines are ours: Chinese breaks anywhere but before marks that close and behind marks that open,
while an address, a merge field and a long Western word stay whole, which no library does together (docs/adr/0005).
"""

import re
from collections.abc import Sequence
from unicodedata import category, east_asian_width

from composer.proof.flowed import SOFT
from composer.prose.merge_fields import restored
from composer.prose.scripts import first_foreign, is_han

WIDTH = 72

# Where none of these stands, length is width: combining marks, wide scripts, joiners, everything from Hangul on.
_NOT_NARROW = "[\u0300-\u036f\u0483-\u0489\u0591-\u2007\u200b-\u200f\u2028-\u202e\u2060-\u209c\u20d0-\u20ff\u2190-\U0010ffff]"
_FIRST_WIDE = "\u2190"


def wrapped(text: str, *, first: str = "", rest: str | None = None, width: int = WIDTH, flows: bool = False, western: bool = False) -> str:
    """Words set in lines; `first` leads the first line and `rest` the others. Line breaks in the text are kept.

    With `flows`, lines that end only because they are full say so (proof/flowed.py). `western` says of the text what
    prose/scripts.py calls so, where that is known already.
    """
    lead = first if rest is None else rest
    if "\n" not in text:
        return _line_wrapped(text, first, lead, width, flows=flows, western=western)
    head, *others = text.split("\n")
    made = [_line_wrapped(line, lead, lead, width, flows=flows, western=western) for line in others]
    return "\n".join([_line_wrapped(head, first, lead, width, flows=flows, western=western), *made])


def _line_wrapped(line: str, first: str, rest: str, width: int, *, flows: bool, western: bool) -> str:
    narrow = _is_narrow(line, western=western)
    if narrow and columns(first) + len(line) <= width and "  " not in line:
        return f"{first}{line.strip(' ')}".rstrip()
    made = [part.rstrip() for part in _lines(line, first, rest, width, narrow=narrow)]
    return (f"{SOFT}\n" if flows and (narrow or not _has_ideographs(line)) else "\n").join(made)


def _is_narrow(line: str, *, western: bool) -> bool:
    """Whether length is width. Most lines are Western typography, no character of which is wide."""
    if "zmf" in line:
        return False  # a merge field, which is printed shorter than the opaque word that stands for it
    foreign = None if western else first_foreign(line)
    # Compiling the class takes 4 ms of a cold start: most lines that are not Western hold Chinese, which it need not tell.
    return foreign is None or (line[foreign] < _FIRST_WIDE and max(line) < _FIRST_WIDE and not re.search(_NOT_NARROW, line))


def _has_ideographs(line: str) -> bool:
    foreign = first_foreign(line)
    return foreign is not None and (_is_ideograph(line[foreign]) or any(map(_is_ideograph, set(line))))


def _lines(line: str, first: str, rest: str, width: int, *, narrow: bool) -> list[str]:
    """Lines as slices of the text, which takes a fifth of the time that adding word to word does."""
    text = " ".join(filter(None, line.split(" "))) if "  " in line else line.strip(" ")
    lines, lead, start = [], first, 0
    room, whole = width - columns(first), width - columns(rest)
    # Up to here, what fits is as wide as it is long.
    size = len(text)
    narrow_end = size if narrow else -1
    while start < size:
        full = start + max(room, -1) + 1
        if narrow_end < start:
            narrow_end = start + _western_length(text[start:])
        if full > size <= narrow_end:
            lines.append(lead + text[start:])
            break
        end = text.rfind(" ", start, full) if full <= narrow_end else -1
        behind = end + 1
        if end < 0:
            end, behind = _end_of_wide(text, start, room, whole, narrow_end)
        lines.append(lead + text[start:end])
        lead, room, start = rest, whole, behind
    return lines or [lead]


def _western_length(text: str) -> int:
    """How many characters stand before the first that may be wide, or stand for others."""
    ends = (first_foreign(text), text.find("zmf"))
    return min((end for end in ends if end is not None and end >= 0), default=len(text))


def _end_of_wide(text: str, start: int, room: int, whole: int, narrow_end: int) -> tuple[int, int]:
    """Where the line that begins at `start` ends, and where the next begins.

    Chinese runs may break between two characters; an address, a merge field and a long Western word stay whole.
    """
    # The words that stand wholly before the first wide character, and fit, are passed over at once.
    end = max(start, text.rfind(" ", start, max(start, min(narrow_end, start + room + 1))))
    taken, position = end - start, end + 1 if end > start else start
    while position < len(text):
        space = text.find(" ", position)
        stop = space if space >= 0 else len(text)
        word = text[position:stop]
        between = 1 if end > start else 0
        holds_field = "zmf" in word
        for piece in _pieces(word, whole):
            more = between + columns(restored(piece) if holds_field else piece)
            if end > start and taken + more > room:
                return end, position
            taken, position, between = taken + more, position + len(piece), 0
            end = position
        position = stop + 1
    return end, len(text)


def _pieces(word: str, width: int) -> Sequence[str]:
    """What a word may be broken into: none begins with a mark that closes something or ends with one that opens it."""
    if word.isascii() or max(word) < _FIRST_WIDE:
        return (word,)
    units = (u for part in _WHOLE.split(word) for u in ([part] if _WHOLE.fullmatch(part) else part)) if "://" in word or "zmf" in word else word
    pieces = [""]
    for unit in units:
        if pieces[-1] and _may_break(pieces[-1], unit[0], width):
            pieces.append(unit)
        else:
            pieces[-1] += unit
    return pieces


# an address, a merge field
_WHOLE = re.compile(r"([a-z][a-z0-9+.-]*://\S+|zmf(?:[0-9a-f]{2})+zmf)")
_CLOSING = frozenset("\u00a0、。，．：；？！）］｝〉》」』】〕〗…—～”’％,.:;?!)]}%")
_OPENING = frozenset("\u00a0（［｛〈《「『【〔〖“‘([{")


def _may_break(piece: str, behind: str, width: int) -> bool:
    before = piece[-1]
    if is_han(before) and is_han(behind):
        return True  # as nearly always
    if not (_is_ideograph(before) or _is_ideograph(behind)) or category(behind) in ("Mn", "Me", "Cf") or category(before) == "Cf":
        return False
    # A row of such marks as long as a line is no sentence; it may break where it must.
    return (behind not in _CLOSING and before not in _OPENING) or columns(piece) + 2 > width


def _is_ideograph(character: str) -> bool:
    """Whether it is written without spaces; emoji are wide as well, but several may be one sign."""
    return east_asian_width(character) in "WF" and not 0x1F000 <= ord(character) < 0x20000 and not 0x2190 <= ord(character) < 0x2E80


def columns(text: str) -> int:
    """How wide a text is, wide characters counted as two."""
    if text.isascii():
        return len(text)
    width = 0
    for character in text:
        known = _known_width(character)
        if not known:
            from wcwidth import wcswidth

            return max(int(wcswidth(text)), 0)
        width += known
    return width


def _known_width(character: str) -> int:
    """The width of a character that no other next to it changes, as wcwidth has it; 0 for one that wcwidth must be asked about.

    Loading wcwidth costs a cold start 15 ms, and nearly all that is wide in a newsletter is Chinese, Japanese or Korean.
    """
    if " " <= character <= "~" or "\u00a1" <= character < "\u00ad" or "\u00ae" <= character < "\u0300" or "\u2010" <= character < "\u2028":
        return 1
    if "\u4e00" <= character < "\ua000" or "\u3001" <= character < "\u302a" or "\uff01" <= character < "\uff61":
        return 2
    if "\u3400" <= character < "\u4dc0" or "\u3041" <= character < "\u3097" or "\u309b" <= character < "\u3100" or "\uac00" <= character < "\ud7a4":
        return 2
    return 1 if character == "\u00a0" else 0
