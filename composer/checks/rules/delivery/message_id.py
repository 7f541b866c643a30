"""delivery/message-id."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.message_reading import headers_called, place_of_header
from composer.checks.rule import Defect, error
from composer.proof.proof import Proof


@error
def message_id(proof: Proof) -> Iterator[Defect]:
    """The message has no Message-ID, or one that is none.

    What it checks:
        That the message has a Message-ID in angle brackets, of two parts without spaces around an `@`, the second a
        domain's name. Composer writes one from the issue; a step that changes the message afterwards may lose it.

    Why it matters:
        Gmail refuses mail without a valid Message-ID, filters count it as spam, and answers cannot be sorted to it.

    Example:
        Message-ID: 20261124.harbor@localhost

    Instead:
        Message-ID: <20261124.harbor@newsroom.example>

    Source: RFC 5322, 3.6.4; Google's "Email sender guidelines" (2024).
    """
    if not proof.message:
        return
    found = headers_called(proof, "Message-ID")
    if not found:
        message = "the message has no Message-ID"
    # What is encoded there is delivery/encoded-structured-header's to report.
    elif not _identifier().fullmatch(found[0].value) and "=?" not in found[0].value:
        message = f"`{found[0].value}` is not a Message-ID"
    else:
        return
    yield Defect(place_of_header(proof, "Message-ID"), message, "whatever changes the message must keep the Message-ID that Composer gave it")


@cache
def _identifier() -> re.Pattern[str]:
    atoms = r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*"
    return re.compile(rf"<{atoms}@[\w-]+(?:\.[\w-]+)+>", re.ASCII)
