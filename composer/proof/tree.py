"""The proof's HTML as a tree in which every element knows which line of the draft or of the settings it came from."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from composer.place import Place
from composer.proof.source_map import Finder, SourceMap

if TYPE_CHECKING:
    from lxml.etree import _Element


class ProofTree:
    """`root` is the parsed HTML without the source map's marks; comments, Outlook's included, stand in it as comments."""

    def __init__(self, root: "_Element", finders: "dict[_Element, Finder]") -> None:
        self.root = root
        self._finders = finders

    def elements(self, *tags: str) -> "Iterator[_Element]":
        """The elements in document order, comments left out; all of them, or those with these tags."""
        return (element for element in self.root.iter(*tags) if isinstance(element.tag, str))

    def place_of(self, element: "_Element") -> Place | None:
        """Where the element's content was typed, by its own mark or the nearest around it; None for the template's own words."""
        around: _Element | None = element
        while around is not None:
            finder = self._finders.get(around)
            if finder is not None:
                return finder()
            around = around.getparent()
        return None


def tree_of(marked: str, source_map: SourceMap) -> ProofTree | None:
    """The tree of marked HTML, marks read and taken out; None where there is no HTML."""
    from lxml import etree

    if not marked.strip():
        return None
    root = etree.HTML(marked, parser=etree.HTMLParser())
    finders: dict[_Element, Finder] = {}
    # Asked of every element: to write back each text and to look into all attributes would double the time.
    sign = source_map.sign
    for element in root.iter():
        if (tail := element.tail) and sign in tail:
            # What is marked behind an element, as behind a line break, has no element of its own.
            element.tail, _ = source_map.finder_of_words(tail)
        if not isinstance(element.tag, str):
            continue
        own: Finder | None = None
        if (text := element.text) and sign in text:
            element.text, own = source_map.finder_of_words(text)
        if sign in element.attrib or sign in (element.get("class") or ""):
            own = source_map.finder_of_element(element.attrib) or own
        if own is not None:
            finders[element] = own
    return ProofTree(root, finders)
