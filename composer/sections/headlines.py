"""Headlines: a numbered list of must-reads, each a linked headline with one line beneath."""

from typing import ClassVar

from pydantic import Field

from composer.blocks.brief import Brief
from composer.sections.section import Section, SectionOptions
from composer.yaml_source.field_types import Line, Url
from composer.yaml_source.typed import Typed


class HeadlinesOptions(SectionOptions):
    """The list's legend."""

    legend: Line | None = Field(
        default=None,
        description="The line beneath the heading, which also explains the `$` mark.",
        examples=["Ten stories worth your time. $ marks a source that may ask you to subscribe."],
    )


class Headline(Typed):
    """A headline with its link, one line about it, and follow-ups."""

    headline: Line = Field(description="The headline, which is the link.", examples=["Undersea cables are being used to listen for earthquakes"])
    url: Url = Field(description="Where it leads.", examples=["https://example.org/cables"])
    dek: Brief = Field(
        description="One line about it, ending with its source in brackets.", examples=["They picked up a tremor before the coast did. (Science News)"]
    )
    more: list[Brief] = Field(
        default_factory=list,
        description="Follow-ups, at most two, one line each with their own sources.",
        examples=[["[The cable owners would like a fee.](https://example.org/fee) (Reuters $)"]],
    )


class Headlines(Section):
    """Numbered headlines."""

    options = HeadlinesOptions
    shorthand: ClassVar[str | None] = "items"
    counted: ClassVar[str | None] = "items"

    items: list[Headline] = Field(description="The headlines, in order.")
