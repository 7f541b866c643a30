"""Which of a draft's addresses are looked up with --network, and under which spelling."""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urldefrag, urlsplit

from composer.blocks.figure import Figure
from composer.checks.link_reading import web_links
from composer.checks.placeholder_hosts import placeholder_reason
from composer.draft.load import Draft
from composer.place import Place
from composer.prose.merge_fields import MERGE_FIELD
from composer.yaml_source.values import Scalar


class Asked(NamedTuple):
    """An address that is asked for, and where it was typed first."""

    address: str
    place: Place
    is_picture: bool


def asked_of(draft: Draft) -> Iterator[Asked]:
    """The web addresses of links and pictures that a draft's writer typed, each once; without their fragments.

    The settings' own addresses are left out: asking for an unsubscribe link may unsubscribe somebody.
    """
    seen: set[str] = set()
    for href, place, is_picture in _typed(draft):
        address = urldefrag(href).url
        if address not in seen and _can_be_asked(address):
            seen.add(address)
            yield Asked(address, place, is_picture)


def _typed(draft: Draft) -> Iterator[tuple[str, Place, bool]]:
    for link in web_links(draft):
        yield link.href, link.place, False
    for _, model in draft.issue.models() if draft.issue is not None else ():
        if isinstance(model, Figure) and not model.is_local and isinstance(model.image, Scalar):
            yield str(model.image), model.image.place, True


def _can_be_asked(address: str) -> bool:
    """Whether a server can be asked for it; of hosts that are nobody's, links/placeholder-host speaks without asking."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".").lower()
    except ValueError:
        return False
    return address.startswith(("http://", "https://")) and bool(host) and placeholder_reason(host) is None and not MERGE_FIELD.search(address)
