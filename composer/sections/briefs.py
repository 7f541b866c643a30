"""A digest of numbered briefs."""

from typing import ClassVar

from pydantic import Field

from composer.blocks.brief import Brief
from composer.sections.section import Section, SectionOptions
from composer.yaml_source.field_types import Line


class BriefsOptions(SectionOptions):
    """The digest's legend."""

    legend: Line | None = Field(
        default=None,
        description="The line beneath the heading that explains the `$` mark.",
        examples=["$ after a source means you may need a subscription to read it."],
    )


class Briefs(Section):
    """Short items with their sources, numbered."""

    options = BriefsOptions
    shorthand: ClassVar[str | None] = "items"
    counted: ClassVar[str | None] = "items"

    items: list[Brief] = Field(description="The items, each one line with its source in brackets at the end, or a mapping.")
