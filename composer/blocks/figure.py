"""A figure: a picture with its words."""

from pydantic import Field

from composer.blocks.block import Block
from composer.prose.markdown import Prose
from composer.yaml_source.field_types import Line, Url


class Figure(Block):
    """A picture, with the text that stands for it where pictures are off, a caption and a credit."""

    image: Line = Field(
        description="An https address, or the name of a file in the folder beside the draft that is named like it.", examples=["harbor-cranes.png"]
    )
    alt: Line | None = Field(
        default=None,
        description="What the picture shows, in one sentence, for readers who do not see it.",
        examples=["An automated crane lifts containers at sunset."],
    )
    caption: Prose | None = Field(
        default=None, description="The line beneath, in Markdown.", examples=["Terminal Four moves a third of the port's containers."]
    )
    credit: Line | None = Field(default=None, description="Who made the picture.", examples=["Illustration: Ines Okafor"])
    link: Url | None = Field(default=None, description="Where the picture leads when it is clicked.", examples=["https://example.org/gallery"])
    width: int | None = Field(default=None, gt=0, le=20000, description="Width in pixels; read from the file where it lies beside the draft.", examples=[1120])
    height: int | None = Field(default=None, gt=0, le=20000, description="Height in pixels; read from the file where it lies beside the draft.", examples=[630])

    @property
    def is_local(self) -> bool:
        """Whether the picture is a file beside the draft rather than an address."""
        return ":" not in self.image and not self.image.startswith("//")
