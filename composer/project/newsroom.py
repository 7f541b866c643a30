"""newsroom.yaml: what all newsletters of a newsroom share; the file marks the project's root."""

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from composer.yaml_source.field_types import Line, PlainText, Url, wrong
from composer.yaml_source.typed import Typed


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise wrong(f"“{name}” is not a time zone", "write it as in the tz database, such as America/New_York or Europe/Berlin") from None
    return name


TimeZone = Annotated[Line, AfterValidator(_time_zone)]


class Publisher(Typed):
    """Who publishes the newsletters, as the law of most countries wants it in every mail."""

    name: Line = Field(description="The publisher's name.", examples=["Harbor Review"])
    url: Url | None = Field(default=None, description="The publisher's site.", examples=["https://harborreview.example"])
    postal_address: Line | None = Field(
        default=None,
        description="The postal address, on one line; bulk mail must carry it (CAN-SPAM Act, 15 U.S.C. 7704(a)(5)).",
        examples=["1 Sample Street, Port Amity"],
    )


class Newsroom(Typed):
    """What all newsletters share."""

    publisher: Publisher = Field(description="Who publishes the newsletters.")
    time_zone: TimeZone = Field(
        default="UTC", description="The time zone of dates and of sending, unless a newsletter has its own.", examples=["America/New_York"]
    )
    pictures_url: Url | None = Field(
        default=None,
        description="Where pictures beside the drafts are hosted. Without it the HTML refers to copies beside it and the .eml carries them inside.",
        examples=["https://pictures.newsroom.example/"],
    )
    legal_footer: PlainText | None = Field(
        default=None, description="Further words that every mail must carry.", examples=["Registered in Port Amity, No. 12."]
    )
