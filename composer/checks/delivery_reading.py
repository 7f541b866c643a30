"""What the delivery rules read: the links and words of a rendered mail that a reader can see."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from composer.proof.proof import Proof

if TYPE_CHECKING:
    from lxml.etree import _Element

    from composer.proof.tree import ProofTree

_NEVER_SEEN = frozenset(["head", "style", "script"])


class VisibleLink(NamedTuple):
    """A link with something to click on: words, or a picture."""

    href: str
    words: str


def is_whole(proof: Proof) -> bool:
    """Whether every template did its work; what a broken one left out is template/broken's to report."""
    return not proof.problems


def visible_links(proof: Proof) -> tuple[VisibleLink, ...]:
    """The links of the rendered mail that are not hidden and have words or a picture."""
    return _sight_of(proof.tree).links if proof.tree is not None else ()


def shows(proof: Proof, words: str) -> bool:
    """Whether a reader of the rendered mail sees these words; white space makes no difference, nor do tags between."""
    return squeezed(words) in seen_in_html(proof)


def text_shows(proof: Proof, words: str) -> bool:
    """Whether the plain text has these words; white space makes no difference."""
    return squeezed(words) in seen_in_text(proof)


def seen_in_html(proof: Proof) -> str:
    """All that a reader of the rendered mail sees, without white space."""
    return _sight_of(proof.tree).words if proof.tree is not None else ""


def seen_in_text(proof: Proof) -> str:
    """The plain text without white space."""
    return _squeezed_text(proof.text)


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


@lru_cache(maxsize=1)
def _squeezed_text(text: str) -> str:
    return squeezed(text)


class _Sight:
    """What a reader of a mail sees of it, read in one walk; a walk through a pruned copy of the mail took three times as long."""

    def __init__(self, root: "_Element") -> None:
        self._words: list[str] = []
        self._links: list[VisibleLink] = []
        self._pictures = 0
        self._read(root)
        self.words = squeezed("".join(self._words))
        self.links = tuple(self._links)

    def _read(self, element: "_Element") -> None:
        words, pictures = len(self._words), self._pictures
        if element.tag == "img":
            self._pictures += 1
        if element.text:
            self._words.append(element.text)
        for child in element:
            if isinstance(child.tag, str) and not _is_hidden(child):
                self._read(child)
            # What stands behind an element, be it hidden, belongs to the one around it.
            if child.tail:
                self._words.append(child.tail)
        if element.tag == "a" and (href := element.get("href")):
            inside = " ".join("".join(self._words[words:]).split())
            if inside or self._pictures > pictures:
                self._links.append(VisibleLink(href, inside))


@lru_cache(maxsize=1)
def _sight_of(tree: "ProofTree") -> _Sight:
    return _Sight(tree.root)


def _is_hidden(element: "_Element") -> bool:
    """Whether it is kept from sight; by style not counting `font-size:0`, which MJML writes around columns that are seen."""
    style = element.get("style")
    return element.tag in _NEVER_SEEN or "hidden" in element.attrib or (style is not None and _hides(style))


@lru_cache(maxsize=512)
def _hides(style: str) -> bool:
    """Whether a style hides; asked anew for most elements, though a mail has some forty different ones."""
    return _hiding_style().search(style) is not None


@cache
def _hiding_style() -> re.Pattern[str]:
    return re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0(?:px)?\s*(?:[;!]|$))", re.IGNORECASE)
