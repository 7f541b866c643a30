"""Publications known by name: what a bracket at the end of a brief may hold besides plain words, and how names are spelled."""

from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize

from composer.facts.lists import lines_of

# Shorter words are not told apart from other names; longer ones may be misspelt twice.
_SHORTEST = 5
_LONG = 8
_SMALL_WORDS = frozenset(["of", "the", "and", "on", "in", "for", "a", "s"])


@cache
def publications() -> frozenset[str]:
    """The names in publications.txt, in small letters; the file says where they come from."""
    return frozenset(name.lower() for name in publication_names())


@cache
def publication_names() -> tuple[str, ...]:
    """The names in publications.txt as they are spelled."""
    return tuple(lines_of("publications.txt"))


def is_known_publication(name: str) -> bool:
    """Whether this is the name of a publication; capitals make no difference."""
    return name.lower() in publications()


class _Known(NamedTuple):
    """Names by their words: each tuple, all of them joined, and for each number of words the tuples with their spelling."""

    exact: frozenset[tuple[str, ...]]
    joined: dict[str, str]
    by_count: dict[int, list[tuple[tuple[str, ...], str]]]


@lru_cache(maxsize=4096)
def nearest_publication(name: str, own: tuple[str, ...] = ()) -> str | None:
    """The known publication that was probably meant by this name; None for a known name, and for one that is near none.

    Near is a misspelling of one word, or all words but one of at least three. Never a ratio of letters: CNBC is not NBC.
    """
    words = _words(name)
    known = _known(own)
    if not words or words in known.exact:
        return None
    if len(words) > 1 or len(name) > _SHORTEST:
        joined = known.joined.get("".join(words))
        if joined is not None:
            return joined
    slip = next((spelled for kept, spelled in known.by_count.get(len(words), ()) if _is_one_slip(words, kept, name)), None)
    return slip or _one_word_off(words, known)


def _is_one_slip(words: tuple[str, ...], kept: tuple[str, ...], name: str) -> bool:
    """Whether just one word differs, and as a misspelling of it would."""
    different = [pair for pair in zip(words, kept, strict=True) if pair[0] != pair[1]]
    if len(different) != 1:
        return False
    typed, meant = different[0]
    # A short word on its own is as likely to be another name, and one in capitals is: CNBC, NBC.
    shortest = _SHORTEST if len(words) == 1 else _SHORTEST - 1
    if min(len(typed), len(meant)) < shortest or abs(len(typed) - len(meant)) > 2 or typed[0] != meant[0]:
        return False
    if name.isupper() or not typed.isalpha():
        return False
    most = 2 if min(len(typed), len(meant)) >= _LONG else 1
    # Loading rapidfuzz costs a cold start 11 ms.
    if letters_apart(typed, meant) > most:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(typed, meant) <= most


def letters_apart(one: str, other: str) -> int:
    """How many letters would have to be exchanged, at least: a slip exchanges one at most, and none where two change places."""
    return max((Counter(one) - Counter(other)).total(), (Counter(other) - Counter(one)).total())


def _one_word_off(words: tuple[str, ...], known: _Known) -> str | None:
    """A name of at least three words of which one was exchanged or left out."""
    count = len(words)
    if count >= 3:
        for kept, spelled in known.by_count.get(count, ()):
            same = [typed for typed, meant in zip(words, kept, strict=True) if typed == meant]
            # "The Times of Malta" shares no more with "The Times of India" than a kind of paper.
            if len(same) == count - 1 and sum(word not in _SMALL_WORDS for word in same) >= 2:
                return spelled
    if count >= 2 and all(word not in _SMALL_WORDS for word in words):
        for kept, spelled in known.by_count.get(count + 1, ()):
            if any(kept[:gap] + kept[gap + 1 :] == words for gap in range(count + 1)):
                return spelled
    return None


@lru_cache(maxsize=16)
def _known(own: tuple[str, ...]) -> _Known:
    joined: dict[str, str] = {}
    by_count: dict[int, list[tuple[tuple[str, ...], str]]] = {}
    for name in (*own, *publication_names()):
        words = _words(name)
        joined.setdefault("".join(words), name)
        by_count.setdefault(len(words), []).append((words, name))
    return _Known(frozenset(words for kept in by_count.values() for words, _ in kept), joined, by_count)


def _words(name: str) -> tuple[str, ...]:
    """The words of a name in small letters, without accents, punctuation and an article in front."""
    letters = name.casefold().replace("’", "").replace("'", "")
    if not letters.isascii():
        letters = "".join(c for c in normalize("NFKD", letters) if not combining(c))
    words = "".join(c if c.isalnum() else " " for c in letters).split()
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)
