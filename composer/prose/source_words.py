"""Words about a source that stand beside its name in a mark: a language, a paywall, the form of the report."""

from functools import cache

from composer.facts.lists import lines_of

# What stands beside a language: "in Chinese", "originally in French", "English-language version".
_BESIDE = frozenset((
    "and", "article", "brazilian", "edition", "in", "language", "link", "only", "original", "originally", "report", "simplified",
    "text", "the", "traditional", "translated", "translation", "version",
))  # fmt: skip
_PAYWALL = frozenset((
    "behind a paywall", "paid", "paywall", "paywalled", "requires a subscription", "requires subscription", "subscriber only",
    "subscribers only", "subscription", "subscription needed", "subscription only", "subscription required",
))  # fmt: skip
_FORMS = frozenset((
    "audio", "free", "free link", "free to read", "gift link", "opinion", "pdf", "podcast", "registration", "registration required",
    "transcript", "video",
))  # fmt: skip


def says_paywall(words: str) -> bool:
    """Whether the words say what the sign `$` says: `paywall`, `subscription required`."""
    return _plain(words) in _PAYWALL


def is_about_a_source(words: str) -> bool:
    """Whether the words tell of a source and name none: `in Chinese`, `French`, `paywall`, `video`."""
    plain = _plain(words)
    return plain in _PAYWALL or plain in _FORMS or _is_of_a_language(plain)


def _is_of_a_language(plain: str) -> bool:
    words = plain.split()
    return not _languages().isdisjoint(words) and all(word in _languages() or word in _BESIDE for word in words)


@cache
def _languages() -> frozenset[str]:
    return frozenset(lines_of("languages.txt"))


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("-", " ").split())
