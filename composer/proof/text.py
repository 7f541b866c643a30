"""Plain text from the model: 72 columns, wide characters counted as two, links as numbered notes."""

import re
from collections.abc import Callable, Sequence
from unicodedata import category, east_asian_width

from markdown_it.token import Token

from composer.prose.markdown import Prose
from composer.prose.merge_fields import MERGE_FIELD, restored

WIDTH = 72
# a `$` with its source, the number of a note with the words it belongs to
_KEPT_TOGETHER = re.compile(r"\u00a0(?=\$|\[\d+\])")
_MAIL = re.compile(r"mailto:([^?]+)")
# Where none of these stands, length is width: combining marks, wide scripts, joiners, everything from Hangul on.
_NOT_NARROW = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u2007\u200b-\u200f\u2028-\u202e\u2060-\u209c\u20d0-\u20ff\u2190-\U0010ffff]")


class Notes:
    """The links of an issue as numbered notes; `taken` hands over those of the section that just ended."""

    def __init__(self) -> None:
        self._count = 0
        self._pending: list[tuple[int, str]] = []

    def number(self, href: str) -> int:
        """The number of a link: the same within a section for the same address."""
        known = next((number for number, address in self._pending if address == href), None)
        if known is not None:
            return known
        self._count += 1
        self._pending.append((self._count, href))
        return self._count

    def taken(self) -> list[tuple[int, str]]:
        """The notes since the last call, which are then done with."""
        pending, self._pending = self._pending, []
        return pending


def wrapped(text: str, *, first: str = "", rest: str | None = None, width: int = WIDTH) -> str:
    """Words set in lines; `first` leads the first line and `rest` the others. Line breaks in the text are kept."""
    lead, lines = first, []
    for line in text.split("\n"):
        lines += _wrapped_line(line, lead, lead if rest is None else rest, width)
        lead = first if rest is None else rest
    return "\n".join(line.rstrip() for line in lines)


def _wrapped_line(line: str, first: str, rest: str, width: int) -> list[str]:
    return _wrapped_narrow(line, first, rest, width) if _is_narrow(line) else _wrapped_wide(line, first, rest, width)


def _is_narrow(line: str) -> bool:
    """Whether length is width. Most lines are Western typography, which Windows-1252 holds and no character of which is wide."""
    if "zmf" in line:
        return False  # a merge field, which is printed shorter than the opaque word that stands for it
    try:
        line.encode("cp1252")
    except UnicodeEncodeError:
        return not _NOT_NARROW.search(line)
    return True


def _wrapped_wide(line: str, first: str, rest: str, width: int) -> list[str]:
    """Chinese runs may break between two characters; an address, a merge field and a long Western word stay whole."""
    lines, current, room, started = [], first, width - columns(first), False
    for word in filter(None, line.split(" ")):
        space = " " if started else ""
        for piece in _pieces(word, width - columns(rest)):
            taken = columns(restored(piece))
            if started and taken + len(space) > room:
                lines.append(current)
                current, room, space = rest, width - columns(rest), ""
            current, room, started = f"{current}{space}{piece}", room - taken - len(space), True
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
    lines, current, room = [], first, width - len(first)
    started = False
    for word in line.split(" "):
        if not word:
            continue
        if not started:
            current, room, started = current + word, room - len(word), True
        elif len(word) + 1 <= room:
            current, room = f"{current} {word}", room - len(word) - 1
        else:
            lines.append(current)
            current, room = rest + word, width - len(rest) - len(word)
    return [*lines, current]


def capitals(heading: str) -> str:
    """A heading in capitals where that loses nothing: not Chinese, not a name such as McAfee, not a merge field."""
    if MERGE_FIELD.search(heading):
        return heading
    words = heading.split()
    mixed = any(any(c.isupper() for c in word[1:]) and not word.isupper() for word in words)
    cased = all(not c.isalpha() or c.upper() != c.lower() for c in heading)
    return heading if mixed or not cased or heading.upper().lower() != heading.lower() else heading.upper()


