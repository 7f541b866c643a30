"""What keys, tokens and private addresses look like."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from composer.facts.lists import lines_of


class Secret(NamedTuple):
    """Something in a text that lets in whoever has it: what it is, and its offsets."""

    kind: str
    start: int
    end: int


# Links made to be passed on: a subscriber's gift, or a picture that its host serves with a token to everybody. Of a host,
# its whole name: microsoft.com ends in the letters of ft.com.
_MEANT_TO_BE_SHARED = r"^[^/?#]*//(?:[^/?#]*\.)?(?:firebasestorage\.googleapis\.com|bloomberg\.com|ft\.com|nytimes\.com)/|[?&](?:sharetype=gift|pwapi_token=)"


def secrets_in(text: str) -> Iterator[Secret]:
    """Every secret of a text, in its order; of two that overlap, the first and longest."""
    if not _may_hold_any(text):
        return
    found = sorted(
        (Secret(kind, *match.span(match.re.groups)) for hint, kind, pattern in _kinds() if hint in text for match in _compiled(pattern).finditer(text)),
        key=lambda secret: (secret.start, -secret.end),
    )
    end = 0
    for secret in found:
        if secret.start >= end and not _is_meant_to_be_shared(text, secret):
            yield secret
            end = secret.end


def _is_meant_to_be_shared(text: str, secret: Secret) -> bool:
    if secret.kind not in ("an address with a token in it", "a signed token (JWT)"):
        return False
    start = max(text.rfind(sign, 0, secret.start) for sign in " \n\t(<\"'")
    around = _compiled(r"""[^\s)>"']*""").match(text, start + 1)
    return around is not None and _compiled(_MEANT_TO_BE_SHARED).search(around[0]) is not None


def _may_hold_any(text: str) -> bool:
    """A quick look: what stands in front of the few signs in which most kinds' letters end, then the other kinds' letters."""
    tails, others = _looks()
    return any(sign in text and any(piece.endswith(tails[sign]) for piece in text.split(sign)[:-1]) for sign in tails) or any(
        letters in text for letters in others
    )


@cache
def _looks() -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    letters = [hint for hint, _, _ in _kinds()]
    tails = {sign: tuple({hint[:-1].rpartition(sign)[2] for hint in letters if hint.endswith(sign)}) for sign in "=_-"}
    tails["-us"] = tuple("0123456789abcdef")
    return tails, tuple(hint for hint in letters if hint != "-us" and not hint.endswith(("=", "_", "-")))


@cache
def _kinds() -> tuple[tuple[str, str, str], ...]:
    return tuple((hint, kind, pattern) for hint, kind, pattern in (line.split("\t") for line in lines_of("secrets.txt")))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
