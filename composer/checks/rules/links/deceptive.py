"""links/deceptive."""

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote

from composer.checks.link_reading import Link, is_under, links_of, span_of_words, without_www
from composer.checks.redirect_reading import redirect_of
from composer.checks.rule import Defect, error
from composer.draft.load import Draft
from composer.facts.hosts import top_level_domains
from composer.finding import Level

# Endings of files that are countries, too: README.md is no host in Moldova.
_FILE_ENDINGS = ("md", "py", "rs", "sh", "pl", "ps", "zip", "mov", "so", "cc", "pm", "ml", "mk", "vi", "do")


@error
def deceptive(draft: Draft) -> Iterator[Defect]:
    """A link whose words are one address and whose target is another.

    What it checks:
        Markdown links whose whole text is a web address, a host or a mail address, against where they lead: the host
        must be the same, or one beneath the other; `www.` and the scheme make no difference. A bare name in
        capitals, such as `JD.com`, may be the company and not its site: that is a warning.

    Why it matters:
        This is how phishing looks. Mail programs warn of such links, and filters take the whole mail for an attack.

    Example:
        - "Read it at [harborreview.example](https://othersite.example/story)."

    Instead:
        - "Read it at [harborreview.example](https://harborreview.example/story)."
    """
    for link in links_of(draft):
        if link.words is None or ("." not in link.words and "@" not in link.words):
            continue
        words = link.words.strip(" \t\n()[]<>“”\"'").rstrip(".,;:!?…")
        found = _mismatch(words, link)
        if found is None:
            continue
        shown, leads, level = found
        yield Defect(
            link.text.place_of(*span_of_words(link)),
            f"the words say `{shown}`, and the link leads to `{leads}`",
            "name what readers will find there, in words, or link to the address that is shown",
            label=f"leads to {leads}",
            level=level,
        )


def _mismatch(words: str, link: Link) -> tuple[str, str, Level | None] | None:
    """What the words say and where the link leads, if these differ."""
    if "@" in words and _mail().fullmatch(words.lower()):
        shown, leads = words.lower(), unquote(link.parts.path).lower()
        return (shown, leads, None) if link.parts.scheme == "mailto" and "@" in leads and shown not in leads.split(",") else None
    match = _host().fullmatch(words)
    if match is None or not link.host or not link.is_web:
        return None
    shown = without_www(match["host"].lower())
    is_address = bool(match["scheme"] or match["www"] or match["path"])
    ending = shown.rpartition(".")[2]
    if not is_address and (ending in _FILE_ENDINGS or (ending.isascii() and ending not in top_level_domains())):
        return None
    if _is_same(shown, link.host):
        return None
    redirect = redirect_of(link)
    if redirect is not None and redirect.target is not None and _is_same(shown, redirect.host):
        return None
    may_be_a_name = not is_address and match["host"] != match["host"].lower()
    return shown, without_www(link.host), "warning" if may_be_a_name else None


def _is_same(shown: str, host: str) -> bool:
    leads = without_www(host)
    return is_under(leads, shown) or is_under(shown, leads) or leads == _as_dns(shown) or _as_dns(leads) == shown


def _as_dns(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


@cache
def _host() -> re.Pattern[str]:
    return re.compile(r"(?P<scheme>https?://)?(?P<www>www\.)?(?P<host>[\w-]+(?:\.[\w-]+)*\.[^\W\d_][\w-]+)(?::\d+)?(?P<path>/\S*)?", re.IGNORECASE)


@cache
def _mail() -> re.Pattern[str]:
    return re.compile(r"[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+")
