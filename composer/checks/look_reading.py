"""How text in one place of a mail looks, in light and in dark: what its tags, classes and styles make of it together."""

import re
from functools import cache
from typing import NamedTuple

from composer.checks.style_reading import PlacedRule, Styles, color_of, styles_of

# What a browser draws where a mail says nothing.
_HEADING_SIZES = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h4": 1.0, "h5": 0.83, "h6": 0.67, "small": 5 / 6, "sub": 5 / 6, "sup": 5 / 6}
_BOLD = frozenset([*(f"h{level}" for level in range(1, 7)), "b", "strong", "th"])
_SIZES = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0}
_UNITS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0, "pc": 16.0, "in": 96.0}
_READ = frozenset(["color", "background", "background-color", "font", "font-size", "font-weight", "text-decoration", "text-decoration-line", "border-bottom"])
_HIDING = frozenset(["display", "visibility", "max-height", "opacity"])


# The attributes `bgcolor` and `color` of an element that has one of them.
Colors = tuple[str | None, str | None]
# What elements with the same look have in common: their tags, their classes and styles as typed, and colors in attributes.
Key = tuple[str, str | None, str | None, Colors | None]


class Look:
    """How text in one place of the templates looks. Elements with the same tags, classes and styles share it."""

    __slots__ = ("around", "background", "bold", "classes", "color", "dark_background", "dark_color", "hidden", "marked", "size", "tag", "underlined", "within")

    def __init__(self, tag: str, classes: frozenset[str], around: "Look | None") -> None:
        self.tag, self.classes, self.around = tag, classes, around
        self.within: dict[Key, Look] = {}
        # What a browser draws where nothing is said.
        self.color: str = around.color if around else "#000000"
        self.background: str = around.background if around else "#FFFFFF"
        self.dark_color: str = around.dark_color if around else "#FFFFFF"
        self.dark_background: str = around.dark_background if around else "#121212"
        self.size: float = around.size if around else 16.0
        self.bold: bool = around is not None and around.bold
        self.underlined: bool = around is not None and around.underlined
        self.hidden: bool = around is not None and around.hidden
        # Whether something besides color sets it off from the text around it.
        self.marked = False

    @property
    def is_large(self) -> bool:
        """Whether it is large text as WCAG counts: 24 pixels, or 18.66 in bold."""
        return self.size >= 24 or (self.bold and self.size >= 18.66)


class _Selector(NamedTuple):
    """A selector of tags, classes, spaces and `>`, its last part first; any other kind never matches here."""

    parts: tuple[tuple[str, frozenset[str], bool], ...]
    weight: tuple[int, int, int]
    rule: PlacedRule

    def matches(self, look: Look) -> bool:
        return _matches(self.parts, look)


def _matches(parts: tuple[tuple[str, frozenset[str], bool], ...], look: Look | None) -> bool:
    (tag, classes, is_child), rest = parts[0], parts[1:]
    if look is None or (tag and tag != look.tag) or not classes <= look.classes:
        return False
    if not rest:
        return True
    around = look.around
    if is_child:
        return _matches(rest, around)
    while around is not None:
        if _matches(rest, around):
            return True
        around = around.around
    return False


class LookSheet:
    """The style blocks of a mail, with every look they have made so far: most mails of a newsletter have the same."""

    def __init__(self, rules: tuple[PlacedRule, ...]) -> None:
        self.top = Look("html", frozenset(), None)
        self.has_dark = any(rule.is_for_dark for rule in rules)
        self._by_last: dict[str, list[_Selector]] = {}
        for order, rule in enumerate(rules):
            if (rule.is_for_all or rule.is_for_dark) and not (_READ | _HIDING).isdisjoint({*rule.styles.normal, *rule.styles.important}):
                for selector in rule.selectors:
                    self._add(selector, rule, order)

    def _add(self, selector: str, rule: PlacedRule, order: int) -> None:
        parts: list[tuple[str, frozenset[str], bool]] = []
        is_child = False
        if not _simple_selector().fullmatch(selector):
            return
        for part in re.findall(r">|[^\s>]+", selector):
            if part == ">":
                is_child = True
                continue
            tag, *classes = part.split(".")
            parts.insert(0, (tag.lower().replace("*", ""), frozenset(classes), False))
            if is_child:
                parts[0] = (*parts[0][:2], True)
            is_child = False
        weight = (sum(len(classes) for _, classes, _ in parts), sum(bool(tag) for tag, _, _ in parts), order)
        last = next(iter(sorted(parts[0][1])), None)
        self._by_last.setdefault(f".{last}" if last else parts[0][0], []).append(_Selector(tuple(parts), weight, rule))

    def look(self, around: Look, key: Key) -> Look:
        """The look of an element inside another's."""
        look = around.within.get(key)
        if look is None:
            look = around.within[key] = self._made(around, *key)
        return look

    def _made(self, around: Look, tag: str, classes: str | None, style: str | None, colors: Colors | None) -> Look:
        bgcolor, color = colors or (None, None)
        look = Look(tag, frozenset((classes or "").split()), around)
        _as_browsers_do(look)
        attributes = {name: value for name, value in (("background-color", bgcolor), ("color", color)) if value}
        inline = styles_of(style) if style else Styles({}, {})
        rules = self._rules_for(look)
        set_in_light = _cascade(attributes, [rule.styles for rule in rules if rule.is_for_all], inline)
        set_in_dark = _cascade(attributes, [rule.styles for rule in rules], inline) if self.has_dark else {}
        _set(look, set_in_light)
        look.color, look.background = _colors(set_in_light, look.color, look.background)
        look.dark_color, look.dark_background = _colors(set_in_dark, look.dark_color, look.dark_background)
        return look

    def _rules_for(self, look: Look) -> list[PlacedRule]:
        possible = [selector for last in (look.tag, "", *(f".{name}" for name in look.classes)) for selector in self._by_last.get(last, ())]
        return [selector.rule for selector in sorted(possible, key=lambda selector: selector.weight) if selector.matches(look)]


