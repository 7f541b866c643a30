"""What the delivery rules read of a message: its headers as they stand in it, where each was typed, its two parts."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from composer.place import Place
from composer.proof.proof import Proof
from composer.yaml_source.values import Mapping, Scalar


class Header(NamedTuple):
    """A header as it stands in the message; a line that is none has no name. `raw` keeps its line breaks."""

    name: str
    raw: str

    @property
    def value(self) -> str:
        """The value on one line (RFC 5322, 2.2.3)."""
        return self.raw.replace("\r\n", "").strip()


@lru_cache(maxsize=1)
def headers_in(message: bytes) -> tuple[Header, ...]:
    """The headers of a message in order. Bytes over 127, which have no place there, are read as Latin-1."""
    if not message:
        return ()
    block = message.partition(b"\r\n\r\n")[0].decode("latin-1")
    found = (line.partition(":") for line in _line_ends().split(block))
    return tuple(Header(name if colon else "", value if colon else name) for name, colon, value in found)


@cache
def _line_ends() -> re.Pattern[str]:
    return re.compile(r"\r\n(?![ \t])")


def headers_called(proof: Proof, name: str) -> list[Header]:
    """The headers of that name, whatever their capitals."""
    return [header for header in headers_in(proof.message) if header.name.lower() == name.lower()]


def typed_for(proof: Proof, header: str) -> list[Scalar]:
    """The values of newsletter.yaml and of the draft that a header is made of, the leading one first."""
    newsletter, issue = proof.newsletter, proof.issue
    sender, unsubscribe = newsletter.sender, newsletter.unsubscribe
    leave = (unsubscribe.url, unsubscribe.mailto) if unsubscribe is not None else ()
    typed = {
        "from": (sender.address, sender.name or newsletter.name),
        "reply-to": (sender.reply_to, sender.name or newsletter.name),
        "subject": (issue.subject,),
        "date": tuple(_typed_days(issue.origin)),
        "message-id": (sender.address,),
        "list-id": (sender.list_id, newsletter.name),
        "list-unsubscribe": leave,
        "list-unsubscribe-post": leave[:1],
        "archived-at": (newsletter.view_online, issue.slug),
    }
    return [value for value in typed.get(header.lower(), ()) if isinstance(value, Scalar)]


def _typed_days(draft: object) -> Iterator[Scalar]:
    for key in ("date", "send_at"):
        value = draft.get(key) if isinstance(draft, Mapping) else None
        if isinstance(value, Scalar):
            yield value


def place_of_header(proof: Proof, header: str) -> Place:
    """Where the leading value of a header was typed; the layout's first line for what no file says."""
    typed = typed_for(proof, header)
    return typed[0].place if typed else proof.place_in_templates()


def place_of_words(proof: Proof, header: str, words: str) -> Place:
    """Where these words of a header were typed; where they stand in none of its values, the leading one."""
    for value in typed_for(proof, header):
        start = value.find(words)
        if start >= 0:
            return value.place_of(start, start + len(words))
    return place_of_header(proof, header)


@lru_cache(maxsize=1)
def alternatives_in(message: bytes) -> tuple[str, ...]:
    """The media types of a message's alternatives in order; its own where it has none."""
    own = next((header.value for header in headers_in(message) if header.name.lower() == "content-type"), "text/plain")
    boundary = _boundary().search(own)
    if not own.lower().startswith("multipart/alternative") or boundary is None:
        return (_media_type(own),)
    _, *parts = message.split(b"\r\n--" + boundary[1].encode("latin-1"))
    types = (next((h.value for h in _headers_of_part(part) if h.name.lower() == "content-type"), "text/plain") for part in parts if not part.startswith(b"--"))
    return tuple(map(_media_type, types))


def _headers_of_part(part: bytes) -> tuple[Header, ...]:
    return headers_in.__wrapped__(part.partition(b"\r\n")[2])


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


@cache
def _boundary() -> re.Pattern[str]:
    return re.compile(r'boundary="?([^";]+)', re.IGNORECASE)
