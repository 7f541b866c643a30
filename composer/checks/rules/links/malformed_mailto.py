"""links/malformed-mailto."""

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote

from composer.checks.link_reading import Link, edits_to, has_merge_tag, links_of
from composer.checks.rule import Defect, error
from composer.draft.load import Draft

_HEADERS = ("to", "cc", "bcc", "subject", "body", "in-reply-to")


@error
def malformed_mailto(draft: Draft) -> Iterator[Defect]:
    """A mail link that opens no mail, or a wrong one.

    What it checks:
        Links that begin with `mailto:`, and mail addresses that lack it, for what RFC 6068 asks: whole addresses with
        commas between them, one `?` in front of `subject=` and `body=`, `&` between these.

    Why it matters:
        A reader who wants to answer gets an error, or a mail to nobody.

    Example:
        - "Write to [the desk](mailto:desk@harborreview)."

    Instead:
        - "Write to [the desk](mailto:desk@harborreview.example)."

    Source: RFC 6068; RFC 5322 for addresses.
    """
    for link in links_of(draft):
        if link.is_bare or ("@" not in link.href and link.href[:5].lower() != "mailt"):
            continue
        if link.href.lower().startswith("mailto:"):
            fault = _fault(link.href[len("mailto:") :]) if not has_merge_tag(link.typed.partition("?")[0]) else None
            if fault is not None:
                yield Defect(link.place, fault[0], fault[1], label="no mail opens")
        elif _only_an_address().fullmatch(link.href) and not has_merge_tag(link.typed):
            yield _lacks_scheme(draft, link)


def _lacks_scheme(draft: Draft, link: Link) -> Defect:
    edits = edits_to(draft, link, link.start, link.start, "mailto:")
    return Defect(link.place, f"`{link.typed}` is a mail address, not a web address", f"write mailto:{link.typed}", label="`mailto:` is missing", edits=edits)


def _fault(rest: str) -> tuple[str, str] | None:
    """What is wrong behind `mailto:`, and what to type."""
    typed, question, headers = rest.partition("?")
    addresses = unquote(typed)
    if addresses.startswith("//"):
        return "a mail link has no slashes", f"write mailto:{addresses.lstrip('/')}"
    if "&" in addresses or re.search(r"\b(?:subject|body)=", addresses, re.IGNORECASE):
        return "`?` is missing between the address and the subject", "write mailto:name@example.org?subject=…"
    if not addresses.strip() and not headers:
        return "this mail link has no address", "write mailto:name@example.org"
    if ";" in addresses:
        return "only commas stand between mail addresses", "write mailto:first@example.org,second@example.org"
    wrong = next((address for address in addresses.split(",") if not _address().fullmatch(address)), None) if addresses.strip() else None
    if wrong is not None:
        return f"`{wrong}` is no mail address", "write mailto:name@example.org"
    return _fault_of_headers(headers) if question else None


def _fault_of_headers(headers: str) -> tuple[str, str] | None:
    if "?" in headers:
        return "a second `?` stands in this mail link", "write `&` between subject and body, and %3F for a question mark in their words"
    for header in headers.split("&"):
        name = header.partition("=")[0]
        if name.lower() not in _HEADERS:
            return f"`{name}` is nothing that a mail link can fill in", "subject=…, body=…, cc=… or bcc=…; write %26 for an & in their words"
    return None


@cache
def _only_an_address() -> re.Pattern[str]:
    return re.compile(r"[^/?#:\s@]+@[^/\s@]+")


@cache
def _address() -> re.Pattern[str]:
    return re.compile(r"[^\s@,;:<>()\[\]\"\\]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]")
