"""The message: an issue as a mail (.eml), multipart/alternative with the text first.

Nothing in it comes from a clock or from chance: date, Message-ID and boundaries follow from the issue, so two
builds of one draft are the same to the byte.
"""

import re
from base64 import b64encode
from binascii import b2a_qp
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from string import ascii_letters, digits, punctuation
from textwrap import wrap
from typing import Any, NamedTuple
from urllib.parse import quote
from zoneinfo import ZoneInfo

from composer.issue.issue import Issue
from composer.issue.pictures import Picture
from composer.project.newsletter import Newsletter
from composer.prose.merge_fields import protected, restored, with_fallbacks

_LINE_BREAK = re.compile(r"[\r\n\x85\u2028\u2029\x00-\x1f]+")
# the hour an issue is dated where its draft does not say when it goes out
_USUAL_HOUR = time(6, 0)
# an encoded word may have 75 characters and its line 76 (RFC 2047, section 2); in a name only these stand for themselves (5)
_LINE = 76
_PLAIN_IN_QUOTED = frozenset(ascii_letters + digits + "!*+-/")
# Structured headers whose value is an address in angle brackets: folding or encoding would break it. A date needs neither.
_WHOLE = frozenset({"list-unsubscribe", "list-unsubscribe-post", "list-id", "message-id", "archived-at", "date"})


class _Policy(EmailPolicy):
    """SMTP's policy, but what it would damage is folded here: subjects, senders' names, addresses in brackets.

    Python 3.11 rewrote a long List-Unsubscribe as an encoded word (RFC 2047), which breaks one-click unsubscribing
    (RFC 8058); it reads words such as `=?x?=` in a subject as encoded, and makes encoded words over 75 characters.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        if name.lower() in _WHOLE or name.lower() == "subject":
            return name, str(value)
        return super().header_store_parse(name, value)

    def fold(self, name: str, value: Any) -> str:
        if name.lower() in _WHOLE:
            return f"{name}: {value}{self.linesep}"
        if name.lower() == "subject":
            return f"{name}: {self._subject(str(value), len(name) + 2)}{self.linesep}"
        if name.lower() in ("from", "reply-to") and _needs_encoding(value.addresses[0].display_name):
            (address,) = value.addresses
            words = _encoded_words(address.display_name, len(name) + 2)
            return f"{name}: {self._joined([*words, f'<{address.addr_spec}>'])}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii", "surrogateescape")

    def _subject(self, subject: str, column: int) -> str:
        if not _needs_encoding(subject):
            lines = wrap(" " * column + subject, _LINE, break_long_words=False, break_on_hyphens=False, drop_whitespace=True)
            lines = [lines[0].lstrip(), *lines[1:]] if lines else [""]
            # only where joining the lines gives the subject back, as it does not with two spaces at a line's end
            if " ".join(lines) == subject and max(map(len, lines)) < _LINE:
                return self._joined(lines)
        return self._joined(_encoded_words(subject, column))

    def _joined(self, lines: Sequence[str]) -> str:
        return f"{self.linesep} ".join(lines)


def _needs_encoding(words: str) -> bool:
    return not words.isascii() or not words.isprintable() or "=?" in words


def _encoded_words(words: str, column: int) -> list[str]:
    """Encoded words (RFC 2047) for a header whose value begins at `column`, in the shorter of the two encodings."""
    made = [_split_to_fit(words, column, spell) for spell in (_as_base64, _as_quoted)]
    return min(made, key=lambda parts: sum(map(len, parts)))


def _split_to_fit(words: str, column: int, spell: Callable[[str], str]) -> list[str]:
    """As few encoded words as fit their lines; a character is never split between two."""
    parts: list[str] = []
    current = ""
    for character in words:
        room = _LINE - (column if not parts else 1)
        if current and len(spell(current + character)) > room:
            parts.append(spell(current))
            current = ""
        current += character
    return [*parts, spell(current)]


def _as_base64(words: str) -> str:
    return f"=?utf-8?b?{b64encode(words.encode()).decode()}?="


def _as_quoted(words: str) -> str:
    spelled = "".join("_" if byte == 32 else chr(byte) if chr(byte) in _PLAIN_IN_QUOTED else f"={byte:02X}" for byte in words.encode())
    return f"=?utf-8?q?{spelled}?="


_POLICY = _Policy(linesep="\r\n", cte_type="7bit")


class Reader(NamedTuple):
    """One reader to whom the mail goes by itself, and the moment when: then it is a mail of its own, dated so."""

    address: str
    moment: datetime


def message_of(
    issue: Issue,
    newsletter: Newsletter,
    *,
    html: str,
    text: str,
    pictures: Mapping[str, Picture],
    subject: str,
    view_online: str | None,
    zone: str,
    in_header: Callable[[str], str | None],
    reader: Reader | None = None,
) -> bytes:
    """The mail's bytes. `text` is for format=flowed; `pictures` are carried inside it, by the Content-ID that the HTML names.

    `in_header` spells an address that may hold merge fields; None leaves the header out.
    """
    if reader is not None:
        html, text, subject, view_online = with_fallbacks(html), with_fallbacks(text), with_fallbacks(subject), with_fallbacks(view_online or "")
    digest = sha256(f"{newsletter.slug}\0{issue.stem}\0{subject}\0{html}\0{text}{reader or ''}".encode()).hexdigest()
    sender, name = newsletter.sender, newsletter.sender.name or newsletter.name
    head = [_mailbox("From", name, sender.address)]
    if sender.reply_to:
        head.append(_mailbox("Reply-To", name, sender.reply_to))
    # Whoever delivers it names the reader; until then an empty group (RFC 5322, 3.4) says that there are several.
    head.append(_folded("To", reader.address) if reader is not None else "To: undisclosed-recipients:;\r\n")
    head.append(_folded("Subject", one_line(subject)))
    head.append(_folded("Date", format_datetime(reader.moment if reader is not None else moment_of(issue, zone))))
    head.append(_folded("Message-ID", f"<{issue.date:%Y%m%d}.{digest[:24]}@{sender.address.rpartition('@')[2]}>"))
    head.append(_folded("List-Id", f"{_phrase(newsletter.name)} <{sender.list_id}>".lstrip()))
    unsubscribe = newsletter.unsubscribe
    if unsubscribe is not None:
        mailto = f", <mailto:{unsubscribe.mailto}>" if unsubscribe.mailto else ""
        url = with_fallbacks(unsubscribe.url) if reader is not None else unsubscribe.url
        leave_at = in_header(_in_ascii(url))
        if leave_at is not None:
            head.append(_folded("List-Unsubscribe", f"<{leave_at}>{mailto}"))
            if unsubscribe.url.lower().startswith("https:"):
                head.append(_folded("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    found_at = in_header(_in_ascii(view_online)) if view_online else None
    if found_at is not None:
        head.append(_folded("Archived-At", f"<{found_at}>"))
    head.append("MIME-Version: 1.0\r\n")
    parts = _text_part(text, 'plain; charset="utf-8"; format="flowed"'), _html_part(html, pictures, f"=_{digest[40:64]}")
    return "".join(head).encode("ascii", "surrogateescape") + _multipart("alternative", f"=_{digest[24:48]}", parts)


def content_id(name: str, newsletter: Newsletter) -> str:
    """The Content-ID (RFC 2392) of a picture inside the mail, without angle brackets."""
    return f"{sha256(name.encode()).hexdigest()[:16]}@{newsletter.sender.address.rpartition('@')[2]}"


def moment_of(issue: Issue, zone: str) -> datetime:
    """When the issue goes out: its `send_at`, else six in the morning of its day, in the newsletter's time zone."""
    moment = issue.send_at or datetime.combine(issue.date, _USUAL_HOUR)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=ZoneInfo(zone))


