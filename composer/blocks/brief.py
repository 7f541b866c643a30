"""A brief: a short item of a digest, with its source, paywall mark and follow-ups."""

from functools import cached_property
from typing import ClassVar

from pydantic import Field

from composer.blocks.block import Block
from composer.prose.markdown import Prose
from composer.prose.source_mark import Source, SourceMark, split_mark, split_runs
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
    def _split(self) -> tuple[Prose, SourceMark | None]:
        return (self.text, None) if self.source else _without_mark(self.text)

    @property
    def words(self) -> Prose:
        """The text without the mark."""
        return self._split[0]

    @property
    def mark(self) -> SourceMark | None:
        """The mark typed at the end of the text; None where there is none, or `source` says it."""
        return self._split[1]

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Who published it, from `source` or the mark."""
        if self.source:
            return (_named(str(self.source), paywall=self.paywall),)
        mark = self.mark
        if mark is None:
            return ()
        if self.paywall and len(mark.sources) == 1:
            return (mark.sources[0]._replace(paywall=True),)
        return mark.sources


def _named(typed: str, *, paywall: bool) -> Source:
    """The source of a `source:` field; the brackets and the `$` of a mark may be typed there as well."""
    name = typed.strip()
    if name[:1] in ("(", "（") and name[-1:] in (")", "）") and not any(bracket in name[1:-1] for bracket in "()（）"):
        name = name[1:-1].strip()
    bare = name.rstrip("$＄ \u00a0") if name.endswith(("$", "＄")) else name
    return Source(bare or typed, paywall or (bare != name and bool(bare)))


def _without_mark(text: Prose) -> tuple[Prose, SourceMark | None]:
    """A text without the mark at its end, and the mark."""
    paragraphs = text.paragraphs
    runs = paragraphs[-1].runs if paragraphs else None
    split = split_runs(runs) if runs is not None else None
    if not paragraphs or split is None:
        return _without_mark_by_tokens(text)
    left, mark = split
    return (text.cut([*paragraphs[:-1], paragraphs[-1].cut(left)]), mark) if mark is not None else (text, None)


def _without_mark_by_tokens(text: Prose) -> tuple[Prose, SourceMark | None]:
    last = max((index for index, token in enumerate(text.tokens) if token.type == "inline"), default=None)
    if last is None:
        return text, None
    children, mark = split_mark(list(text.tokens[last].children or []))
    if mark is None:
        return text, None
    shortened = text.tokens[last].copy(children=children)
    return text.cut(None, [*text.tokens[:last], shortened, *text.tokens[last + 1 :]]), mark
