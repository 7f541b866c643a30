"""Takes elements out of parsed HTML, where the text behind an element belongs to it and must stay."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def take_out(element: "_Element", *, with_contents: bool) -> None:
    """Takes an element out; what follows it stays, and what is in it unless told otherwise."""
    around = element.getparent()
    if around is None:
        return
    place = around.index(element)
    kept = [] if with_contents else list(element)
    _append_text(around, place, "" if with_contents else element.text or "")
    tail = element.tail or ""
    element.tail = None
    around.remove(element)
    for offset, child in enumerate(kept):
        around.insert(place + offset, child)
    _append_text(around, place + len(kept), tail)


def _append_text(around: "_Element", place: int, text: str) -> None:
    """Text in front of the child at a place."""
    if place:
        around[place - 1].tail = (around[place - 1].tail or "") + text
    else:
        around.text = (around.text or "") + text
