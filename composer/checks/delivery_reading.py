"""What the delivery rules read: the links and words of a rendered mail that a reader can see."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from composer.proof.proof import Proof
from composer.prose.merge_fields import restored

if TYPE_CHECKING:
    from lxml.html import HtmlElement


class VisibleLink(NamedTuple):
    """A link with words to click on."""

    href: str
    words: str


def is_whole(proof: Proof) -> bool:
    """Whether every template did its work; what a broken one left out is template/broken's to report."""
    return not proof.problems


def visible_links(proof: Proof) -> Iterator[VisibleLink]:
    """The links of the rendered mail that are not hidden and have words."""
    for element in _visible_elements(proof.rendered):
        href = element.get("href") if element.tag == "a" else None
        words = folded("".join(_visible_texts(element))) if href else ""
        if words:
            yield VisibleLink(restored(str(href)), words)


def visible_words(proof: Proof) -> str:
    """The words of the rendered mail in order, white space folded."""
    root = next(_visible_elements(proof.rendered), None)
    return folded(restored("".join(_visible_texts(root)))) if root is not None else ""


def folded(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def _visible_elements(html: str) -> Iterator["HtmlElement"]:
    from lxml.html import HTMLParser, document_fromstring

    waiting = [document_fromstring(html.encode(), parser=HTMLParser(encoding="utf-8"))] if html.strip() else []
    while waiting:
        element = waiting.pop()
        if _is_visible(element):
            yield element
            waiting += reversed(element)


def _visible_texts(element: "HtmlElement") -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _is_visible(child):
            # A line break or the end of a block keeps words apart.
            yield "" if child.tag in _INLINE else " "
            yield from _visible_texts(child)
            yield "" if child.tag in _INLINE else " "
        yield child.tail or ""


_INLINE = ("a", "abbr", "b", "bdi", "bdo", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u")


def _is_visible(element: "HtmlElement") -> bool:
    """Not by `opacity` or `font-size:0`: MJML writes the latter around columns that are seen."""
    if not isinstance(element.tag, str) or element.tag in ("head", "style", "script", "title") or element.get("hidden") is not None:
        return False
    style = re.sub(r"\s", "", str(element.get("style") or "")).lower()
    return not re.search(r"(?:^|;)(?:display:none|visibility:hidden|max-height:0(?:px)?(?:;|!|$))", style)
