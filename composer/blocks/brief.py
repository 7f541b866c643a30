"""A brief: a short item of a digest, with its source, paywall mark and follow-ups."""

from functools import cached_property
from typing import ClassVar

from markdown_it.token import Token
from pydantic import Field

from composer.blocks.block import Block
from composer.prose.markdown import Prose
from composer.prose.source_mark import Source, SourceMark, split_mark
from composer.yaml_source.field_types import Line


class Brief(Block):
    """A short item: one line, or a mapping where it has follow-ups or a source of its own."""

    shorthand: ClassVar[str | None] = "text"

    text: Prose = Field(
        description="The item in Markdown. It may end with its source in brackets, `(Reuters)`, with ` $` where readers meet a paywall.",
        examples=["[ByteDance is working with Broadcom](https://example.org/story) on a new chip. (Reuters $)"],
    )
    source: Line | None = Field(
        default=None, description="Who published it. Wins over a bracket at the end of the text, which then stays text.", examples=["Bloomberg"]
    )
    paywall: bool = Field(default=False, description="Whether readers may need a subscription: prints ` $` behind the source.", examples=[True])
    more: "list[Brief]" = Field(default_factory=list, description="Follow-ups, printed beneath the item; each may be written in both forms.")

    @cached_property
    def _split(self) -> tuple[list[Token], SourceMark | None]:
        inlines = list(self.text.inlines)
        children = list(inlines[-1].children or []) if inlines else []
        return (children, None) if self.source else split_mark(children)

    @property
    def mark(self) -> SourceMark | None:
        """The mark typed at the end of the text; None where there is none, or `source` says it."""
        return self._split[1]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Who published it, from `source` or the mark."""
        if self.source:
            return (Source(str(self.source), self.paywall),)
        mark = self.mark
        if mark is None:
            return ()
        if self.paywall and len(mark.sources) == 1:
            return (mark.sources[0]._replace(paywall=True),)
        return mark.sources

    @cached_property
    def tokens(self) -> list[Token]:
        """The text's tokens without the mark."""
        tokens = self.text.tokens
        if self.mark is None:
            return tokens
        last = max(i for i, token in enumerate(tokens) if token.type == "inline")
        shortened = tokens[last].copy(children=self._split[0])
        return [*tokens[:last], shortened, *tokens[last + 1 :]]
