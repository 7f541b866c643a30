"""delivery/encoded-structured-header."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.message_reading import Header, headers_of, in_brackets, place_of_words
from composer.checks.rule import Defect, error
from composer.proof.proof import Proof

# Free text may be encoded; of these, only a name in front of the address may.
_WITH_NAMES = frozenset(["from", "sender", "reply-to", "to", "cc", "bcc", "list-id"])
_FREE_TEXT = frozenset(["subject", "comments", "keywords"])


@error
def encoded_structured_header(proof: Proof) -> Iterator[Defect]:
    """An address or date in the message's header is encoded as if it were words.

    What it checks:
        That addresses (From, List-Unsubscribe, Archived-At and others), identifiers, dates and the headers of MIME hold
        neither encoded words (`=?utf-8?q?…?=`) nor letters that are not ASCII. Names and subjects may be encoded.

    Why it matters:
        Nobody decodes an address: the one-click unsubscribe of RFC 8058 leads nowhere, an answer comes back.

    Example:
        List-Unsubscribe: =?utf-8?q?=3Chttps=3A//newsroom=2Eexample/leave=3E?=

    Instead:
        List-Unsubscribe: <https://newsroom.example/leave>

    Source: RFC 2047, 5 (where encoded words may stand); RFC 5322, 2.2 (a header is ASCII).
    """
    if not proof.message:
        return
    for header in headers_of(proof):
        name = header.name.lower()
        if name and name not in _FREE_TEXT and ("=?" in header.raw or not header.raw.isascii()):
            found = _not_plain().search(_where_nothing_is_encoded(header, name)) or _not_ascii().search(header.value)
            if found is not None:
                yield Defect(
                    place_of_words(proof, name, found[0]),
                    f"the {header.name} header holds {'an encoded word' if found[0].startswith('=?') else 'letters that are not ASCII'} where an address or a number stands",
                    "type the address in plain letters, with others percent-encoded (%C3%A9) or a host in its xn-- form",
                    label="nobody decodes this",
                )


def _where_nothing_is_encoded(header: Header, name: str) -> str:
    """What stands in angle brackets where a name may stand in front of them; else the whole value."""
    if name not in _WITH_NAMES or "<" not in header.value:
        return header.value
    return " ".join(in_brackets().findall(header.value))


@cache
def _not_plain() -> re.Pattern[str]:
    return re.compile(r"=\?[^\s?]+\?[bBqQ]\?[^\s?]*\?=")


@cache
def _not_ascii() -> re.Pattern[str]:
    return re.compile(r"[^\x00-\x7f]+")