def inline_text(children: Sequence[Token], notes: Notes) -> str:
    """Running text without Markdown's marks; a link whose text is not its address gets a note."""
    out: list[str] = []
    start, href = 0, ""
    for child in children:
        kind = child.type
        if kind in ("text", "code_inline"):
            out.append(child.content)
        elif kind == "softbreak":
            out.append(" ")
        elif kind == "hardbreak":
            out.append("\n")
        elif kind == "link_open":
            start, href = len(out), restored(str(child.attrs["href"]))
        elif kind == "link_close":
            out.append(_behind_link("".join(out[start:]), href, notes))
    return "".join(out)


def _behind_link(words: str, href: str, notes: Notes) -> str:
    mail = _MAIL.match(href)
    if mail:
        return "" if words.lower() == mail[1].lower() else f" <{mail[1]}>"
    if words in (href, href.removeprefix("https://").removesuffix("/")):
        return "" if "://" in words else f"\u00a0[{notes.number(href)}]"
    return f"\u00a0[{notes.number(href)}]"


class ProseText:
    """Renders prose for one issue's plain text."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    def blocks(self, prose: Prose, *, first: str = "", rest: str | None = None, tokens: Sequence[Token] | None = None, behind: Callable[[], str] = str) -> str:
        """Paragraphs, lists, quotes and subheads, apart by blank lines.

        `behind` makes what ends the last paragraph; it is asked last, so that its notes follow those of the text.
        """
        stream = prose.tokens if tokens is None else tokens
        lead = first if rest is None else rest
        paragraphs: list[str] = []
        last = max((i for i, t in enumerate(stream) if t.type == "inline"), default=-1)
        margins: list[str] = []
        # what stands in a margin's place on the next line only: an item's dash or number
        signs: dict[int, str] = {}
        counters: list[int] = []
        after_tight_item = False
        for index, token in enumerate(stream):
            kind = token.type
            if kind == "inline":
                text = inline_text(token.children or (), self.notes) + (behind() if index == last else "")
                signed = "".join(signs.get(level, margin) for level, margin in enumerate(margins))
                hanging = lead + "".join(margins)
                signs.clear()
                set_lines = wrapped(text, first=(lead if paragraphs else first) + signed, rest=hanging)
                tight = bool(counters) and stream[index - 1].hidden
                if stream[index - 1].type == "heading_open":
                    paragraphs.append(_underlined(wrapped(text, first=hanging)))
                elif tight and after_tight_item:
                    paragraphs[-1] += "\n" + set_lines
                else:
                    paragraphs.append(set_lines)
                after_tight_item = tight
            elif kind in ("bullet_list_open", "ordered_list_open"):
                counters.append(int(token.attrs.get("start", 1)) if kind == "ordered_list_open" else 0)
            elif kind in ("bullet_list_close", "ordered_list_close"):
                counters.pop()
                after_tight_item = after_tight_item and bool(counters)
            elif kind == "list_item_open":
                ordered = token.info != ""
                sign = f"{counters[-1]}. " if ordered else "- "
                counters[-1] += 1
                signs[len(margins)] = sign
                margins.append(" " * len(sign))
            elif kind == "blockquote_open":
                margins.append("    ")
            elif kind in ("list_item_close", "blockquote_close"):
                margins.pop()
                signs.pop(len(margins), None)
            elif kind == "hr":
                paragraphs.append(lead + "".join(margins) + "* * *")
        return "\n\n".join(paragraphs)

    def inline(self, prose: Prose, *, tokens: Sequence[Token] | None = None) -> str:
        """Running text on one line, not wrapped."""
        stream = prose.tokens if tokens is None else tokens
        return "\n".join(inline_text(t.children or (), self.notes) for t in stream if t.type == "inline")


def columns(text: str) -> int:
    """How wide a text is, wide characters counted as two."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(int(wcswidth(text)), 0)


def _underlined(heading: str) -> str:
    longest = max(columns(line.lstrip()) for line in heading.split("\n"))
    indent = heading[: len(heading) - len(heading.lstrip())]
    return f"{heading}\n{indent}{'-' * min(longest, WIDTH)}"


def set_in_columns(text: str) -> str:
    """A template's output tidied: no space at line ends, never more than one blank line, one line break at the end."""
    # No-break spaces have kept together what they stand between; from here on they are in the way of searching.
    text = "\n".join(line.rstrip() for line in _KEPT_TOGETHER.sub(" ", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"
