"""What rules about the mail's markup read: the rendered HTML without its comments, its tags and its styles."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from composer.checks.side_by_side import once_a_draft
from composer.proof.proof import Proof

if TYPE_CHECKING:
    from composer.proof.css import Sheet


class ReadMail(NamedTuple):
    """A mail as client rules read it: `tags` are its different start tags, one behind the other.

    `inlined` is the style sheet that becomes style attributes later on; until then it is one, read once for all issues.
    """

    html: str
    tags: str
    style_blocks: tuple[str, ...]
    inlined: str
    style_attributes: frozenset[str]
    elements: frozenset[str]

    @property
    def inputs(self) -> frozenset[str]:
        """The types of its inputs; what has no type is for text."""
        return frozenset(_inputs().findall(self.tags)) if "input" in self.elements else frozenset()

    @property
    def sheets(self) -> "Iterator[Sheet]":
        """The style blocks, parsed."""
        from composer.proof.css import sheet_of

        return map(sheet_of, self.style_blocks)


@once_a_draft
def read_mail(proof: Proof) -> ReadMail:
    """The rendered HTML without its comments, taken apart."""
    html = _without_comments(proof)
    tags = tuple(dict.fromkeys(_start_tags_in(html)))
    together = "".join(tags)
    inlined = proof.theme.inlined if html else ""
    return ReadMail(html, together, tuple(_style_blocks_in(html)), inlined, frozenset(_style_attributes().findall(together)), frozenset(_names_of(tags)))


def _start_tags_in(html: str) -> list[str]:
    found: list[str] = _tags().findall(html)
    # A bracket within a tag begins another; a search that stops at brackets of both kinds takes three times as long.
    return found if "".join(found).count("<") == len(found) else _tags_without_brackets().findall(html)


def _names_of(tags: Iterable[str]) -> Iterator[str]:
    """The names of elements, given their start tags."""
    for beginning in {tag.partition(" ")[0] for tag in tags}:
        name = _tag_name().match(beginning)
        if name is not None:
            yield name[1]


@once_a_draft
def comments_in(proof: Proof) -> tuple[tuple[int, int], ...]:
    """Where the comments of the rendered HTML begin and end. What ends one may begin within what began it, as in `<!--[if !mso]><!-->`."""
    html, found = proof.rendered, []
    start = html.find("<!--")
    while start >= 0:
        end = html.find("-->", start + 2)
        end = len(html) if end < 0 else end + 3
        found.append((start, end))
        start = html.find("<!--", end)
    return tuple(found)


def _without_comments(proof: Proof) -> str:
    html, parts, position = proof.rendered, [], 0
    for start, end in comments_in(proof):
        parts.append(html[position:start])
        position = end
    return "".join([*parts, html[position:]])


def _style_blocks_in(html: str) -> Iterator[str]:
    start = html.find("<style")
    while start >= 0:
        opening = _style_tag().match(html, start)
        end = html.find("</style>", opening.end()) if opening is not None else -1
        if opening is not None and end >= 0:
            yield html[opening.end() : end]
        start = html.find("<style", max(start + 1, end))


@cache
def _style_tag() -> re.Pattern[str]:
    return re.compile(r"<style\b[^>]*>")


@cache
def _style_attributes() -> re.Pattern[str]:
    return re.compile(r' style="([^"]+)')


@cache
def _tags() -> re.Pattern[str]:
    return re.compile(r"<[a-z][^>]*>")


@cache
def _tags_without_brackets() -> re.Pattern[str]:
    return re.compile(r"<[a-z][^<>]*>")


@cache
def _tag_name() -> re.Pattern[str]:
    return re.compile(r"<([a-z][a-z0-9]*)")


@cache
def _inputs() -> re.Pattern[str]:
    return re.compile(r'<input\b(?:(?!\stype=)[^<>])*(?:\stype="([a-z]*)")?')
