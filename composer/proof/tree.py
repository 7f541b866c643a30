"""The proof's HTML as a tree in which every element knows which line of the draft or of the settings it came from."""

from collections.abc import Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING

from composer.place import Place
from composer.proof.source_map import Finder, SourceMap

if TYPE_CHECKING:
    from lxml.etree import XPath, _Element


class ProofTree:
    """`root` is the parsed HTML; comments, Outlook's included, stand in it as comments.

    `marked` is the same HTML with the source map's marks. It is parsed once somebody asks for a place, which most drafts
    give no reason for: to take the marks out of a tree takes as long as to parse it.
    """

    def __init__(self, root: "_Element", marked: str, source_map: SourceMap) -> None:
        self.root = root
        self._marked = marked
        self._source_map = source_map

    def elements(self, *tags: str) -> "Iterator[_Element]":
        """The elements in document order, comments left out; all of them, or those with these tags."""
        found: Iterator[_Element] = self.root.iter(*(tags or "*"))
        return found

    def place_of(self, element: "_Element") -> Place | None:
        """Where the element's content was typed, by its own mark or the nearest around it; None for the template's own words."""
        around: _Element | None = element
        while around is not None:
            finder = self._finders.get(around)
            if finder is not None:
                return finder()
            around = around.getparent()
        return None

    @cached_property
    def _finders(self) -> "dict[_Element, Finder]":
        """What the elements' own marks stand for."""
        found = ((element, self._finder_of(twin)) for element, twin in _twins(self.root, parsed(self._marked)))
        return {element: finder for element, finder in found if finder is not None}

    def _finder_of(self, marked: "_Element") -> Finder | None:
        sign = self._source_map.sign
        own: Finder | None = None
        if (text := marked.text) and sign in text:
            _, own = self._source_map.finder_of_words(text)
        if sign in marked.attrib or sign in (marked.get("class") or ""):
            own = self._source_map.finder_of_element(marked.attrib) or own
        return own


def tree_of(html: str, marked: str, source_map: SourceMap) -> ProofTree | None:
    """The tree of HTML that is also there with its marks; None where there is no HTML."""
    return ProofTree(parsed(html), marked, source_map) if html.strip() else None


def attributes_around(element: "_Element", name: str) -> "list[tuple[_Element, str]]":
    """Each attribute of that name in the element's whole tree: the element that has it, and its value."""
    # The value as plain text: what XPath gives holds on to its tree, and so would every cache that it goes into.
    return [(attribute.getparent(), str(attribute)) for attribute in _attributes(name)(element)]


@cache
def _attributes(name: str) -> "XPath":
    from lxml import etree

    return etree.XPath(f"//@{name}")


def parsed(html: str) -> "_Element":
    """HTML as a tree, comments included."""
    from lxml import etree

    return etree.HTML(html, parser=etree.HTMLParser())


def written(root: "_Element") -> str:
    """A tree as a page of HTML5."""
    from lxml import etree

    return f"<!doctype html>\n{etree.tostring(root, method='html', encoding='unicode')}"


def _twins(clean: "_Element", marked: "_Element") -> "Iterator[tuple[_Element, _Element]]":
    """Each element of the HTML with the one that it is where the marks are."""
    own, others = list(clean.iter("*")), list(marked.iter("*"))
    tags, other_tags = [element.tag for element in own], [element.tag for element in others]
    if tags == other_tags:
        yield from zip(own, others, strict=True)
        return
    from difflib import SequenceMatcher

    # Where a head has a mark in it, the parser takes what follows for the body.
    for block in SequenceMatcher(None, tags, other_tags, autojunk=False).get_matching_blocks():
        yield from zip(own[block.a : block.a + block.size], others[block.b : block.b + block.size], strict=True)
