"""The Markdown of drafts: CommonMark by markdown-it, with short cuts for what nearly all of a newsletter is made of.

Paragraphs, headings and plain links are read here in a few strokes, anything else by markdown-it. None of it changes
what comes out: tests/property/test_prose.py compares it with markdown-it alone. Reading an issue takes half the time.
"""

import re
from collections.abc import MutableMapping
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_core import StateCore, text_join
from markdown_it.token import Token

# Addresses that markdown-it would take apart, encode and put together again just as they were.
_ORDINARY = r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,3}(?:/[A-Za-z0-9._~/-]*)?(?:\?[A-Za-z0-9._~/=&-]*)?"
_ORDINARY_ADDRESS = re.compile(_ORDINARY)
# A link to such an address whose words hold no sign of Markdown and no line break.
_PLAIN_LINK = re.compile(rf"\[([^\n&*<[\\\]_`]*)\]\(({_ORDINARY})\)")
# What makes a text more than words in lines.
_SIGN = re.compile(r"[&*<[\\\]_`]")
# What a line may begin with that is, or may be, something other than words: lists, quotes, breaks, indents. `#` is looked at.
_BLOCK_SIGNS = frozenset(" >*+_-")
_LIST_NUMBER = re.compile(r"[0-9]{1,9}[.)]")
_HEADING = re.compile(r"(#{1,6}) ([^#\n]+)")
# An address without brackets, escapes, character references (which end in `;`) and spaces, up to the bracket that ends it.
_PLAIN_DESTINATION = re.compile(r"(?:[A-Za-z0-9:/?=#%+,;@!$'*._~-]+|[A-Za-z0-9:/?=#%+,&@!$'*._~-]+)(?=\))")


@cache
def parser() -> MarkdownIt:
    """CommonMark without raw HTML, code blocks, images and underlined headings, which stay the text they are.

    A newsletter has figures for pictures, and a `---` under a paragraph is meant as a break.
    """
    return _CommonMark()


class _CommonMark(MarkdownIt):
    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.disable(["code", "fence", "image", "lheading", "html_block", "html_inline"])
        # Text may run on to the next character that one of the rules left enabled begins with.
        self.inline.terminator_re = re.compile(r"[\n&*<[\\\]_`]")
        self.block.ruler.at("reference", _reference, {"alt": []})
        self.core.ruler.at("inline", _inline)
        self.helpers: Any = SimpleNamespace(parseLinkLabel=parseLinkLabel, parseLinkTitle=parseLinkTitle, parseLinkDestination=_link_destination)

    def parse(self, src: str, env: MutableMapping[str, Any] | None = None) -> list[Token]:
        tokens = _paragraphs(src)
        if tokens is None:
            return super().parse(src, env)
        state = StateCore(src, self, {} if env is None else env)
        state.tokens = tokens
        _inline(state)
        text_join(state)
        return state.tokens

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name for it
        return url if _ORDINARY_ADDRESS.fullmatch(url) else super().normalizeLink(url)


def _paragraphs(text: str) -> list[Token] | None:
    """The blocks of a text that is made of paragraphs and headings on lines of their own, their words not yet read.

    None for any other text, and where a block begins or ends in a space that is not the usual one: which of these
    markdown-it takes off is its own affair.
    """
    if "]:" in text or "\t" in text or "\r" in text or "\0" in text:
        return None
    tokens: list[Token] = []
    line = 0
    for piece in text.split("\n\n"):
        words = piece.strip("\n")
        if words:
            lines = words.split("\n")
            first = line + piece.index(words[0])
            place = [first, first + len(lines)]
            if words[0] == "#":
                heading = _HEADING.fullmatch(words)
                if heading is None or heading[2] != heading[2].strip():
                    return None
                tokens += _block("heading", f"h{len(heading[1])}", heading[1], heading[2], place)
            elif words != words.strip() or any(map(_may_begin_block, lines)):
                return None
            else:
                tokens += _block("paragraph", "p", "", words, place)
        line += piece.count("\n") + 2
    return tokens


def _may_begin_block(line: str) -> bool:
    sign = line[0]
    return sign in _BLOCK_SIGNS or sign == "#" or (sign.isdecimal() and _LIST_NUMBER.match(line) is not None)


def _block(kind: str, tag: str, mark: str, words: str, lines: list[int]) -> list[Token]:
    return [
        Token(f"{kind}_open", tag, 1, map=lines, markup=mark, block=True),
        Token("inline", "", 0, map=[*lines], level=1, children=[], content=words, block=True),
        Token(f"{kind}_close", tag, -1, markup=mark, block=True),
    ]


def _inline(state: StateCore) -> None:
    """The words of every block: by short cut where they are only words and plain links."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = _words_and_links(token.content)
            if token.children is None:
                token.children = []
                state.md.inline.parse(token.content, state.md, state.env, token.children)


def _words_and_links(text: str) -> list[Token] | None:
    """The tokens of a text that holds only words and links to ordinary addresses; None for any other."""
    pieces = _PLAIN_LINK.split(text) if "](" in text else [text]
    between = pieces[::3]
    if any(map(_SIGN.search, between)) or " \n" in text or "\n " in text:
        return None
    tokens: list[Token] = []
    for index, words in enumerate(between):
        if index:
            label, address = pieces[index * 3 - 2], pieces[index * 3 - 1]
            tokens.append(Token("link_open", "a", 1, {"href": address}))
            if label:
                tokens.append(Token("text", "", 0, level=1, content=label))
            tokens.append(Token("link_close", "a", -1))
        for number, line in enumerate(words.split("\n") if words else ()):
            if number:
                tokens.append(Token("softbreak", "br", 0))
            if line:
                tokens.append(Token("text", "", 0, content=line))
    return tokens


def _reference(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - as markdown-it calls it
    """What `[name]: address` defines; without `]:` a text defines nothing, and need not be read in search of it."""
    return "]:" in state.src and reference(state, start_line, end_line, silent)


class _Destination(NamedTuple):
    """Where a link goes, and where it ends, as markdown-it hands it on."""

    ok: bool
    pos: int
    str: str


def _link_destination(text: str, start: int, end: int) -> Any:
    """The address behind `](`; one of plain characters up to the bracket is taken as it is, others are markdown-it's to read."""
    plain = _PLAIN_DESTINATION.match(text, start, end)
    return _Destination(True, plain.end(), plain[0]) if plain is not None else parseLinkDestination(text, start, end)
