"""delivery/list-unsubscribe."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.message_reading import headers_called, in_brackets, place_of_header, typed_for
from composer.checks.rule import Defect, error
from composer.proof.proof import Proof


@error
def list_unsubscribe(proof: Proof) -> Iterator[Defect]:
    """The mail's header does not let readers leave with one click.

    What it checks:
        That the message has a `List-Unsubscribe` header with an https address in it, and beside it
        `List-Unsubscribe-Post: List-Unsubscribe=One-Click`. Where a merge field fills in the whole address, nobody
        can see yet what it will be: a warning; not for `{{ reader.unsubscribe_url }}`, since the service that fills that in
        makes both headers itself.

    Why it matters:
        Gmail and Yahoo show an "unsubscribe" of their own only with these two headers, and since 2024 refuse bulk mail
        that lacks them.

    Example:
        # newsletter.yaml
        unsubscribe:
          url: http://newsroom.example/leave

    Instead:
        unsubscribe:
          url: https://newsroom.example/leave

    Source: RFC 8058 (one click), RFC 2369 (List-Unsubscribe); Google's "Email sender guidelines" and Yahoo's "Sender
    best practices", both in force since February 2024.
    """
    unsubscribe = proof.newsletter.unsubscribe
    # No address at all is delivery/missing-unsubscribe's to report.
    if unsubscribe is None or not proof.message:
        return
    url = str(unsubscribe.url)
    if _of_the_service().fullmatch(url):
        return
    if url.startswith("{{"):
        yield Defect(
            place_of_header(proof, "List-Unsubscribe"),
            "whether readers can leave with one click is known only when this merge field is filled in",
            "begin the address with `https://` and its host, and leave only what differs from reader to reader to a merge field",
            label="nobody sees yet that this is https",
            level="warning",
        )
    elif not _web_address().match(url):
        yield Defect(
            place_of_header(proof, "List-Unsubscribe"),
            "readers cannot leave with one click: that needs an https address",
            "type an address that begins with `https://`",
            label="not an https address",
        )
    else:
        yield from _lost_headers(proof)


def _lost_headers(proof: Proof) -> Iterator[Defect]:
    """What the message lacks although newsletter.yaml is right: it was changed after it was built."""
    addresses = [part for header in headers_called(proof, "List-Unsubscribe") for part in in_brackets().findall(header.value)]
    if not any(_web_address().match(address) for address in addresses):
        word = "the message has no List-Unsubscribe header with an https address in angle brackets"
        yield Defect(
            place_of_header(proof, "List-Unsubscribe"),
            word,
            f"whatever changes the message must keep the line `List-Unsubscribe: <{typed_for(proof, 'List-Unsubscribe')[0]}>`"[:400],
        )
    elif not any(header.value.lower() == "list-unsubscribe=one-click" for header in headers_called(proof, "List-Unsubscribe-Post")):
        word = "the message does not say that one click is enough"
        yield Defect(
            place_of_header(proof, "List-Unsubscribe"),
            word,
            "whatever changes the message must keep the line `List-Unsubscribe-Post: List-Unsubscribe=One-Click`",
        )


@cache
def _web_address() -> re.Pattern[str]:
    return re.compile(r"https://[^/?#\s]", re.IGNORECASE)


@cache
def _of_the_service() -> re.Pattern[str]:
    return re.compile(r"\{\{\s*reader\.unsubscribe_url\s*\}\}")