def one_line(text: str) -> str:
    """The text without anything that could begin a new header."""
    return _LINE_BREAK.sub(" ", str(text)).strip()


def _folded(name: str, value: str | Address) -> str:
    """A header as it stands in the mail, line breaks included."""
    return _POLICY.fold(*_POLICY.header_store_parse(name, value))


@lru_cache(maxsize=64)
def _mailbox(header: str, name: str, address: str) -> str:
    """A name with its address, the same in every mail of a newsletter: Python's reading of one takes a sixth of a millisecond.

    It is given in two parts: given whole, Python decodes what looks encoded in it, and raises.
    """
    user, _, domain = address.rpartition("@")
    return _folded(header, Address(one_line(name), username=user, domain=domain))


def _in_ascii(url: str) -> str:
    """An address for a header, which holds ASCII only: other letters percent-encoded, a host's as punycode."""
    if url.isascii():
        return url
    from markdown_it.common.normalize_url import normalizeLink

    return quote(restored(normalizeLink(protected(url))), safe=punctuation + " ")


def _phrase(name: str) -> str:
    """A display name for a structured header, as RFC 5322 quotes it; not ASCII, it is left out rather than encoded."""
    clean = one_line(name).replace("\\", "").replace('"', "")
    return f'"{clean}"' if clean.isascii() else ""


def _text_part(text: str, kind: str) -> bytes:
    """Words as a part of the mail."""
    return f"Content-Type: text/{kind}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".encode() + _quoted_printable(text)


def _quoted_printable(text: str) -> bytes:
    """Text in quoted-printable, by C, in lines of 76 at most (RFC 2045, 6.7).

    EmailMessage encodes in Python and writes its lines one by one, which made a mail of 100 KB take 5 ms, not 0.5; and its
    policy lets lines have 78.
    """
    lines = text.encode().splitlines()
    return b2a_qp(b"\r\n".join(lines) + b"\r\n", istext=True)


def _html_part(html: str, pictures: Mapping[str, Picture], boundary: str) -> bytes:
    """The HTML, with the pictures it carries beside it."""
    part = _text_part(html, 'html; charset="utf-8"')
    return _multipart("related", boundary, [part, *(_picture_part(cid, picture) for cid, picture in pictures.items())]) if pictures else part


def _picture_part(cid: str, picture: Picture) -> bytes:
    head = f"Content-Type: {picture.media_type}\r\nContent-Transfer-Encoding: base64\r\n{_named(picture.path.name)}Content-ID: <{cid}>\r\n\r\n"
    return head.encode() + _base64_lines(picture.path.read_bytes())


def _base64_lines(content: bytes) -> bytes:
    """Base64 in lines of 76 (RFC 2045, 6.8); encoded at once, for `encodebytes` goes through Python for every line."""
    encoded = b64encode(content)
    return b"".join(encoded[start : start + _LINE] + b"\r\n" for start in range(0, len(encoded), _LINE))


@lru_cache(maxsize=64)
def _named(file: str) -> str:
    """The header that gives a picture's file name; Python encodes one that is not ASCII (RFC 2231)."""
    head = EmailMessage(policy=_POLICY)
    head.add_header("Content-Disposition", "inline", filename=file)
    return str(head.as_bytes(policy=_POLICY).removesuffix(b"\r\n"), "ascii")


def _multipart(kind: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    """Parts, each begun by the boundary (RFC 2046, 5.1.1). No part can hold it: `=_` stands in no encoded text."""
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    begin = f"--{boundary}".encode()
    return b"".join([head, *(b"%b\r\n%b\r\n" % (begin, part) for part in parts), begin, b"--\r\n"])
