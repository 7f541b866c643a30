"""Columns: how wide a text is on a screen of letters, and where its lines break.

Widths are wcwidth's. Lines are ours: Chinese breaks anywhere but before marks that close and behind marks that open,
while an address, a merge field and a long Western word stay whole, which no library does together (docs/adr/0005).
"""

import re
from unicodedata import category, east_asian_width

from composer.proof.flowed import SOFT
from composer.prose.merge_fields import restored

WIDTH = 72

# Where none of these stands, length is width: combining marks, wide scripts, joiners, everything from Hangul on.
_NOT_NARROW = "[\u0300-\u036f\u0483-\u0489\u0591-\u2007\u200b-\u200f\u2028-\u202e\u2060-\u209c\u20d0-\u20ff\u2190-\U0010ffff]"
_FIRST_WIDE = "\u2190"


def wrapped(text: str, *, first: str = "", rest: str | None = None, width: int = WIDTH, flows: bool = False) -> str:
    """Words set in lines; `first` leads the first line and `rest` the others. Line breaks in the text are kept.

    With `flows`, lines that end only because they are full say so (proof/flowed.py).
    """
    lead, lines = first, []
    for line in text.split("\n"):
        narrow = _is_narrow(line)
        made = (_wrapped_narrow if narrow else _wrapped_wide)(line, lead, lead if rest is None else rest, width)
        set_lines = [part.rstrip() for part in made]
        if flows and len(set_lines) > 1 and (narrow or not any(map(_is_ideograph, set(line)))):
            set_lines[:-1] = [f"{part}{SOFT}" for part in set_lines[:-1]]
        lines += set_lines
        lead = first if rest is None else rest
    return "\n".join(lines)


def _is_narrow(line: str) -> bool:
    """Whether length is width. Most lines are Western typography, which Windows-1252 holds and no character of which is wide."""
    if "zmf" in line:
        return False  # a merge field, which is printed shorter than the opaque word that stands for it
    # Compiling the class takes 4 ms of a cold start: most lines that are not Western hold Chinese, which it need not tell.
    return is_western(line) or (max(line) < _FIRST_WIDE and not re.search(_NOT_NARROW, line))


def is_western(text: str) -> bool:
    """Whether Windows-1252 holds all of it, as it does most prose in European languages; six times as quick as `max(text)`."""
    if text.isascii():
        return True
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _wrapped_wide(line: str, first: str, rest: str, width: int) -> list[str]:
    """Chinese runs may break between two characters; an address, a merge field and a long Western word stay whole."""
    lines, current, started = [], first, False
    room, whole = width - columns(first), width - columns(rest)
    for word in filter(None, line.split(" ")):
        space = " " if started else ""
        if started and word.isascii() and "zmf" not in word:
            # Most words, even of such a line.
            if len(word) < room:
                current, room = f"{current} {word}", room - len(word) - 1
            else:
                lines.append(current)
                current, room = rest + word, whole - len(word)
            continue
        for piece in (word,) if _is_narrow(word) else _pieces(word, whole):
            taken = len(space) + columns(restored(piece))
            if taken > room and started:
                lines.append(current)
                current, room = rest + piece, whole - taken + len(space)
            else:
                current, room, started = f"{current}{space}{piece}", room - taken, True
            space = ""
    return [*lines, current]


def _pieces(word: str, width: int) -> list[str]:
    """What a word may be broken into: none begins with a mark that closes something or ends with one that opens it."""
    pieces = [""]
    for unit in (u for part in _WHOLE.split(word) for u in ([part] if _WHOLE.fullmatch(part) else part)):
        if pieces[-1] and _may_break(pieces[-1], unit[0], width):
            pieces.append("")
        pieces[-1] += unit
    return pieces


# an address, a merge field
_WHOLE = re.compile(r"([a-z][a-z0-9+.-]*://\S+|zmf(?:[0-9a-f]{2})+zmf)")
_CLOSING = frozenset("、。，．：；？！）］｝〉》」』】〕〗…—～”’％,.:;?!)]}%")
_OPENING = frozenset("（［｛〈《「『【〔〖“‘([{")


def _may_break(piece: str, behind: str, width: int) -> bool:
    before = piece[-1]
    if not (_is_ideograph(before) or _is_ideograph(behind)) or category(behind) in ("Mn", "Me", "Cf") or category(before) == "Cf":
        return False
    # A row of such marks as long as a line is no sentence; it may break where it must.
    return (behind not in _CLOSING and before not in _OPENING) or columns(piece) + 2 > width


def _is_ideograph(character: str) -> bool:
    """Whether it is written without spaces; emoji are wide as well, but several may be one sign."""
    return east_asian_width(character) in "WF" and not 0x1F000 <= ord(character) < 0x20000 and not 0x2190 <= ord(character) < 0x2E80


def _wrapped_narrow(line: str, first: str, rest: str, width: int) -> list[str]:
    """Lines as slices of the text, which takes a fifth of the time that adding word to word does."""
    text = " ".join(filter(None, line.split(" "))) if "  " in line else line.strip(" ")
    lines, lead, start = [], first, 0
    while len(text) - start > (room := width - len(lead)):
        end = text.rfind(" ", start, max(start, start + room + 1))
        if end < 0:
            # a word wider than the line stays whole
            end = text.find(" ", start)
        if end < 0:
            break
        lines.append(lead + text[start:end])
        lead, start = rest, end + 1
    return [*lines, lead + text[start:]]


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
