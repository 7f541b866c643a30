"""The message: an issue as a mail (.eml), multipart/alternative with the text first.

Nothing in it comes from a clock or from chance: date, Message-ID and boundaries follow from the issue, so two
builds of one draft are the same to the byte.
"""

import re
from collections.abc import Mapping
from datetime import datetime, time
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from composer.issue.issue import Issue
from composer.issue.pictures import Picture
from composer.project.newsletter import Newsletter

_LINE_BREAK = re.compile(r"[\r\n\x85\u2028\u2029\x00-\x1f]+")
# the hour an issue is dated where its draft does not say when it goes out
_USUAL_HOUR = time(6, 0)
# Structured headers whose value is an address in angle brackets: folding or encoding would break it.
_WHOLE = frozenset({"list-unsubscribe", "list-unsubscribe-post", "list-id", "message-id", "archived-at"})


class _Policy(EmailPolicy):
    """SMTP's policy, but addresses in angle brackets stay on one line and a subject is encoded word by word.

    Python 3.11 rewrote a long List-Unsubscribe as an encoded word (RFC 2047), which breaks one-click
    unsubscribing (RFC 8058).
    """

    def fold(self, name: str, value: Any) -> str:
        if name.lower() in _WHOLE:
            return f"{name}: {value}{self.linesep}"
        if name.lower() == "subject":
            charset = "us-ascii" if str(value).isascii() else "utf-8"
            folded = Header(str(value), charset, maxlinelen=76, header_name=name).encode(linesep=self.linesep)
            return f"{name}: {folded}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii", "surrogateescape")


_POLICY = _Policy(linesep="\r\n", cte_type="7bit")


def message_of(issue: Issue, newsletter: Newsletter, *, html: str, text: str, pictures: Mapping[str, Picture], subject: str, view_online: str | None, zone: str) -> bytes:
    """The mail's bytes. `pictures` are carried inside it, by the Content-ID that the HTML names."""
    digest = sha256(f"{newsletter.slug}\0{issue.stem}\0{subject}\0{html}\0{text}".encode()).hexdigest()
    message = EmailMessage(policy=_POLICY)
    sender = newsletter.sender
    message["From"] = Address(one_line(sender.name or newsletter.name), addr_spec=str(sender.address))
    if sender.reply_to:
        message["Reply-To"] = Address(one_line(sender.name or newsletter.name), addr_spec=str(sender.reply_to))
    message["Subject"] = one_line(subject)
    message["Date"] = format_datetime(moment_of(issue, zone))
    message["Message-ID"] = f"<{issue.date:%Y%m%d}.{digest[:24]}@{sender.address.rpartition('@')[2]}>"
    message["List-Id"] = f"{_phrase(newsletter.name)} <{one_line(sender.list_id)}>"
    unsubscribe = newsletter.unsubscribe
    if unsubscribe is not None:
        mailto = f", <mailto:{unsubscribe.mailto}>" if unsubscribe.mailto else ""
        message["List-Unsubscribe"] = f"<{one_line(unsubscribe.url)}>{mailto}"
        if unsubscribe.url.startswith("https:"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if view_online:
        message["Archived-At"] = f"<{one_line(view_online)}>"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    _carry(message, pictures, digest)
    message.set_boundary(f"=_{digest[24:48]}")
    return message.as_bytes(policy=_POLICY)


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


def _phrase(name: str) -> str:
    """A display name for a structured header, as RFC 5322 quotes it; not ASCII, it is left out rather than encoded."""
    clean = one_line(name).replace("\\", "").replace('"', "")
    return f'"{clean}"' if clean.isascii() else ""


def _carry(message: EmailMessage, pictures: Mapping[str, Picture], digest: str) -> None:
    if not pictures:
        return
    html = message.get_body(("html",))
    assert isinstance(html, EmailMessage)
    for cid, picture in pictures.items():
        kind, _, subtype = picture.media_type.partition("/")
        html.add_related(picture.path.read_bytes(), kind, subtype, cid=f"<{cid}>", filename=picture.path.name, disposition="inline")
    html.set_boundary(f"=_{digest[40:64]}")
