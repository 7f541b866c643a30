"""A kicker: the light piece at the end."""

from pydantic import Field

from composer.blocks.body import Body
from composer.sections.section import Section


class Kicker(Section):
    """A light last piece, perhaps with a post or a figure."""

    body: Body = Field(
        description="One to three paragraphs in Markdown, or a list of texts and blocks.",
        examples=["A noodle shop lost its menu in a flood and asked its customers to redraw it."],
    )
