"""A post from a social network, quoted as text: no script, no remote widget."""

import re

from pydantic import Field, field_validator

from composer.blocks.block import Block
from composer.facts.free_mail import is_free_mail_host
from composer.yaml_source.field_types import Day, Line, PlainText, Url, wrong


class Post(Block):
    """Somebody's post, shown as a card with its author and date."""

    text: PlainText = Field(description="The post's words, plain text; line breaks are kept.", examples=["The menu is back."])
    author: Line = Field(description="The author's name as it is shown.", examples=["Xiaoman Noodles"])
    handle: Line | None = Field(default=None, description="The author's handle; a leading @ is accepted.", examples=["xiaoman_noodles"])
    date: Day = Field(description="The day it was posted.", examples=["2026-11-20"])
    url: Url = Field(description="The post's own address.", examples=["https://x.com/xiaoman_noodles/status/1"])

    @field_validator("handle", mode="after")
    @classmethod
    def _without_at(cls, handle: str | None) -> str | None:
        if not handle:
            return None
        name = handle.lstrip("@＠")
        if re.match(r"(?:[a-z]+://|www\.)|[\w-]+(?:\.[\w-]+)+/", name, re.IGNORECASE):
            last = re.split(r"[?#]", name)[0].rstrip("/").rpartition("/")[2].lstrip("@")
            raise wrong("a handle is expected here, not an address of the web", f"such as `{last}`; the address of the post stands under `url:`")
        # A name and a host is how networks of many hosts write it: wen@mastodon.social.
        first, at, host = name.rpartition("@")
        if at and is_free_mail_host(host):
            raise wrong(
                "a handle is expected here, not a mail address",
                f"such as `{first.removeprefix('mailto:')}`: the name that the network shows, or delete the line",
            )
        return name

    @property
    def network(self) -> str:
        """The name of the network, from the post's address."""
        host = self.url.partition("//")[2].partition("/")[0].removeprefix("www.").lower()
        return _NETWORKS.get(host, host)


_NETWORKS = {
    "x.com": "X",
    "twitter.com": "X",
    "bsky.app": "Bluesky",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "weibo.com": "Weibo",
    "m.weibo.cn": "Weibo",
    "linkedin.com": "LinkedIn",
    "instagram.com": "Instagram",
    "facebook.com": "Facebook",
    "reddit.com": "Reddit",
    "youtube.com": "YouTube",
    "tiktok.com": "TikTok",
    "mastodon.social": "Mastodon",
}
