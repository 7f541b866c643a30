"""What the rules about size read: how long the mail's HTML is on its way, and where a mail program that cuts would cut."""

from bisect import bisect_right
from collections.abc import Callable

from composer.checks.side_by_side import once_a_draft
from composer.draft.load import Draft
from composer.place import Place
from composer.proof.proof import Proof

# Gmail's limit is nowhere official. 102 KB is what senders have measured since 2012; one test (Spam Resource, January
# 2022) found about 105 KB. 102,400 bytes is the stricter reading of "102 KB", on the encoded part.
GMAIL_CUTS_AT = 102_400
NEAR_THE_CUT = 90_000


@once_a_draft
def size_at_most(html: str) -> int:
    """A size that the encoded HTML does not exceed: a twentieth of the time of encoding it, and enough for most mails."""
    size = len(html.encode())
    # A character beyond ASCII has two bytes to escape for each one that it takes more than a letter, at most.
    escaped = html.count("=") + 2 * (size - len(html))
    breaks = html.count("\n")
    # Each escaped byte takes three, each line break may need an escaped space before it, each line has 73 characters or more.
    longest = size + 2 * escaped + 3 * breaks
    return longest + 3 * (longest // 73 + 1)


@once_a_draft
def encoded_size(html: str) -> int:
    """The bytes of the HTML as the mail carries it (proof/message.py): quoted-printable, lines ended by CRLF."""
    from binascii import b2a_qp

    return len(b2a_qp(html.replace("\n", "\r\n").encode(), istext=True))


def cut_offset(html: str, limit: int, *, added: Callable[[int], int] = lambda _: 0) -> int:
    """How many characters of the HTML fit into `limit` bytes; `added` says what a service has added by an offset."""
    return bisect_right(range(1, len(html) + 1), limit, key=lambda end: encoded_size.__wrapped__(html[:end]) + added(end))


def place_in_draft(draft: Draft, proof: Proof, offset: int) -> Place:
    """Where in the draft the last thing before an offset of the HTML was typed; the imprint, say, was typed elsewhere."""
    while offset > 0:
        place = proof.place_in_html(offset)
        if place is not None and place.path == draft.path:
            return place
        offset = proof.html.rfind("<", 0, offset)
    return draft.source.top


def part_of(draft: Draft, proof: Proof, offset: int) -> str:
    """What stands at an offset of the HTML: a section by its key, or words that newsletter.yaml adds, such as the imprint."""
    place = proof.place_in_html(offset)
    section = draft.section_at(place.line) if place is not None and place.path == draft.path else None
    return f"`{section}`" if section else "the standing words of newsletter.yaml"


def kilobytes(size: int) -> str:
    """A size in words."""
    return f"{size / 1000:,.0f} KB"
