"""MJML's reference: tags, what may stand in them, their attributes and what these take, as npm's MJML says it.

mjml_reference.json says where it comes from and from when; tools/mjml_reference.mjs makes it. Nothing is read before
somebody asks.
"""

import re
from functools import cache
from typing import NamedTuple

# What every component takes besides its own attributes (mjml-validator, validAttributes).
EVERYWHERE = ("css-class", "mj-class")
# Attributes of the root. The reference does not check them; these are those that its documentation and MRML know.
OF_ROOT = ("dir", "lang", "owa")


class Tag(NamedTuple):
    """A tag: whether it holds HTML or words instead of components, its attributes with their types, its children."""

    takes_html: bool
    attributes: dict[str, str]
    children: tuple[str, ...]


class MjmlReference:
    """Tags by name, with what may stand in what."""

    def __init__(self, tags: dict[str, Tag], plain: frozenset[str], colours: frozenset[str], version: str) -> None:
        self.tags, self.colours, self.version = tags, colours, version
        # Tags without a component: mjml itself and those of the defaults.
        self.plain = plain
        self.every_attribute = frozenset(name for tag in tags.values() for name in tag.attributes)

    def parents_of(self, name: str) -> list[str]:
        """The tags in which this one may stand."""
        return [parent for parent, tag in self.tags.items() if name in tag.children]

    def takes(self, type: str, value: str) -> bool:
        """Whether a value is one of a type such as `unit(px,%){1,4}`, `color` or `enum(left,right)`."""
        if type.startswith("color"):
            return value in self.colours or _colour().search(value) is not None
        return type.startswith("string") or _pattern_of(type).search(value) is not None


def words_for(type: str) -> str:
    """What a type takes, in words."""
    kind, _, rest = type.partition("(")
    choices = [choice for choice in rest.partition(")")[0].split(",") if choice]
    if kind == "color":
        return "a colour, such as #1F4E79 or a name that HTML knows"
    if kind == "enum":
        return f"one of {', '.join(choices)}"
    if kind.startswith("unit"):
        measures = [choice for choice in choices if choice != "auto"]
        shown = " or ".join(f"20{measure}" for measure in measures) + (", or auto" if "auto" in choices else "")
        return f"up to four lengths, such as {shown}" if "{" in type else f"a length, such as {shown}"
    return {"boolean": "true or false", "integer": "a whole number"}.get(kind, "any text")


@cache
def mjml_reference() -> MjmlReference:
    """The reference, read when it is first asked for."""
    import json
    from importlib.resources import files

    read = json.loads(files("composer.facts").joinpath("mjml_reference.json").read_text(encoding="utf-8"))
    tags = {name: Tag(tag["takes_html"], tag["attributes"], tuple(tag["children"])) for name, tag in read["tags"].items()}
    # A dictionary keeps the reference's order, in which "did you mean" looks.
    plain = {name: Tag(takes_html=name == "mj-html-attribute", attributes={}, children=tuple(children)) for name, children in read["plain"].items()}
    return MjmlReference({**plain, **tags}, frozenset([*plain, "mj-all", "mj-class"]), frozenset(read["colours"]), read["version"])


@cache
def _pattern_of(type: str) -> re.Pattern[str]:
    """What mjml-core/lib/types asks of a value, as it asks it: `0` needs no unit, and a comma passes for a point."""
    kind, _, rest = type.partition("(")
    if kind == "boolean":
        return re.compile(r"^(true|false)\Z")
    if kind == "integer":
        return re.compile(r"[0-9]")
    choices = rest.partition(")")[0].split(",")
    if kind == "enum":
        return re.compile(rf"^(?:{'|'.join(map(re.escape, choices))})\Z")
    count = re.search(r"\{([^}]+)\}", type)
    sign = "-|" if kind == "unitWithNegative" else ""
    units = "|".join(re.escape(choice) for choice in choices if choice != "auto")
    auto = "|auto" if "auto" in choices else ""
    return re.compile(rf"^(?:(?:(?:{sign}[0-9]|,|\.)+(?:{units})|0{auto}) ?){{{count[1] if count else 1}}}\Z")


@cache
def _colour() -> re.Pattern[str]:
    return re.compile(
        r"rgba\([0-9]{1,3},\s?[0-9]{1,3},\s?[0-9]{1,3},\s?[0-9](?:\.[0-9]{1,3})?\)"
        r"|rgb\([0-9]{1,3},\s?[0-9]{1,3},\s?[0-9]{1,3}\)"
        r"|^#(?:[0-9a-fA-F]{3}){1,2}\Z"
    )
