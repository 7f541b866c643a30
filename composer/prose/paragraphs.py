"""Paragraphs and headings of plain words, links and emphasis: nearly all of what a newsletter is made of, read without a parser.

What is only just more than that is markdown-it's to read (commonmark.py), and so is what this module refuses.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from composer.prose.scripts import is_western

if TYPE_CHECKING:
    from markdown_it.token import Token

# Addresses that markdown-it would take apart, encode and put together again just as they were.
_ORDINARY = r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,3}(?:/[A-Za-z0-9._~/-]*)?(?:\?[A-Za-z0-9._~/=&-]*)?"
ORDINARY_ADDRESS = re.compile(_ORDINARY)
# A link to such an address whose words hold no sign of Markdown and no line break.
_PLAIN_LINK = re.compile(rf"\[([^\n&*<[\\\]_`]*)\]\(({_ORDINARY})\)")
# Words between two stars, the first of which can open emphasis, as no other is open, and the second close it (CommonMark 0.31, 6.2).
# What must stand before a star is asked behind it: a search leads to the star at once.
_EMPHASIS = re.compile(r"\*(?<![^ \n(“‘—]\*)([^\s&*<[\\\]_`](?:[^\n&*<[\\\]_`]*[^\s&*<[\\\]_`])?)\*(?=[ \n.,;:!?)’”—]|$)")
# What may be a reference to a character; an ampersand by itself is none.
_REFERENCE = re.compile(r"&(?:#|[A-Za-z0-9]+;)")
# What a line may begin with that is, or may be, something other than words: lists, quotes, breaks, indents. `#` is looked at.
_BLOCK_SIGNS = frozenset(" >*+_-")
_LIST_NUMBER = re.compile(r"[0-9]{1,9}[.)]")
_HEADING = re.compile(r"(#{1,6}) ([^#\n]+)")


class Span(NamedTuple):
    """Words that are a link, or are emphasized where they have no address, and the plain words up to the next such."""

    words: str
    address: str | None
    behind: str


class Runs(NamedTuple):
    """Running text of plain words, links and emphasis, in reading order. A line of the file ends in a line feed."""

    lead: str
    spans: Sequence[Span] = ()

    @property
    def visible(self) -> str:
        """What a reader sees of it; line breaks are spaces."""
        seen = self.lead + "".join([span.words + span.behind for span in self.spans]) if self.spans else self.lead
        return seen.replace("\n", " ")


class Paragraph:
    """A paragraph, or a heading of a level from 1 to 6 (a paragraph's is 0), with the lines of the text it stands on.

    `map` is markdown-it's name for the first line, from 0, and the one behind the last. `runs` is its running text, None
    where that holds more than words, links and emphasis. `children` are its tokens, once somebody has asked for them
    (commonmark.py).
    """

    __slots__ = ("children", "content", "is_western", "level", "map", "runs")

    def __init__(self, content: str, level: int, lines: list[int], runs: Runs | None) -> None:
        self.content, self.level, self.map, self.runs = content, level, lines, runs
        self.is_western = is_western(content)
        self.children: list[Token] | None = None

    def cut(self, runs: Runs) -> "Paragraph":
        """The same paragraph with less running text: without the source mark at its end."""
        return Paragraph(self.content, self.level, self.map, runs)


def paragraphs_of(text: str) -> list[Paragraph] | None:
    """The blocks of a text that is made of paragraphs and headings on lines of their own.

    None for any other text, and where a block begins or ends in a space that is not the usual one: which of these
    markdown-it takes off is its own affair.
    """
    if ("]" in text and "]:" in text) or "\t" in text or "\r" in text or "\0" in text:
        return None
    found: list[Paragraph] = []
    line = 0
    for piece in text.split("\n\n"):
        words = piece.strip("\n")
        if words:
            first = line if words is piece else line + piece.index(words[0])
            last = first + words.count("\n")
            if words[0] == "#":
                heading = _HEADING.fullmatch(words)
                if heading is None or heading[2] != heading[2].strip():
                    return None
                found.append(Paragraph(heading[2], len(heading[1]), [first, last + 1], _runs(heading[2])))
            elif words != words.strip() or _may_begin_block(words) or (last > first and any(map(_may_begin_block, words.split("\n")))):
                return None
            else:
                found.append(Paragraph(words, 0, [first, last + 1], _runs(words)))
        line += piece.count("\n") + 2
    return found


def _may_begin_block(line: str) -> bool:
    sign = line[0]
    return sign in _BLOCK_SIGNS or sign == "#" or (sign.isdecimal() and _LIST_NUMBER.match(line) is not None)


def _runs(text: str) -> Runs | None:
    if "*" not in text:
        return _words_and_links(text)
    lead, *others = _EMPHASIS.split(text)
    made = _words_and_links(lead)
    if made is None:
        return None
    spans = [*made.spans]
    for emphasized, behind in zip(others[::2], others[1::2], strict=True):
        rest = _words_and_links(behind)
        if rest is None:
            return None
        spans += Span(emphasized, None, rest.lead), *rest.spans
    return Runs(made.lead, spans)


def _words_and_links(text: str) -> Runs | None:
    # Markdown takes off the spaces around a line break. One character is found ten times as soon as two in a row.
    if "\n" in text and (" \n" in text or "\n " in text):
        return None
    if "[" not in text:
        return None if _has_sign(text) else Runs(text)
    pieces = _PLAIN_LINK.split(text)
    if any(map(_has_sign, pieces[::3])):
        return None
    return Runs(pieces[0], list(map(Span._make, zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True))))


def _has_sign(words: str) -> bool:
    """Whether words hold a character that Markdown may read as more: each is looked for by itself, which a set of them takes six times as long for."""
    signs = "*" in words or "_" in words or "[" in words or "]" in words or "<" in words or "\\" in words or "`" in words
    return signs or ("&" in words and _REFERENCE.search(words) is not None)
