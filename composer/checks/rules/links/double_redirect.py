"""links/double-redirect."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.link_reading import edits_to, web_links
from composer.checks.redirect_reading import redirect_of
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft


@warning
def double_redirect(draft: Draft) -> Iterator[Defect]:
    """A link that goes through somebody's redirect before it reaches its page.

    What it checks:
        Every web address for the redirects of search engines, networks, mail filters and chat programs, such as
        `google.com/url?q=`, `l.facebook.com/l.php?u=` and Outlook's safe links, and for other newsletters' click
        counters. Where the true address can be read out of it, it is put there.

    Why it matters:
        The link was copied out of a search or a mail. It tells somebody who reads along what readers press, may hold
        the name of whoever copied it, and dies when that service forgets it.

    Example:
        url: https://www.google.com/url?q=https://harborreview.example/story&sa=D

    Instead:
        url: https://harborreview.example/story
    """
    for link in web_links(draft):
        redirect = redirect_of(link)
        if redirect is None:
            continue
        if redirect.target is None:
            help = "open it once, and copy the address of the page that it leads to"
            yield Defect(link.place, f"`{link.host}` only counts a click and passes readers on", help, label="not the page’s own address")
            continue
        target = _written(redirect.target)
        yield Defect(
            link.place,
            f"`{link.host}` only passes readers on to `{redirect.host}`",
            f"link to the page itself: {target}",
            label="a detour",
            edits=edits_to(draft, link, link.start, link.end, target),
        )


def _written(target: str) -> str:
    """The target so that Markdown and YAML leave it alone."""
    return _delicate().sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), target)


@cache
def _delicate() -> re.Pattern[str]:
    return re.compile(r"[^A-Za-z0-9:/?#@!$&+,;=._~%-]")
