"""A story from the archive: one long read that is still worth it."""

from pydantic import Field

from composer.blocks.body import Body
from composer.project.people import Names
from composer.sections.section import Section, SectionOptions
from composer.yaml_source.field_types import Line, Url


class ArchiveStoryOptions(SectionOptions):
    """The words on the button."""

    button: Line = Field(default="Read the full story", description="The words on the button.", examples=["Read the big story"])


class ArchiveStory(Section):
    """An earlier story with its month, its first paragraphs and a button."""

    options = ArchiveStoryOptions

    headline: Line = Field(description="The story's headline, which is a link.", examples=["The turbine that was built to be struck by lightning"])
    date: Line = Field(description="When it ran, month and year.", examples=["August 2020"])
    body: Body = Field(description="Its paragraphs, in Markdown, or a list of texts and blocks.", examples=["Every blade at sea is hit about twice a year."])
    url: Url = Field(description="The story's address.", examples=["https://example.org/turbine"])
    byline: Names = Field(description="Who wrote it, one name or a list.", examples=["Tobias Adeyemi"])
