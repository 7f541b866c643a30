"""delivery/sender."""

from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category, east_asian_width

from composer.checks.message_reading import Header, headers_called, place_of_header
from composer.checks.rule import Defect, error
from composer.facts.free_mail import is_free_mail_host
from composer.proof.proof import Proof
from composer.yaml_source.values import Scalar

# Names that no server of the internet has (RFC 6761, RFC 6762, RFC 8375; .internal: ICANN, 2024-07-29). Addresses in
# .example are links/placeholder-host's to report, at the send gate.
_PRIVATE = ("local", "localhost", "localdomain", "internal", "invalid", "test", "home.arpa", "lan")


@error
def sender(proof: Proof, *, further_hosts: tuple[str, ...] = ()) -> Iterator[Defect]:
    """The From header is one that mail programs refuse, or that no newsroom should use.

    What it checks:
        That the message has one From header with one address in it; that the address is the newsroom's own: not at a
        free mail service, nor at a name such as `.local` that the internet does not know; and that the sender's name
        has no emoji. `further_hosts` are hosts that the newsroom does not want to send from either.

    Why it matters:
        Gmail, Yahoo and AOL tell every server to refuse mail in their names that they did not send themselves (DMARC).
        Emoji in a sender's name are a mark of spam, and some programs show boxes instead.

    Example:
        # newsletter.yaml
        sender:
          from: harbor.notes@gmail.com

    Instead:
        sender:
          from: notes@newsroom.example

    Source: RFC 5322, 3.6.2; RFC 7489 (DMARC); Google's "Email sender guidelines" (2024): do not impersonate Gmail From
    headers. Hosts: composer/facts/free_mail.txt.
    """
    if not proof.message:
        return
    address, name = proof.newsletter.sender.address, proof.newsletter.sender.name or proof.newsletter.name
    yield from _not_one(proof)
    if isinstance(address, Scalar):
        yield from _strange_host(address, further_hosts)
    if isinstance(name, Scalar) and not name.isascii():
        yield from _emoji(name)


def _not_one(proof: Proof) -> Iterator[Defect]:
    found = headers_called(proof, "From")
    mailboxes = sum(map(_mailboxes_in, (header.raw for header in found)))
    if len(found) != 1 or mailboxes != 1:
        counted = "no From header" if not found else f"{len(found)} From headers" if len(found) > 1 else f"{mailboxes or 'no'} addresses in From"
        yield Defect(
            place_of_header(proof, "From"),
            f"the message has {counted}; it must have one, with one address",
            "whatever changes the message must leave its From header alone",
        )


@lru_cache(maxsize=16)
def _mailboxes_in(raw: str) -> int:
    """How many addresses a From header has; it is made of settings alone, and the same in every issue of a newsletter."""
    from email.utils import getaddresses

    return sum("@" in address for _, address in getaddresses([Header("", raw).value]))


def _strange_host(address: Scalar, further_hosts: tuple[str, ...]) -> Iterator[Defect]:
    start = address.index("@") + 1
    host = str(address)[start:].lower()
    if is_free_mail_host(host) or host in [str(other).lower() for other in further_hosts]:
        yield Defect(
            address.place_of(start, len(address)),
            f"the newsletter is sent from {host}, whose mail is not the newsroom's own",
            "send from a domain of your own; `reply_to:` may be any address that is read",
            label="mail in this host's name will be refused",
        )
    elif any(host == name or host.endswith(f".{name}") for name in _PRIVATE):
        yield Defect(
            address.place_of(start, len(address)),
            f"the internet knows no server called {host}",
            "type the address as it is known outside your own network",
            label="no mail leads here",
        )


def _emoji(name: Scalar) -> Iterator[Defect]:
    """One finding for all emoji of a name, at the first."""
    first = next((i for i in range(len(name)) if _is_emoji(name, i)), None)
    if first is not None:
        end = first + 1
        while end < len(name) and (name[end] in "\ufe0f\u200d\u20e3" or _is_emoji(name, end) or category(name[end]) == "Sk"):
            end += 1
        yield Defect(name.place_of(first, end), "the sender's name has emoji in it", "leave the name to letters", label="an emoji in a sender's name")


def _is_emoji(name: str, index: int) -> bool:
    """A character shown as a picture by itself, made one by the selector behind it, or half a flag."""
    character, behind = name[index], name[index + 1 : index + 2]
    is_picture = category(character) == "So" and east_asian_width(character) == "W" and not "\u3000" <= character <= "\u33ff"
    return is_picture or behind == "\ufe0f" or "\U0001f1e6" <= character <= "\U0001f1ff"
