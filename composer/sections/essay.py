"""The essay: the issue's main piece, in the writer's own voice."""

from typing import ClassVar

from pydantic import Field

from composer.blocks.body import Body, names_of_blocks
from composer.sections.section import Section
from composer.yaml_source.field_types import Line


class Essay(Section):
    """The main piece of the issue: headline, dek and body."""

    headed: ClassVar[bool] = False
    leads: ClassVar[bool] = True

    headline: Line | None = Field(
        default=None, description="The title; the subject stands there where this is left out.", examples=["The port that learned to run itself"]
    )
    dek: Line | None = Field(
        default=None, description="The line beneath the title.", examples=["The cranes no longer need drivers. The drivers have opinions."]
    )
    body: Body = Field(
        description=f"The text, in Markdown, or a list of texts and blocks ({', '.join(names_of_blocks())}).",
        examples=["Last autumn I spent a week with the people who used to sit in those cranes."],
    )
