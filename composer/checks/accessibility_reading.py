"""What the accessibility rules read: how each text of a rendered mail looks, in light and in dark."""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from composer.checks.look_reading import Colors, Look, LookSheet
from composer.checks.side_by_side import once_a_draft
from composer.checks.style_reading import PlacedRule, placed_rules
from composer.place import Place
from composer.proof.proof import Proof
from composer.proof.tree import attributes_around

if TYPE_CHECKING:
    from lxml.etree import _Element

_NEVER_SEEN = frozenset(["head", "style", "script", "title"])


class Text(NamedTuple):
    """The first text of a look as it stands in the mail, and the element that it stands in."""

    typed: str
    element: "_Element"

    @property
    def words(self) -> str:
        """Its words on one line."""
        return " ".join(self.typed.split())


class Looks(NamedTuple):
    """The looks of a mail's texts, its links, and what it hides; `has_dark` where the mail has colors of its own for the dark."""

    texts: dict[Look, Text]
    links: "list[tuple[_Element, Look]]"
    has_dark: bool
    hidden: "list[_Element]"


@once_a_draft
def looks_of(proof: Proof) -> Looks | None:
    """How a proof's texts look, read in one walk; None where there is no HTML."""
    tree = proof.tree
    body = tree.root.find("body") if tree is not None else None
    return _Walk(_sheet(style_blocks(proof))).looks_in(body) if body is not None else None


@once_a_draft
def style_blocks(proof: Proof) -> tuple[tuple[str, str], ...]:
    """The style blocks that mail programs other than Outlook for Windows read, each with the condition it stands under."""
    tree = proof.tree
    return tuple((element.text or "", element.get("media") or "") for element in tree.elements("style")) if tree is not None else ()


@lru_cache(maxsize=4)
def rules_in(blocks: tuple[tuple[str, str], ...]) -> tuple[PlacedRule, ...]:
    """The rules of style blocks in their order: those of a theme, and the same for every issue of a newsletter."""
    return tuple(rule for css, media in blocks for rule in placed_rules(css, media))


def place_of_value(proof: Proof, value: str, *openings: str) -> Place | None:
    """Where the templates give a value, by the words it may stand behind; a token of theme.css before anything else."""
    for opening in openings:
        place = proof.place_in_templates(opening + value)
        if place.end_column > place.column:
            return place._replace(column=place.column + len(opening))
    return None


class _Walk:
    """One look at each element of a mail, in document order.

    Not element within element: that took twice as long, and this is the longest reading of the proof's tree.
    """

    def __init__(self, sheet: LookSheet) -> None:
        self._sheet = sheet
        # The first text of each look, with its place in the order of reading.
        self._texts: dict[Look, tuple[tuple[float, int], Text]] = {}
        self._links: list[tuple[_Element, Look]] = []
        self._hidden: list[_Element] = []

    def looks_in(self, body: "_Element") -> Looks:
        """How the texts of a mail's body look."""
        sheet, texts = self._sheet, self._texts
        colors = _colors_in_attributes(body)
        # What is seen. Of what stands in any other element nothing is.
        seen: dict[_Element, Look] = {}
        for number, element in enumerate(body.iter()):
            around = sheet.top if element is body else seen.get(element.getparent())
            if around is None:
                continue
            tag = element.tag
            if isinstance(tag, str) and tag not in _NEVER_SEEN:
                key = (tag, element.get("class"), element.get("style"), colors.get(element))
                look = around.within.get(key) or sheet.look(around, key)
                if look.hidden:
                    self._hidden.append(element)
                else:
                    seen[element] = look
                    if look not in texts and (words := element.text) and not words.isspace():
                        self._note_text(words, element, look, number)
                    if tag == "a" and "href" in element.attrib:
                        self._links.append((element, look))
            if around not in texts and (words := element.tail) and not words.isspace() and element is not body:
                self._note_tail(words, element, around, number)
        return Looks({look: text for look, (_, text) in sorted(texts.items(), key=_reading_order)}, self._links, sheet.has_dark, self._hidden)

    def _note_text(self, words: str, element: "_Element", look: Look, number: int) -> None:
        if look.size:
            self._texts[look] = (number, 0), Text(words, element)
        else:
            self._hidden.append(element)

    def _note_tail(self, words: str, element: "_Element", around: Look, number: int) -> None:
        parent = element.getparent()
        if around.size and parent is not None:
            # It is read behind all that stands in the element, and of several such the innermost element's first.
            behind = number + sum(1 for _ in element.iter()) - 0.5
            self._texts[around] = (behind, -number), Text(words, parent)


def _reading_order(text: "tuple[Look, tuple[tuple[float, int], Text]]") -> tuple[float, int]:
    return text[1][0]


def _colors_in_attributes(body: "_Element") -> "dict[_Element, Colors]":
    elements = (element for name in ("bgcolor", "color") for element, _ in attributes_around(body, name))
    return {element: (element.get("bgcolor"), element.get("color")) for element in elements}


@lru_cache(maxsize=4)
def _sheet(blocks: tuple[tuple[str, str], ...]) -> LookSheet:
    return LookSheet(rules_in(blocks))


def shortened(words: str) -> str:
    """The beginning of what an element says, enough to know it by."""
    return words if len(words) <= 30 else words[:29].rstrip() + "…"
