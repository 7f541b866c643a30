"""delivery/duplicate-header."""

from collections.abc import Iterator

from composer.checks.message_reading import headers_by_name, place_of_header
from composer.checks.rule import Defect, error
from composer.proof.proof import Proof

# From is missing here: that there is one is delivery/sender's to see.
_ONCE = frozenset(
    [
        *("date", "sender", "reply-to", "to", "cc", "bcc", "message-id", "in-reply-to", "references", "subject"),
        *("mime-version", "content-type", "content-transfer-encoding"),
        *("list-id", "list-unsubscribe", "list-unsubscribe-post", "list-help", "list-post", "list-owner", "list-archive"),
    ]
)


@error
def duplicate_header(proof: Proof) -> Iterator[Defect]:
    """A header that may stand in a message once stands there twice.

    What it checks:
        The headers that RFC 5322 allows once (Date, Subject, To, Reply-To, Message-ID and others), those of MIME, and
        those of mailing lists. Composer writes each once; a step that adds its own to the message may not look.

    Why it matters:
        Gmail refuses such mail outright, and of two subjects or two ways to leave each program picks another.

    Example:
        Subject: The cranes have opinions
        Subject: [Harbor Notes] The cranes have opinions

    Instead:
        Subject: The cranes have opinions

    Source: RFC 5322, 3.6 (its table); RFC 2919, 3; RFC 2369, 3; RFC 8058, 3.1.
    """
    if not proof.message:
        return
    for name, headers in headers_by_name(proof).items():
        if len(headers) > 1 and name in _ONCE:
            message = f"the message has {len(headers)} {headers[0].name} headers"
            yield Defect(place_of_header(proof, name), message, "whatever adds a header to the message must replace the one that is there")
