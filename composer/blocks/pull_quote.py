"""A pull quote: words of the text set large."""

from pydantic import Field

from composer.blocks.block import Block
from composer.prose.markdown import Prose


class PullQuote(Block):
    """A sentence worth stopping at, with its speaker where it is not the writer."""

    quote: Prose = Field(description="The words, without quotation marks of their own.", examples=["The robots were the easy part."])
    attribution: Prose | None = Field(default=None, description="Who said it.", examples=["Ruan, crane driver"])
