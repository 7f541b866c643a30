"""A note: a few plain paragraphs, such as an introduction or housekeeping."""

from typing import ClassVar

from pydantic import Field

from composer.prose.markdown import Prose
from composer.sections.section import Section


class Note(Section):
    """A few words of the newsroom to its readers, without a heading of their own."""

    headed: ClassVar[bool] = False
    shorthand: ClassVar[str | None] = "text"

    text: Prose = Field(description="The note, in Markdown.", examples=["A housekeeping note: the newsletter takes a break next week."])
