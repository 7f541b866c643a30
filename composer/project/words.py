"""The few words that templates say themselves, so that a newsletter in another language can say them in its own."""

from pydantic import Field

from composer.yaml_source.field_types import Line
from composer.yaml_source.typed import Typed


class StandingWords(Typed):
    """Words of the furniture around the text."""

    view_online: Line = Field(default="View in browser", description="The link to the issue on the web.", examples=["View in browser"])
    by: Line = Field(default="By", description="In front of a byline.", examples=["By"])
    and_: Line = Field(default="and", alias="and", description="Between two names.", examples=["and"])
    image: Line = Field(default="Image", description="In front of a picture's description in plain text.", examples=["Image"])
    links: Line = Field(default="Links", description="Above the numbered links of a section in plain text.", examples=["Links"])
    or_write_to: Line = Field(default="Or write to", description="In front of the address beneath a reply button.", examples=["Or write to"])
    view_post: Line = Field(default="View the post on", description="In front of the network's name under a post.", examples=["View the post on"])
    unsubscribe: Line = Field(default="Unsubscribe", description="The link to leave.", examples=["Unsubscribe"])
    manage: Line = Field(default="Manage your newsletters", description="The link to choose newsletters.", examples=["Manage your newsletters"])
    proof: Line = Field(default="PROOF – not for sending", description="On every edition of a proof.", examples=["PROOF – not for sending"])
