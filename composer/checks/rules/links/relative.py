"""links/relative."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.link_reading import Link, begins_twice, edits_to, has_merge_tag, links_of
from composer.checks.rule import Defect, error
from composer.checks.site_reading import template_links
from composer.checks.typed_pictures import is_of_a_picture
from composer.discovery import nearest
from composer.draft.load import Draft
from composer.finding import Edit
from composer.proof.proof import Proof

_HELP = "write the whole address as a browser shows it: https://…"


@error
def relative(draft: Draft, proof: Proof) -> Iterator[Defect]:
    """A link that is no whole web address.

    What it checks:
        Markdown links and the fields `url` and `link` for an address without scheme or host: `/story`, `story.html`,
        `//host/story`, `www.host.com`, `https:/host`, `htps://host`, or with two: `http://https://host`. Also `/…` in a
        template.

    Why it matters:
        On a website the rest is understood. A mail has no site around it, so the link leads nowhere.

    Example:
        url: www.example.org/story

    Instead:
        url: https://www.example.org/story

    Source: RFC 3986, sections 4.2 and 5.1: a relative reference needs a base, and a mail has none.
    """
    for link in links_of(draft):
        twice = begins_twice(link)
        if twice is not None:
            scheme = f"{twice['second']}://"
            edits = edits_to(draft, link, link.start, link.start + twice.end(), scheme)
            yield Defect(link.place, "this address begins twice", f"write {scheme}{link.typed[twice.end() :]}", label="leads nowhere", edits=edits)
        if link.is_bare or (link.host and link.is_web) or has_merge_tag(link.typed) or not _is_not_whole(link.href):
            continue
        # A figure's picture may well be the name of a file; editorial/unsupported-markdown asks for one.
        if is_of_a_picture(link):
            continue
        edits = _edits(draft, link)
        yield Defect(link.place, f"`{link.typed or link.href}` is not a whole web address", _help(link, edits), label="leads nowhere from a mail", edits=edits)
    for found in template_links(draft, proof, "/"):
        yield Defect(found.place, f"`{found.href}` is not a whole web address", _HELP, label="leads nowhere from a mail")


def _is_not_whole(href: str) -> bool:
    address = href.strip()
    if not address or address.startswith("#") or _spoken_for().fullmatch(address):
        return False
    scheme = _scheme().match(address)
    if scheme is None:
        return True
    name = scheme[1].lower()
    if name in ("http", "https"):
        return bool(address[len(name) + 1 :].strip("/#"))
    # An unknown scheme may be an app's own; one letter away from the web's it is a slip, and `host:8080` has none.
    if "." in name or (address[len(name) + 1 :][:1].isdigit() and name not in ("tel", "sms")):
        return True
    return nearest(name, ("http", "https", "mailto")) not in (None, name)


def _help(link: Link, edits: tuple[Edit, ...]) -> str:
    return f"write {_whole(link.typed)}" if edits else _HELP


def _whole(typed: str) -> str:
    return f"https:{typed}" if typed.startswith("//") else f"https://{typed}"


def _edits(draft: Draft, link: Link) -> tuple[Edit, ...]:
    """Only where nothing but the scheme is missing."""
    if not _host_without_scheme().match(link.typed):
        return ()
    return edits_to(draft, link, link.start, link.start, _whole(link.typed).removesuffix(link.typed))


@cache
def _spoken_for() -> re.Pattern[str]:
    """Words still to come (editorial/placeholder) and mail addresses (links/malformed-mailto)."""
    return re.compile(r"(?:(?:TK)+|TODO|FIXME|X{3,})/?|[^/?#\s]+@[^/\s]+")


@cache
def _scheme() -> re.Pattern[str]:
    return re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


@cache
def _host_without_scheme() -> re.Pattern[str]:
    return re.compile(r"(?:www\.|//)[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)")
