"""A press review: one report of a publication in another language, retold."""

from pydantic import Field

from composer.blocks.body import Body
from composer.sections.section import Section
from composer.yaml_source.field_types import Line


class PressReview(Section):
    """One report retold for readers who cannot read the original; the text names its publication."""

    publication: Line = Field(description="The publication that the report is from; the text must name it.", examples=["Southern Metropolis Daily"])
    body: Body = Field(
        description="Two or three paragraphs, in Markdown.", examples=["The newspaper Southern Metropolis Daily spent a night with the city's noodle cooks."]
    )
