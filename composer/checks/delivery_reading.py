"""What the delivery rules read: the links and words of a rendered mail that a reader can see."""

import re
from copy import deepcopy
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
    return _links(proof.tree) if proof.tree is not None else ()


def shows(proof: Proof, words: str) -> bool:
    """Whether a reader of the rendered mail sees these words; white space makes no difference, nor do tags between."""
    return squeezed(words) in seen_in_html(proof)


def text_shows(proof: Proof, words: str) -> bool:
    """Whether the plain text has these words; white space makes no difference."""
    return squeezed(words) in seen_in_text(proof)


def seen_in_html(proof: Proof) -> str:
    """All that a reader of the rendered mail sees, without white space."""
    return _seen(proof.tree) if proof.tree is not None else ""


def seen_in_text(proof: Proof) -> str:
    """The plain text without white space."""
    return _squeezed_text(proof.text)


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


@lru_cache(maxsize=1)
def _links(tree: "ProofTree") -> tuple[VisibleLink, ...]:
    links = []
    for anchor in _visible(tree).iter("a"):
        href, words = anchor.get("href"), " ".join("".join(anchor.itertext()).split())
        if href and (words or anchor.find(".//img") is not None):
            links.append(VisibleLink(href, words))
    return tuple(links)


@lru_cache(maxsize=1)
def _seen(tree: "ProofTree") -> str:
    from lxml import etree

    return squeezed(etree.tostring(_visible(tree), method="text", encoding="unicode"))


@lru_cache(maxsize=1)
def _squeezed_text(text: str) -> str:
    return squeezed(text)


@lru_cache(maxsize=1)
def _visible(tree: "ProofTree") -> "_Element":
    """A copy of the mail without what is hidden; made once for all rules that ask in turn."""
    from lxml import etree

    root = deepcopy(tree.root)
    etree.strip_tags(root, etree.Comment)
    for element in [element for element in root.iter() if _is_hidden(element)]:
        parent = element.getparent()
        if parent is not None:
            _drop(parent, element)
    return root


def _is_hidden(element: "_Element") -> bool:
    """Whether it is kept from sight; by style not counting `font-size:0`, which MJML writes around columns that are seen."""
    style = element.get("style")
    return element.tag in _NEVER_SEEN or "hidden" in element.attrib or (style is not None and _hiding_style().search(style) is not None)


@cache
def _hiding_style() -> re.Pattern[str]:
    return re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0(?:px)?\s*(?:[;!]|$))", re.IGNORECASE)


def _drop(parent: "_Element", element: "_Element") -> None:
    """Remove an element and keep the text behind it, which belongs to its parent."""
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
