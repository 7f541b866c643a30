"""What the delivery rules read of a message: its headers as they stand in it, where each was typed, its two parts."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from composer.checks.side_by_side import once_a_draft
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


@once_a_draft
def headers_of(proof: Proof) -> tuple[Header, ...]:
    """The headers of a proof's message in order. Bytes over 127, which have no place there, are read as Latin-1."""
    return _headers_in(header_block_of(proof))


def header_block_of(proof: Proof) -> str:
    """All headers of a proof's message as they stand in it, without the empty line behind them."""
    return _header_block(proof.message, 0, len(proof.message))


def _header_block(message: bytes, start: int, end: int) -> str:
    empty_line = message.find(b"\r\n\r\n", start, end)
    return message[start : empty_line if empty_line >= 0 else end].decode("latin-1")


def _headers_in(block: str) -> tuple[Header, ...]:
    if not block:
        return ()
    found = (line.partition(":") for line in _line_ends().split(block))
    return tuple(Header(name if colon else "", value if colon else name) for name, colon, value in found)


@cache
def _line_ends() -> re.Pattern[str]:
    return re.compile(r"\r\n(?![ \t])")


def headers_called(proof: Proof, name: str) -> list[Header]:
    """The headers of that name, whatever their capitals."""
    return headers_by_name(proof).get(name.lower(), [])


@once_a_draft
def headers_by_name(proof: Proof) -> dict[str, list[Header]]:
    """The headers of a proof's message by their names in small letters."""
    found: dict[str, list[Header]] = {}
    for header in headers_of(proof):
        found.setdefault(header.name.lower(), []).append(header)
    return found


def typed_for(proof: Proof, header: str) -> list[Scalar]:
    """The values of newsletter.yaml and of the draft that a header is made of, the leading one first."""
    return _typed(proof).get(header.lower(), [])


@once_a_draft
def _typed(proof: Proof) -> dict[str, list[Scalar]]:
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
    return {header: [value for value in values if isinstance(value, Scalar)] for header, values in typed.items()}


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


def alternatives_in(proof: Proof) -> tuple[str, ...]:
    """The media types of a message's alternatives in order; its own where it has none."""
    own = next((header.value for header in headers_called(proof, "Content-Type")), "text/plain")
    boundary = _boundary().search(own)
    if not own.lower().startswith("multipart/alternative") or boundary is None:
        return (_media_type(own),)
    parts = _parts_of(proof.message, b"\r\n--" + boundary[1].encode("latin-1"))
    return tuple(_media_type(next((h.value for h in headers if h.name.lower() == "content-type"), "text/plain")) for headers in parts)


def _parts_of(message: bytes, boundary: bytes) -> Iterator[tuple[Header, ...]]:
    """The headers of each part that such a boundary begins; what it ends with `--` is none."""
    at = message.find(boundary)
    while at >= 0:
        behind = at + len(boundary)
        at = message.find(boundary, behind)
        end = at if at >= 0 else len(message)
        if not message.startswith(b"--", behind):
            start = message.find(b"\r\n", behind, end)
            yield _headers_in(_header_block(message, start + 2, end)) if start >= 0 else ()


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


@cache
def _boundary() -> re.Pattern[str]:
    return re.compile(r'boundary="?([^";]+)', re.IGNORECASE)


@cache
def in_brackets() -> re.Pattern[str]:
    """An address of a header, in its angle brackets (RFC 5322, 3.4; RFC 2369, 2)."""
    return re.compile(r"<([^<>]*)>")
