"""Prose: a writer's Markdown text, parsed once, with the place of every block in the file."""

import re
from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.rules_block import StateBlock, reference
from markdown_it.token import Token
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from composer.place import Place
from composer.prose.merge_fields import protected, restored
from composer.yaml_source.field_types import plain
from composer.yaml_source.values import Scalar

# Addresses that markdown-it would take apart, encode and put together again just as they were.
_ORDINARY_ADDRESS = re.compile(r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,3}(?:/[A-Za-z0-9._~/-]*)?(?:\?[A-Za-z0-9._~/=&-]*)?")
# An address without brackets, escapes, character references (which end in `;`) and spaces, up to the bracket that ends it.
_PLAIN_DESTINATION = re.compile(r"(?:[A-Za-z0-9:/?=#%+,;@!$'*._~-]+|[A-Za-z0-9:/?=#%+,&@!$'*._~-]+)(?=\))")
_DESTINATION = re.compile(r"(?<=\]\()[^)\s]*|<(?:https?|mailto):[^>\s]*>|\bhttps?://[^\s)>\]]+")


class _CommonMark(MarkdownIt):
    """markdown-it with short cuts past its loops over characters: 0.8 ms instead of 1.0 for an issue of 10,000 characters.

    None of them changes what comes out; tests/property/test_prose.py compares it with markdown-it's own.
    """

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.disable(["code", "fence", "image", "lheading", "html_block", "html_inline"])
        # Text may run on to the next character that one of the rules left enabled begins with.
        self.inline.terminator_re = re.compile(r"[\n&*<[\\\]_`]")
        self.block.ruler.at("reference", _reference, {"alt": []})
        self.helpers: Any = SimpleNamespace(parseLinkLabel=parseLinkLabel, parseLinkTitle=parseLinkTitle, parseLinkDestination=_link_destination)

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name for it
        return url if _ORDINARY_ADDRESS.fullmatch(url) else super().normalizeLink(url)


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


@cache
def _parser() -> MarkdownIt:
    """CommonMark without raw HTML, code blocks, images and underlined headings, which stay the text they are.

    A newsletter has figures for pictures, and a `---` under a paragraph is meant as a break.
    """
    return _CommonMark()


class Link(NamedTuple):
    """A link of a prose text: where it goes, what it says, and its offset in the Markdown."""

    href: str
    text: str
    offset: int


class Prose:
    """A Markdown text. `origin` is the scalar it was typed as; None for a text made in Python."""

    __slots__ = ("_links", "_tokens", "markdown", "origin")

    def __init__(self, markdown: str) -> None:
        self.origin = markdown if isinstance(markdown, Scalar) else None
        self.markdown = str(markdown)
        self._tokens: list[Token] | None = None
        self._links: list[Link] | None = None

    def __str__(self) -> str:
        return self.markdown

    def __repr__(self) -> str:
        return f"Prose({self.markdown!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Prose) and other.markdown == self.markdown

    def __hash__(self) -> int:
        return hash(self.markdown)

    @property
    def tokens(self) -> list[Token]:
        """The blocks as markdown-it tokens; merge fields stand in them as opaque words."""
        if self._tokens is None:
            self._tokens = _parser().parse(protected(self.markdown))
        return self._tokens

    @property
    def inlines(self) -> Iterator[Token]:
        """The tokens that hold running text: one for each paragraph, heading and list item."""
        return (token for token in self.tokens if token.type == "inline")

    @property
    def visible(self) -> str:
        """The text as a reader sees it, paragraphs apart by blank lines, without Markdown's marks."""
        return "\n\n".join(visible_text(token.children or ()) for token in self.inlines)

    @property
    def searchable(self) -> str:
        """The Markdown with link targets blanked out: same length, so an offset found here is one in the Markdown."""
        return _DESTINATION.sub(lambda m: " " * len(m[0]), self.markdown)

    @property
    def links(self) -> list[Link]:
        """Every link, in reading order."""
        if self._links is None:
            self._links = list(self._found_links())
        return self._links

    def _found_links(self) -> Iterator[Link]:
        position = 0
        for token in self.inlines:
            children = token.children or []
            for index, child in enumerate(children):
                if child.type != "link_open":
                    continue
                href = restored(str(child.attrs["href"]))
                close = next(i for i in range(index, len(children)) if children[i].type == "link_close")
                found = self.markdown.find(href, position)
                offset = found if found >= 0 else position
                position = offset + len(href) if found >= 0 else position
                yield Link(href, restored(visible_text(children[index + 1 : close])), offset)

    def place(self, start: int, end: int) -> Place | None:
        """The place of `markdown[start:end]` in the file."""
        return self.origin.place_of(start, end) if self.origin is not None else None

    def place_of_block(self, token: Token) -> Place | None:
        """The place of a block token: from its first visible character to the end of its first line."""
        if self.origin is None or token.map is None:
            return None
        lines = self.markdown.split("\n")
        start = sum(len(line) + 1 for line in lines[: token.map[0]])
        line = lines[token.map[0]] if token.map[0] < len(lines) else ""
        lead = len(line) - len(line.lstrip())
        return self.origin.place_of(start + lead, start + len(line.rstrip()))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls._validated, serialization=core_schema.to_string_ser_schema())

    @classmethod
    def _validated(cls, value: Any) -> "Prose":
        if isinstance(value, Prose):
            return value
        text = plain(value)
        prose = cls(value if isinstance(value, Scalar) else text)
        if not prose.markdown.strip():
            raise PydanticCustomError("empty_text", "empty")
        return prose

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "minLength": 1, "format": "markdown"}


def visible_text(children: "list[Token] | tuple[Token, ...]") -> str:
    """The text of inline tokens as a reader sees it; line breaks inside a paragraph are spaces."""
    return "".join(
        child.content if child.type in ("text", "code_inline") else "\n" if child.type == "hardbreak" else " " if child.type == "softbreak" else ""
        for child in children
    )
