"""Prose: a writer's Markdown text, parsed once, with the place of every block in the file."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from composer.place import Place
from composer.prose.merge_fields import protected, restored
from composer.prose.paragraphs import Paragraph, paragraphs_of
from composer.yaml_source.field_types import plain
from composer.yaml_source.values import Scalar

if TYPE_CHECKING:
    from markdown_it.token import Token

# Where links lead: each way of typing it begins with a character of its own, so that a search can jump from one to the next.
_DESTINATION = re.compile(r"\]\([^)\s]*|<(?:https?|mailto):[^>\s]*>|h(?<!\wh)ttps?://[^\s)>\]]+")

_BREAKS = {"hardbreak": "\n", "softbreak": " "}


class Link(NamedTuple):
    """A link of a prose text: where it goes, what it says, and its offset in the Markdown."""

    href: str
    text: str
    offset: int


class Prose:
    """A Markdown text. `origin` is the scalar it was typed as; None for a text made in Python."""

    __slots__ = ("_is_read", "_links", "_paragraphs", "_tokens", "markdown", "origin")

    def __init__(self, markdown: str) -> None:
        self.origin = markdown if isinstance(markdown, Scalar) else None
        self.markdown = str(markdown)
        self._is_read = False
        self._paragraphs: list[Paragraph] | None = None
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
    def paragraphs(self) -> list[Paragraph] | None:
        """The blocks of a text that has only paragraphs and headings, as most do; None for any other, whose blocks are tokens.

        Merge fields stand in them as opaque words.
        """
        if not self._is_read:
            self._paragraphs, self._is_read = paragraphs_of(protected(self.markdown)), True
        return self._paragraphs

    @property
    def tokens(self) -> "list[Token]":
        """The blocks as markdown-it tokens; merge fields stand in them as opaque words."""
        if self._tokens is None:
            from composer.prose.commonmark import tokens_of

            self._tokens = tokens_of(protected(self.markdown), self.paragraphs)
        return self._tokens

    def cut(self, paragraphs: list[Paragraph] | None, tokens: "list[Token] | None" = None) -> "Prose":
        """The same text with fewer words in it: these paragraphs, or these tokens. Its places are the whole text's."""
        rest = Prose(self.markdown)
        rest.origin, rest._paragraphs, rest._tokens, rest._is_read = self.origin, paragraphs, tokens, True
        return rest

    @property
    def ends_in_paragraph(self) -> bool:
        """Whether words may go behind its last paragraph; not where it ends in a list, a heading or a quote."""
        if self.paragraphs is not None:
            return bool(self.paragraphs) and self.paragraphs[-1].level == 0
        return self.tokens[-1].type == "paragraph_close" if self.tokens else False

    @property
    def inlines(self) -> "Iterator[Token]":
        """The tokens that hold running text: one for each paragraph, heading and list item."""
        return (token for token in self.tokens if token.type == "inline")

    @property
    def numbered(self) -> "Iterator[tuple[str, Token]]":
        """The same tokens, each with the number typed in front of it: "3. " of an item in a list."""
        number = ""
        for token in self.tokens:
            if token.type == "list_item_open":
                number += f"{token.info}{token.markup} " if token.info else ""
            elif token.type == "list_item_close":
                number = ""
            elif token.type == "inline":
                yield number, token
                number = ""

    @property
    def visible(self) -> str:
        """The text as a reader sees it, paragraphs apart by blank lines, without Markdown's marks."""
        return "\n\n".join(self.running_texts)

    @property
    def running_texts(self) -> list[str]:
        """The words of each paragraph, heading and list item as a reader sees them."""
        if self.paragraphs is None:
            return [visible_text(token.children or ()) for token in self.inlines]
        return [p.runs.visible if p.runs is not None else visible_text(children_of(p)) for p in self.paragraphs]

    @property
    def searchable(self) -> str:
        """The Markdown with link targets blanked out: same length, so an offset found here is one in the Markdown."""
        return _DESTINATION.sub(_blanked, self.markdown)

    @property
    def links(self) -> list[Link]:
        """Every link, in reading order."""
        if self._links is None:
            self._links = list(self._found_links())
        return self._links

    def _found_links(self) -> Iterator[Link]:
        position = 0
        for address, words in self._addresses():
            href = restored(address)
            found = self.markdown.find(href, position)
            offset = found if found >= 0 else position
            position = offset + len(href) if found >= 0 else position
            yield Link(href, restored(words), offset)

    def _addresses(self) -> Iterator[tuple[str, str]]:
        """Where each link goes, and what it says."""
        if self.paragraphs is None:
            for token in self.inlines:
                yield from _addresses_in(token.children or [])
            return
        for paragraph in self.paragraphs:
            if paragraph.runs is not None:
                yield from ((span.address, span.words) for span in paragraph.runs.spans if span.address is not None)
            elif "[" in paragraph.content or "<" in paragraph.content:
                yield from _addresses_in(children_of(paragraph))

    def place(self, start: int, end: int) -> Place | None:
        """The place of `markdown[start:end]` in the file."""
        return self.origin.place_of(start, end) if self.origin is not None else None

    def place_of_block(self, block: "Token | Paragraph") -> Place | None:
        """The place of a block: from its first visible character to the end of its first line."""
        if self.origin is None or block.map is None:
            return None
        lines = self.markdown.split("\n")
        start = sum(len(line) + 1 for line in lines[: block.map[0]])
        line = lines[block.map[0]] if block.map[0] < len(lines) else ""
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
        return cls(value if isinstance(value, Scalar) else text)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "minLength": 1, "format": "markdown"}


def children_of(paragraph: Paragraph) -> "list[Token]":
    """The tokens of a paragraph's running text. Most are read without, and markdown-it takes a tenth of a cold start to load."""
    from composer.prose import commonmark

    return commonmark.children_of(paragraph)


def _addresses_in(children: "list[Token]") -> Iterator[tuple[str, str]]:
    types = [child.type for child in children]
    for index in [index for index, kind in enumerate(types) if kind == "link_open"]:
        words = children[index + 1 : types.index("link_close", index)]
        yield str(children[index].attrs["href"]), visible_text(words)


def visible_text(children: "list[Token] | tuple[Token, ...]") -> str:
    """The text of inline tokens as a reader sees it; line breaks inside a paragraph are spaces."""
    return "".join([child.content if child.type in ("text", "code_inline") else _BREAKS.get(child.type, "") for child in children])


def _blanked(match: re.Match[str]) -> str:
    """Spaces in the place of a link's target; what opens it stays."""
    lead = "](" if match[0].startswith("](") else ""
    return lead + " " * (len(match[0]) - len(lead))
