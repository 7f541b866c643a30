"""The way back from a rendered email to the draft: which line made which part of the HTML.

While templates render, an element that comes from the draft carries a numbered mark (`data-at` on HTML, an `at-`
class on MJML components). Marks survive MJML and the inliner; here they are taken out of the finished HTML, and
what remains is a list of offsets.
"""

import re
from bisect import bisect_right
from typing import Any

from markupsafe import Markup

from composer.place import Place

_MARK = re.compile(r' data-at="(\d+)"| class="at-(\d+)(?:-outlook)?"|(?<=class=")at-(\d+) ')


class SourceMap:
    """Places in the draft by offsets in the HTML."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._offsets: list[int] = []
        self._numbers: list[int] = []

    def mark(self, place: Place | None) -> Markup:
        """An attribute for an HTML element that comes from `place`; nothing for content made in Python."""
        number = self._number(place)
        return Markup("") if number is None else Markup(f' data-at="{number}"')

    def mark_class(self, place: Place | None) -> Markup:
        """A class to put first in the css-class of an MJML component that comes from `place`."""
        number = self._number(place)
        return Markup("") if number is None else Markup(f"at-{number} ")

    def _number(self, place: Place | None) -> int | None:
        if place is None:
            return None
        self._places.append(place)
        return len(self._places) - 1

    def without_marks(self, html: str) -> str:
        """The HTML without its marks; from then on `place_at` answers for offsets in it."""
        self._offsets, self._numbers = [], []
        parts: list[str] = []
        length, end = 0, 0
        for match in _MARK.finditer(html):
            parts.append(html[end : match.start()])
            length += match.start() - end
            end = match.end()
            self._offsets.append(length)
            self._numbers.append(int(match[match.lastindex or 1]))
        parts.append(html[end:])
        return "".join(parts)

    def place_at(self, offset: int) -> Place | None:
        """The place of the element that began last at or before an offset; None before the first."""
        index = bisect_right(self._offsets, offset) - 1
        return self._places[self._numbers[index]] if index >= 0 else None


def place_of(thing: Any) -> Place | None:
    """Where a text, block or section was typed; None for one made in Python."""
    origin = getattr(thing, "origin", thing)
    place = getattr(origin, "place", None)
    return place if isinstance(place, Place) else None
