"""Bullets: a list of one-liners with a line of introduction."""

from typing import ClassVar

from pydantic import Field

from composer.prose.markdown import Prose
from composer.sections.section import Section


class Bullets(Section):
    """One-liners, each with a link in it."""

    shorthand: ClassVar[str | None] = "items"
    counted: ClassVar[str | None] = "items"

    intro: Prose | None = Field(default=None, description="A line above the list, in Markdown.", examples=["A place for comfort and distraction."])
    items: list[Prose] = Field(description="The one-liners, in Markdown.", examples=[["[The rare mole](https://example.org/mole) is a sight to behold."]])
