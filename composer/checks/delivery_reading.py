"""What the delivery rules read: the links and words of a rendered mail that a reader can see."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from composer.proof.proof import Proof
from composer.prose.merge_fields import restored

if TYPE_CHECKING:
    from lxml.etree import _Element

_NEVER_SEEN = frozenset(["head", "style", "script"])


class VisibleLink(NamedTuple):
    """A link with words to click on."""

    href: str
    words: str


def is_whole(proof: Proof) -> bool:
    """Whether every template did its work; what a broken one left out is template/broken's to report."""
    return not proof.problems


def visible_links(proof: Proof) -> Iterator[VisibleLink]:
    """The links of the rendered mail that are not hidden and have words."""
    tree = _visible(proof.rendered)
    for anchor in tree.iter("a") if tree is not None else ():
        href, words = anchor.get("href"), " ".join("".join(map(str, anchor.itertext())).split())
        if href and words:
            yield VisibleLink(restored(str(href)), words)


def shows(proof: Proof, words: str) -> bool:
    """Whether a reader of the rendered mail sees these words; white space makes no difference, nor do tags between."""
    tree = _visible(proof.rendered)
    seen = "".join(map(str, tree.itertext())) if tree is not None else ""
    return squeezed(words) in squeezed(restored(seen))


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


@lru_cache(maxsize=1)
def _visible(html: str) -> "_Element | None":
    """The parsed mail without what is hidden; two rules ask for the same one in turn."""
    from lxml import etree

    if not html.strip():
        return None
    tree = etree.HTML(html, parser=etree.HTMLParser())
    for element in [element for element in tree.iter() if _is_hidden(element)]:
        parent = element.getparent()
        if parent is not None:
            _drop(parent, element)
    return tree


def _is_hidden(element: "_Element") -> bool:
    """Whether it is a comment or kept from sight; by style not counting `font-size:0`, which MJML writes around columns that are seen."""
    if not isinstance(element.tag, str) or element.tag in _NEVER_SEEN or "hidden" in element.attrib:
        return True
    return _hiding_style().search(str(element.get("style", ""))) is not None


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
