"""Pictures beside the draft while it is rendered: each is one word, until it is known how an edition carries pictures."""

import re
from collections.abc import Mapping

_OPAQUE = re.compile(r"zpic(?:[0-9a-f]{2})+zpic")


def opaque_picture(name: str) -> str:
    """The word that stands for a picture beside the draft."""
    return f"zpic{name.encode().hex()}zpic"


def with_addresses(html: str, addresses: Mapping[str, str]) -> str:
    """The HTML with pictures' words turned into addresses; a word without one, which somebody typed to look like them, stays a word."""
    return _OPAQUE.sub(lambda m: addresses.get(m[0], m[0]), html) if addresses else html


def offset_among_words(html: str, addresses: Mapping[str, str], offset: int) -> int:
    """Where in the HTML stood what stands at an offset of it `with_addresses`."""
    for match in _OPAQUE.finditer(html) if addresses else ():
        address = addresses.get(match[0], match[0])
        if offset < match.start() + len(address):
            return min(offset, match.start())
        offset += len(match[0]) - len(address)
    return offset
