"""The Markdown of drafts: CommonMark by markdown-it, with short cuts for what nearly all of a newsletter is made of.

What paragraphs.py reads becomes the tokens that markdown-it would have made of it; anything else is markdown-it's. None of
this changes what comes out: tests/property/test_prose.py compares it with markdown-it alone.
"""

import re
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.rules_block import StateBlock, reference
from markdown_it.token import Token

from composer.prose.paragraphs import ORDINARY_ADDRESS, Paragraph, Runs

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
        self.helpers: Any = SimpleNamespace(parseLinkLabel=parseLinkLabel, parseLinkTitle=parseLinkTitle, parseLinkDestination=_link_destination)

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name for it
        return url if ORDINARY_ADDRESS.fullmatch(url) else super().normalizeLink(url)


def tokens_of(text: str, paragraphs: list[Paragraph] | None) -> list[Token]:
    """The tokens of a text: of its paragraphs where it is known to be made of these, else as markdown-it reads it."""
    if paragraphs is None:
        return parser().parse(text)
    return [token for paragraph in paragraphs for token in _tokens_of_paragraph(paragraph)]


def children_of(paragraph: Paragraph) -> list[Token]:
    """The tokens of a paragraph's running text, made once."""
    if paragraph.children is None:
        paragraph.children = _tokens_of_runs(paragraph.runs) if paragraph.runs is not None else _read(paragraph.content)
    return paragraph.children


def _read(running_text: str) -> list[Token]:
    """What markdown-it makes of one block; no other can have defined an address for it, as `[name]: address` is no paragraph."""
    (block,) = parser().parseInline(running_text)
    return block.children or []


def _tokens_of_paragraph(paragraph: Paragraph) -> list[Token]:
    level, lines = paragraph.level, paragraph.map
    kind, tag, mark = ("heading", f"h{level}", "#" * level) if level else ("paragraph", "p", "")
    return [
        Token(f"{kind}_open", tag, 1, map=lines, markup=mark, block=True),
        Token("inline", "", 0, map=[*lines], level=1, children=children_of(paragraph), content=paragraph.content, block=True),
        Token(f"{kind}_close", tag, -1, markup=mark, block=True),
    ]


def _tokens_of_runs(runs: Runs) -> list[Token]:
    tokens = _tokens_of_words(runs.lead)
    for words, address, behind in runs.spans:
        tokens.append(Token("link_open", "a", 1, {"href": address}) if address is not None else Token("em_open", "em", 1, markup="*"))
        if words:
            tokens.append(Token("text", "", 0, level=1, content=words))
        tokens.append(Token("link_close", "a", -1) if address is not None else Token("em_close", "em", -1, markup="*"))
        tokens += _tokens_of_words(behind)
    return tokens


def _tokens_of_words(words: str) -> list[Token]:
    tokens: list[Token] = []
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
