"""A sponsor's message, always labelled as one."""

from pydantic import Field

from composer.blocks.block import Block
from composer.prose.markdown import Prose
from composer.yaml_source.field_types import Line, Url


class Sponsor(Block):
    """Paid words. The label is always shown, and its links carry rel=sponsored."""

    label: Line = Field(description="Says that this is paid for, and by whom.", examples=["Sponsored by Harbor Bank"])
    body: Prose = Field(description="The sponsor's words, in Markdown.", examples=["Accounts for people who ship things."])
    url: Url = Field(description="Where the message leads.", examples=["https://example.org/offer"])
