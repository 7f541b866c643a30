"""links/moved."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from composer.checks.lookup_reading import asked_of
from composer.checks.rule import Defect, info
from composer.draft.load import Draft

if TYPE_CHECKING:
    from composer.lookups.links import LinkAnswers


@info
def moved(draft: Draft, link_answers: "LinkAnswers") -> Iterator[Defect]:
    """A page has moved for good, and the link goes by its old address.

    What it checks:
        With `--network`, addresses that redirect to another page with a permanent redirect, every step of the way.
        A redirect that adds `www.`, `https:` or a slash is not worth a word; one from an article to a site's front page is,
        since the article is then usually gone.

    Why it matters:
        Old addresses are kept for a while and then forgotten, and an issue is read in the archive for years.

    Example:
        url: https://tools.ietf.org/html/rfc5322

    Instead:
        url: https://datatracker.ietf.org/doc/html/rfc5322

    Source: RFC 9110, 15.4.2 (301) and 15.4.9 (308).
    """
    for asked in asked_of(draft):
        answer = link_answers.get(asked.address)
        if answer is None or not answer.for_good or answer.status is None or answer.status >= 400 or _page(answer.final) == _page(asked.address):
            continue
        to_front = _page(answer.final)[1] == "" and _page(asked.address)[1] != ""
        yield Defect(
            asked.place,
            f"this page has moved for good, to {'the front page ' if to_front else ''}{answer.final}",
            "the page itself may be gone: open it, and link to where its story is now" if to_front else f"link to {answer.final}",
            label="an old address",
        )


def _page(address: str) -> tuple[str, str, str]:
    """Host, path and query, as far as they tell pages apart."""
    parts = urlsplit(address)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query
