"""The start tags of MJML as they are written, each with its attributes and their places.

In a template, whatever Jinja puts in is one opaque character, GAP, for each character of the expression.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

GAP = "\ufdd2"


class Attribute(NamedTuple):
    """An attribute of a tag, from `start` to `end`; `value` is None where it has none. `quote` is empty for a bare value."""

    name: str
    start: int
    end: int
    value: str | None
    value_start: int
    quote: str


class Tag(NamedTuple):
    """A start tag. `parent` is the one it stands in; `is_html` inside a component that takes HTML."""

    name: str
    start: int
    end: int
    attributes: tuple[Attribute, ...]
    closes_itself: bool
    parent: "Tag | None"
    is_html: bool

    @property
    def name_end(self) -> int:
        """The offset behind `<name`."""
        return self.start + 1 + len(self.name)


def start_tags(text: str) -> Iterator[Tag]:
    """Every start tag of a piece of a document, by itself: which stands in which is not asked."""
    for match in tag_opening().finditer(text):
        tag = start_tag(text, match.start(), match[1], None, is_html=not match[1].startswith("mj"))
        if tag is not None:
            yield tag


def start_tag(text: str, at: int, name: str, parent: Tag | None, *, is_html: bool) -> Tag | None:
    """The start tag at an offset; None where it does not end before the next one begins."""
    position = at + 1 + len(name)
    attributes: list[Attribute] = []
    while True:
        position = _space().match(text, position).end()  # type: ignore[union-attr]  # matches nothing at least
        end = _tag_end().match(text, position)
        if end:
            return Tag(name, at, end.end(), tuple(attributes), end[0] != ">", parent, is_html)
        found = _attribute().match(text, position)
        if found is None:
            return None
        quoted = found["quoted"]
        value = quoted[1:-1] if quoted is not None else found["bare"]
        value_start = found.start("quoted") + 1 if quoted is not None else found.start("bare")
        attributes.append(Attribute(found["name"], found.start(), found.end(), value, value_start, quoted[0] if quoted else ""))
        position = found.end()


@cache
def tag_opening() -> re.Pattern[str]:
    """What a start tag begins with: its name."""
    return re.compile(r"<([a-zA-Z][\w:.-]*)", re.ASCII)


@cache
def _space() -> re.Pattern[str]:
    return re.compile(rf"[\s{GAP}]*+")


@cache
def _tag_end() -> re.Pattern[str]:
    return re.compile(r"/?>")


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(rf"""(?P<name>[^\s"'<>/={GAP}]++)(?:\s*+=\s*+(?:(?P<quoted>"[^"]*+"|'[^']*+')|(?P<bare>[^\s"'<>=]++)))?+""")
