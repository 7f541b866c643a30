"""What the archive reads in a draft: its links, headlines and sources, found in the YAML without the newsletter's model.

Two thousand drafts are indexed in seconds that way. The price: a source mark is read in its usual spelling only.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from composer.facts.hosts import tracking_parameters
from composer.facts.publications import is_known_publication
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value

# What stands in these is running text, whose links refer to something and do not report it, or names.
_NO_ITEMS = ("body", "corrections", "approvals", "byline")
_FOLLOW_UPS = "more"
# Shorter headlines are labels: "One more thing", "The week ahead". A headline without spaces is measured by its bytes.
_FEWEST_WORDS, _FEWEST_BYTES = 4, 24
# A longer bracket is no source (composer/prose/source_mark.py).
_MOST_WORDS = 5
_TRUE = ("true", "yes", "on")


class Said(NamedTuple):
    """Words of a draft by the key they are looked up with, and where they stand in one of its texts."""

    key: str
    text: Scalar
    start: int
    end: int

    @property
    def line(self) -> int:
        """The line they stand on."""
        source = self.text.source
        offset = source.text.find(self.text[self.start : self.end], self.text.start, self.text.end)
        return source.line_and_column(max(offset, self.text.start))[0]


class Item(NamedTuple):
    """A piece of news: a headline with its link, or a brief with its first link and the words of it, all words where it has none."""

    headline: Said | None
    link: Said | None
    is_follow_up: bool


class Mark(NamedTuple):
    """A source named behind a brief, and whether readers meet a paywall there."""

    source: Said
    paywall: bool


def link_key(address: str) -> str | None:
    """An address without what makes no difference to where it leads; None where it leads to no page of its own, such as a home page."""
    scheme, _, rest = address.strip().partition("://")
    if scheme.lower() not in ("http", "https"):
        return None
    rest, _, fragment = rest.partition("#")
    place, _, query = rest.partition("?")
    host, _, path = place.partition("/")
    path = path.rstrip("/")
    asked = sorted(part for part in query.split("&") if part and not _is_tracking(part)) if query else []
    if not path and not asked:
        return None
    key = f"{host.lower().removeprefix('www.')}/{path}"
    if asked:
        key += f"?{'&'.join(asked)}"
    # `#:~:text=…` and `#Echobox=…` lead to the same page; `#part-two` may be another story of a long one.
    return f"{key}#{fragment}" if fragment and "=" not in fragment else key


def words_key(text: str) -> str:
    """Words without capitals, punctuation and Markdown, so that a headline is found again however it was typed."""
    return " ".join(_words().findall(text.casefold()))


def items_in(root: Mapping) -> Iterator[Item]:
    """Every item of a draft, in its order."""
    yield from _items(root, "", is_follow_up=False)


def links_in(root: Mapping) -> Iterator[Said]:
    """Every link of a draft, running text included, in its order."""
    waiting: list[Value] = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Scalar):
            if "://" in value:
                yield from _links(value)
        elif isinstance(value, Mapping):
            waiting += reversed(value.values())
        else:
            waiting += reversed(value)


def marks_in(root: Mapping) -> Iterator[Mark]:
    """Every source named behind a brief: `(Reuters $)`, or `source:` and `paywall:`."""
    waiting: list[tuple[str, Value, bool]] = [("", root, False)]
    while waiting:
        name, value, is_listed = waiting.pop()
        if isinstance(value, Sequence):
            waiting += [("", item, True) for item in reversed(value)]
        elif isinstance(value, Mapping):
            source = value.get("source")
            if isinstance(source, Scalar) and source.strip():
                yield Mark(Said(words_key(source), source, 0, len(source)), str(value.get("paywall", "")).strip().lower() in _TRUE)
            waiting += [(key, child, False) for key, child in reversed(value.items()) if key not in _NO_ITEMS and not (source and key == "text")]
        elif is_listed or name in ("text", "dek"):
            yield from _mark_behind(value)


def _mark_behind(text: Scalar) -> Iterator[Mark]:
    found = _mark().search(text.rstrip()) if ")" in text[-3:] or "）" in text[-3:] else None
    if found is None:
        return
    inside = found[1].rstrip()
    name = inside.rstrip("$＄").rstrip()
    if name and "," not in name and len(name.split()) <= _MOST_WORDS and (not any(c.isdigit() for c in name) or is_known_publication(name)):
        yield Mark(Said(words_key(name), text, found.start(1), found.start(1) + len(name)), paywall=name != inside)


def _items(value: Value, name: str, *, is_follow_up: bool) -> Iterator[Item]:
    if isinstance(value, Sequence):
        for item in value:
            if isinstance(item, Scalar):
                yield from _brief(item, is_follow_up=is_follow_up)
            else:
                yield from _items(item, "", is_follow_up=is_follow_up)
    elif isinstance(value, Mapping):
        headline, url, text = value.get("headline"), value.get("url"), value.get("text")
        if isinstance(headline, Scalar):
            address = next(_whole_address(url), None) if isinstance(url, Scalar) else None
            yield Item(_headline(headline, 0, len(headline)), address, is_follow_up)
        elif isinstance(text, Scalar) and name != "dek":
            yield from _brief(text, is_follow_up=is_follow_up)
        for key, child in value.items():
            if key not in _NO_ITEMS and not isinstance(child, Scalar):
                yield from _items(child, key, is_follow_up=is_follow_up or key == _FOLLOW_UPS)


def _brief(text: Scalar, *, is_follow_up: bool) -> Iterator[Item]:
    found = _link().search(text) if "](" in text else None
    if found is None:
        whole = text.rstrip()
        mark = _mark().search(whole)
        yield Item(_headline(text, 0, mark.start() if mark else len(whole)), None, is_follow_up)
        return
    key = link_key(found["target"])
    link = Said(key, text, *found.span("target")) if key is not None else None
    yield Item(_headline(text, *found.span("words")), link, is_follow_up)


def _headline(text: Scalar, start: int, end: int) -> Said | None:
    key = words_key(text[start:end])
    is_label = key.count(" ") < _FEWEST_WORDS - 1 and len(key.encode()) < _FEWEST_BYTES
    return None if is_label else Said(key, text, start, end)


def _links(text: Scalar) -> Iterator[Said]:
    if "](" in text or "<http" in text:
        for found in _any_target().finditer(text):
            name = "target" if found["target"] is not None else "bare"
            key = link_key(found[name])
            if key is not None:
                yield Said(key, text, *found.span(name))
    else:
        yield from _whole_address(text)


def _whole_address(text: Scalar) -> Iterator[Said]:
    stripped = text.strip()
    key = link_key(stripped) if " " not in stripped else None
    if key is not None:
        start = text.find(stripped)
        yield Said(key, text, start, start + len(stripped))


def _is_tracking(part: str) -> bool:
    names, beginnings = _tracking()
    name = part.partition("=")[0].lower()
    return name in names or name.startswith(beginnings)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    """The parameters that mean tracking on every host: whole names, and how others begin."""
    names = [name for name, hosts in tracking_parameters().items() if not hosts]
    return frozenset(names), tuple(name[:-1] for name in names if name.endswith("*"))


@cache
def _link() -> re.Pattern[str]:
    return re.compile(r"\[(?P<words>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\(\s*<?(?P<target>[^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)")


@cache
def _any_target() -> re.Pattern[str]:
    return re.compile(r"\]\(\s*<?(?P<target>[^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)|<(?P<bare>https?://[^\s<>]+)>")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(r"(?:(?<=\s)\(|（)\s*([^()（）]{2,60})[)）]\.?$")
