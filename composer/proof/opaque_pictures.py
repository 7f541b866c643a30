"""Pictures beside the draft while it is rendered: each is one word, until it is known how an edition carries pictures."""

import re
from collections.abc import Iterator, Mapping

_SIGN = "zpic"
_OPAQUE = re.compile(rf"{_SIGN}(?:[0-9a-f]{{2}})+{_SIGN}")


def opaque_picture(name: str) -> str:
    """The word that stands for a picture beside the draft."""
    return f"{_SIGN}{name.encode().hex()}{_SIGN}"


def with_addresses(html: str, addresses: Mapping[str, str]) -> str:
    """The HTML with pictures' words turned into addresses; a word without one, which somebody typed to look like them, stays a word."""
    pieces: list[str] = []
    end = 0
    for word in _words_in(html) if addresses else ():
        pieces += html[end : word.start()], addresses.get(word[0], word[0])
        end = word.end()
    return "".join([*pieces, html[end:]])


def _words_in(html: str) -> Iterator[re.Match[str]]:
    """What looks like a picture's word; a plain search leads to it sooner than the pattern does by itself."""
    start = html.find(_SIGN)
    while start >= 0:
        word = _OPAQUE.match(html, start)
        if word is not None:
            yield word
        start = html.find(_SIGN, word.end() if word is not None else start + 1)


def offset_among_words(html: str, addresses: Mapping[str, str], offset: int) -> int:
    """Where in the HTML stood what stands at an offset of it `with_addresses`."""
    for match in _words_in(html) if addresses else ():
        address = addresses.get(match[0], match[0])
        if offset < match.start() + len(address):
            return min(offset, match.start())
        offset += len(match[0]) - len(address)
    return offset
