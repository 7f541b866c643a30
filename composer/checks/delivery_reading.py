"""What the delivery rules read: the links and words of a rendered mail that a reader can see."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from composer.checks.side_by_side import once_a_draft
from composer.proof.proof import Proof
from composer.proof.tree import attributes_around

if TYPE_CHECKING:
    from lxml.etree import _Element

_ASCII_SPACES = b"\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f "
_OTHER_SPACES = "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_NEVER_SEEN = ("head", "style", "script")


class VisibleLink(NamedTuple):
    """A link with something to click on: words, or else a picture."""

    href: str
    has_words: bool


def is_whole(proof: Proof) -> bool:
    """Whether every template did its work; what a broken one left out is template/broken's to report."""
    return not proof.problems


@once_a_draft
def visible_links(proof: Proof) -> tuple[VisibleLink, ...]:
    """The links of the rendered mail that are not hidden and have words or a picture."""
    sight = _sight_of(proof)
    return tuple(sight.links()) if sight is not None else ()


def shows(proof: Proof, words: str) -> bool:
    """Whether a reader of the rendered mail sees these words; white space makes no difference, nor do tags between."""
    return squeezed(words) in seen_in_html(proof)


def text_shows(proof: Proof, words: str) -> bool:
    """Whether the plain text has these words; white space makes no difference."""
    return squeezed(words) in seen_in_text(proof)


@once_a_draft
def seen_in_html(proof: Proof) -> str:
    """All that a reader of the rendered mail sees, without white space."""
    sight = _sight_of(proof)
    return squeezed(sight.words()) if sight is not None else ""


@once_a_draft
def seen_in_text(proof: Proof) -> str:
    """The plain text without white space."""
    return squeezed(proof.text)


def squeezed(text: str) -> str:
    """The text without white space. What ASCII has of it is deleted in one go: half the time of taking all words apart."""
    closed = text.encode("utf-8", "surrogatepass").translate(None, _ASCII_SPACES).decode("utf-8", "surrogatepass")
    return "".join(closed.split()) if any(space in closed for space in _OTHER_SPACES) else closed


class _Sight:
    """What a reader of a mail sees of it.

    Only what is hidden and what that stands in is looked at element by element, and all else read as a whole: a walk
    through every element took five times as long.
    """

    def __init__(self, root: "_Element") -> None:
        self._root = root
        self._hidden = frozenset(_hidden_in(root)) - {root}
        self._around_hidden = frozenset(around for element in self._hidden for around in element.iterancestors())

    def words(self) -> str:
        """All that is not hidden, in its order."""
        return self._words_in(self._root)

    def links(self) -> "Iterator[VisibleLink]":
        """Each link with its address, where there is something to click on."""
        hidden = {inside for element in self._hidden for inside in element.iter("a", "img")}
        for link in self._root.iter("a"):
            href = link.get("href")
            if href and link not in hidden:
                has_words = bool((link.text or "").strip() or self._words_in(link).strip())
                if has_words or any(picture not in hidden for picture in link.iter("img")):
                    yield VisibleLink(href, has_words)

    def _words_in(self, element: "_Element") -> str:
        if element not in self._around_hidden:
            return _all_words_in(element)
        parts = [element.text or ""]
        for child in element:
            if isinstance(child.tag, str) and child not in self._hidden:
                parts.append(self._words_in(child))
            # What stands behind an element, be it hidden, belongs to the one around it.
            parts.append(child.tail or "")
        return "".join(parts)


@once_a_draft
def _sight_of(proof: Proof) -> _Sight | None:
    return _Sight(proof.tree.root) if proof.tree is not None else None


def _all_words_in(element: "_Element") -> str:
    from lxml import etree

    return str(etree.tostring(element, method="text", encoding="unicode", with_tail=False))


def _hidden_in(root: "_Element") -> "Iterator[_Element]":
    """What is kept from sight; by style not counting `font-size:0`, which MJML writes around columns that are seen."""
    yield from root.iter(*_NEVER_SEEN)
    yield from (element for element, _ in attributes_around(root, "hidden"))
    yield from (element for element, style in attributes_around(root, "style") if _hides(style))


@lru_cache(maxsize=512)
def _hides(style: str) -> bool:
    """Whether a style hides; asked anew for most elements, though a mail has some forty different ones."""
    return _hiding_style().search(style) is not None


@cache
def _hiding_style() -> re.Pattern[str]:
    return re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0(?:px)?\s*(?:[;!]|$))", re.IGNORECASE)