def _as_browsers_do(look: Look) -> None:
    if look.tag in _HEADING_SIZES:
        look.size *= _HEADING_SIZES[look.tag]
    if look.tag in _BOLD:
        look.bold = True
    if look.tag == "a":
        look.color, look.dark_color = "#0000EE", "#9E9EFF"


def _cascade(attributes: dict[str, str], rules: list[Styles], inline: Styles) -> dict[str, str]:
    """What an element sets in the end. Later ones come last, so that a shorthand undoes what came before it."""
    merged: dict[str, str] = {}
    for layer in (attributes, *(rule.normal for rule in rules), inline.normal, *(rule.important for rule in rules), inline.important):
        for name, value in layer.items():
            merged.pop(name, None)
            merged[name] = value
    return merged


def _set(look: Look, styles: dict[str, str]) -> None:
    around = look.around
    decorated: bool | None = None
    for name, value in styles.items():
        words = value.lower()
        if name == "font-size":
            look.size = _size(words, around.size if around else 16.0, look.size)
        elif name == "font":
            size = re.search(r"([\d.]+(?:px|pt|em|rem|%))", words)
            look.size = _size(size[1], around.size if around else 16.0, look.size) if size else look.size
            look.bold = "bold" in words or re.search(r"\b[6-9]00\b", words) is not None
        elif name == "font-weight":
            look.bold = words in ("bold", "bolder", "700", "800", "900") or (words == "inherit" and around is not None and around.bold)
        elif name in ("text-decoration", "text-decoration-line"):
            decorated = "underline" in words
        elif name in _HIDING:
            look.hidden = look.hidden or _hides(name, words)
        elif name == "border-bottom":
            look.marked = words not in ("0", "none", "0px")
    underlined_by_itself = decorated if decorated is not None else look.tag in ("a", "u", "ins")
    look.underlined = look.underlined or underlined_by_itself
    look.marked = look.marked or look.underlined or (around is not None and (look.bold != around.bold or look.size > around.size * 1.1))


def _hides(name: str, value: str) -> bool:
    return {"display": "none", "visibility": "hidden"}.get(name) == value or (name in ("max-height", "opacity") and value in ("0", "0px"))


def _colors(styles: dict[str, str], color: str, background: str) -> tuple[str, str]:
    """The color of text and of what is behind it, as typed; what is behind is unknown ("") under a picture."""
    for name, value in styles.items():
        if name == "color" and value.lower() not in ("inherit", "currentcolor"):
            color = value
        elif name in ("background-color", "background"):
            own = value if color_of(value) else next((word for word in value.split() if "(" not in value and color_of(word)), None)
            if own is not None:
                background = own if color_of(own) != (0, 0, 0, 0.0) else background
            elif "(" in value:
                background = ""
    return color, background


def _size(value: str, around: float, otherwise: float) -> float:
    number = re.match(r"([\d.]+)(px|pt|rem|pc|in|em|%)?$", value)
    if number is None:
        return _SIZES.get(value, around * 5 / 6 if value == "smaller" else around * 1.2 if value == "larger" else around if value == "inherit" else otherwise)
    amount, unit = float(number[1]), number[2] or "px"
    return amount * around if unit == "em" else amount * around / 100 if unit == "%" else amount * _UNITS[unit]


@cache
def _simple_selector() -> re.Pattern[str]:
    part = r"(?:[\w*-]+|(?=\.))(?:\.[\w-]+)*"
    return re.compile(rf"{part}(?:\s*>\s*{part}|\s+{part})*")
