"""Stories: the leading pieces of a bulletin, each with its own sign-off."""

from typing import ClassVar

from pydantic import Field

from composer.blocks.body import Body
from composer.blocks.brief import Brief
from composer.project.people import Names
from composer.prose.markdown import Prose
from composer.sections.section import Section, SectionOptions
from composer.yaml_source.field_types import Line, Url
from composer.yaml_source.typed import Typed


class StoriesOptions(SectionOptions):
    """The words of the link to the whole story."""

    read_more: Line = Field(
        default="Read the full story.", description="The words of the link behind a story's last paragraph.", examples=["Read the full story."]
    )


class Story(Typed):
    """A story with its headline and byline, or a note that says where it is from."""

    headline: Line = Field(description="The story's headline.", examples=["The hospital that lets its patients edit their own records"])
    body: Body = Field(
        description="Its paragraphs, in Markdown, or a list of texts and blocks.",
        examples=["At a small hospital, patients can open their chart and correct it."],
    )
    url: Url | None = Field(
        default=None, description="The whole story's address; makes the link behind the last paragraph.", examples=["https://example.org/story"]
    )
    byline: Names | None = Field(default=None, description="Who wrote it, one name or a list: the story's sign-off.", examples=["Marit Solheim"])
    note: Prose | None = Field(
        default=None,
        description="Where the story is from, in Markdown, if not by a byline.",
        examples=["This story is from China Report, our weekly newsletter."],
    )
    more: list[Brief] = Field(
        default_factory=list,
        description="Further reading, one line each.",
        examples=[["[Read more about the records.](https://example.org/more) (MIT Technology Review)"]],
    )


class Stories(Section):
    """The leading stories."""

    options = StoriesOptions
    headed: ClassVar[bool] = False
    leads: ClassVar[bool] = True
    shorthand: ClassVar[str | None] = "items"
    counted: ClassVar[str | None] = "items"

    items: list[Story] = Field(description="The stories, in order.")
