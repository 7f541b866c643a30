"""The way back from a rendered email to the draft: which line made which part of the HTML.

While templates render, what comes from the draft carries a numbered mark: an attribute on HTML, a class on MJML
components, a word in front of running text. Marks survive MJML and the inliner; here they are taken out of the finished HTML, and what
remains is a list of offsets. Places are worked out only when somebody asks.
"""

from bisect import bisect_right
from collections.abc import Callable, MutableMapping
from hashlib import sha256
from typing import Any

from composer.place import Place

Finder = Callable[[], Place | None]
_DIGITS = "0123456789"


class SourceMap:
    """Places in the draft by offsets in the HTML.

    `avoiding` is the draft's text: marks carry its digest, so that nothing typed in it, escaped or not, can look
    like one.
    """

    def __init__(self, avoiding: str = "") -> None:
        self._word = f"data-at{sha256(avoiding.encode()).hexdigest()[:12]}"
        self._finders: list[Finder] = []
        # What stands before each mark, with the mark's kind and number; then, once somebody asks, where what it stands for begins.
        self._found: list[tuple[str, str, str]] = []
        self._offsets: list[int] | None = None

    @property
    def sign(self) -> str:
        """What every mark begins with and nothing else holds."""
        return self._word

    def mark(self, finder: Finder | None) -> str:
        """An attribute for an HTML element whose place `finder` knows; nothing for content made in Python."""
        return "" if finder is None else f' {self._word}="{self._number(finder)}"'

    def mark_class(self, finder: Finder | None) -> str:
        """A class to put first in the css-class of an MJML component."""
        return "" if finder is None else f"{self._word}-{self._number(finder)} "

    def mark_words(self, finder: Finder | None) -> str:
        """A mark to put in front of running text that has no element of its own."""
        return "" if finder is None else f"{self._word}~{self._number(finder)};"

    def _number(self, finder: Finder) -> int:
        self._finders.append(finder)
        return len(self._finders) - 1

    def without_marks(self, html: str) -> str:
        """The HTML without its marks; from then on `place_at` answers for offsets in it."""
        self._found, self._offsets = [], None
        clean, *marked = html.split(self._word)
        for piece in marked:
            kind = piece[0]
            start = 2 if kind == "=" else 1
            # no draft has so many marks that their numbers are longer
            number = piece[start : start + 9]
            number = number[: len(number) - len(number.lstrip(_DIGITS))]
            end = start + len(number)
            if kind == "-" and piece[end : end + 1] != " ":
                # MJML adds a suffix for Outlook to the last class; a mark alone leaves no class behind.
                clean, rest = clean.removesuffix(' class="'), piece[end:].removeprefix("-outlook")[1:]
            else:
                rest = piece[end + 1 :]
                if kind == "=":
                    clean = clean.removesuffix(" ")
            self._found.append((clean, kind, number))
            clean = rest
        return "".join([*(before for before, _, _ in self._found), clean])

    def _begun(self) -> list[int]:
        """Where what each mark stands for begins, in the HTML without marks."""
        offsets: list[int] = []
        length = 0
        for before, kind, _ in self._found:
            # What an element's mark stands for begins with its tag, not where the attribute is.
            tag = -1 if kind == "~" else before.rfind("<")
            offsets.append(length + (len(before) if tag < 0 else tag))
            length += len(before)
        return offsets

    def place_at(self, offset: int) -> Place | None:
        """The place of the element that began last at or before an offset; None before the first."""
        if self._offsets is None:
            self._offsets = self._begun()
        index = bisect_right(self._offsets, offset) - 1
        return self._finders[int(self._found[index][2])]() if index >= 0 else None

    def finder_of_element(self, attributes: MutableMapping[str, str]) -> Finder | None:
        """What an element's own mark stands for, by attribute or class; the mark is taken out of `attributes`."""
        number = attributes.pop(self._word, None)
        classes = attributes.get("class", "").split()
        others = [name for name in classes if not name.startswith(self._word)]
        if len(others) < len(classes):
            marked = next(name for name in classes if name.startswith(self._word))
            number = number or marked.removeprefix(f"{self._word}-").removesuffix("-outlook")
            if others:
                attributes["class"] = " ".join(others)
            else:
                del attributes["class"]
        return self._finders[int(number)] if number is not None else None

    def finder_of_words(self, text: str) -> tuple[str, Finder | None]:
        """Running text without its marks, and what the first of them stands for."""
        clean, *marked = text.split(self._word)
        numbers = [piece.removeprefix("~").partition(";") for piece in marked]
        return clean + "".join(rest for _, _, rest in numbers), self._finders[int(numbers[0][0])] if numbers else None

    def place_before(self, marked: str) -> Place | None:
        """The place that the last mark of a piece of marked text stands for."""
        piece = marked.rpartition(self._word)[2] if self._word in marked else ""
        number = piece.lstrip('="-~')
        digits = len(number) - len(number.lstrip(_DIGITS))
        return self._finders[int(number[:digits])]() if digits else None


def finder_of(thing: Any) -> Finder | None:
    """What finds the place where a text, block or section was typed; None for one made in Python."""
    origin = getattr(thing, "origin", thing)
    return (lambda: origin.place) if hasattr(type(origin), "place") else None
