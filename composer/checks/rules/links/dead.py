"""links/dead."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from composer.checks.lookup_reading import asked_of
from composer.checks.rule import Defect, error
from composer.draft.load import Draft

if TYPE_CHECKING:
    from composer.lookups.links import LinkAnswer, LinkAnswers


@error
def dead(draft: Draft, link_answers: "LinkAnswers") -> Iterator[Defect]:
    """A link leads to a page that is not there.

    What it checks:
        With `--network`, every web address of links and pictures: that its host exists and its server has the page.
        An answer of 404 or 410, a host without an address on the open net and redirects that lead nowhere are
        errors; a server that fails, takes no connections or is too slow is a warning, since it may be back in an
        hour. A server that only keeps machines out (401, 403, 429 and the like) says nothing about the page.

    Why it matters:
        A dead link is the one mistake that every reader who cares enough to click will find.

    Example:
        url: https://www.rfc-editor.org/rfc/rfc99999

    Instead:
        url: https://www.rfc-editor.org/rfc/rfc5322

    Source: RFC 9110, 15.5.5 (404), 15.5.11 (410) and 15.6 (5xx).
    """
    from composer.lookups.links import CLOSED_TO_MACHINES

    for asked in asked_of(draft):
        answer = link_answers.get(asked.address)
        if answer is None or (answer.status is not None and (answer.status < 400 or answer.status in CLOSED_TO_MACHINES)):
            continue
        is_lasting = answer.is_private or _is_lasting(answer)
        thing = "picture" if asked.is_picture else "page"
        yield Defect(
            asked.place,
            f"this {thing} {'is not there' if is_lasting else 'could not be had'}: {_why(answer)}",
            "open it in a browser; link to where it is now, or to a copy of it" if is_lasting else "open it in a browser, and check again later",
            label=_why(answer),
            level="error" if is_lasting else "warning",
        )


def _is_lasting(answer: "LinkAnswer") -> bool:
    if answer.status is not None:
        return answer.status < 500
    return answer.trouble.startswith(("no host", "it is not", "its redirects", "more than"))


def _why(answer: "LinkAnswer") -> str:
    return answer.trouble if answer.status is None else f"its server answers {answer.status}"
