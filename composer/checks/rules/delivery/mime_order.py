"""delivery/mime-order."""

from collections.abc import Iterator

from composer.checks.message_reading import alternatives_in
from composer.checks.rule import Defect, error
from composer.proof.proof import Proof

_TEXT = "text/plain"
_HTML = ("text/html", "multipart/related")


@error
def mime_order(proof: Proof) -> Iterator[Defect]:
    """The message's plain text does not stand in front of its HTML.

    What it checks:
        That the message offers two alternatives, first the plain text, then the HTML (with its pictures, if it carries
        any). Composer builds it so; a step that changes the message afterwards may not.

    Why it matters:
        A mail program shows the last alternative that it can: with the text last, every reader gets the plain text.

    Example:
        Content-Type: text/html
        Content-Type: text/plain

    Instead:
        Content-Type: text/plain
        Content-Type: text/html

    Source: RFC 2046, 5.1.4.
    """
    if not proof.message:
        return
    kinds = alternatives_in(proof)
    if len(kinds) == 2 and kinds[0] == _TEXT and kinds[1] in _HTML:
        return
    if _TEXT not in kinds or not set(_HTML) & set(kinds):
        message = f"the message has no {'plain text' if _TEXT not in kinds else 'HTML'}, only {' and '.join(kinds)}"
    else:
        message = f"the parts of the message stand in the wrong order: {', '.join(kinds)}"
    yield Defect(proof.place_in_templates(), message, "whatever changes the message must keep its parts: first the plain text, then the HTML")
