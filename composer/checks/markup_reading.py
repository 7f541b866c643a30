"""What rules about the mail's markup read: the rendered HTML without its comments, its tags and its styles."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from composer.proof.proof import Proof

if TYPE_CHECKING:
    from composer.proof.css import Sheet


class ReadMail(NamedTuple):
    """A mail as client rules read it: `tags` are its start tags, one behind the other.

    `inlined` is the style sheet that becomes style attributes later on; until then it is one, read once for all issues.
    """

    html: str
    tags: str
    style_blocks: tuple[str, ...]
    inlined: str
    style_attributes: frozenset[str]

    @property
    def elements(self) -> frozenset[str]:
        """The names of its elements."""
        return _elements_in(self.tags)

    @property
    def inputs(self) -> frozenset[str]:
        """The types of its inputs; what has no type is for text."""
        return frozenset(_inputs().findall(self.tags)) if "<input" in self.tags else frozenset()

    @property
    def sheets(self) -> "Iterator[Sheet]":
        """The style blocks, parsed."""
        from composer.proof.css import sheet_of

        return map(sheet_of, self.style_blocks)


@lru_cache(maxsize=1)
def read_mail(proof: Proof) -> ReadMail:
    """The rendered HTML without its comments, taken apart."""
    html = _without_comments(proof.rendered)
    tags = "".join(_tags().findall(html))
    inlined = proof.theme.inlined if html else ""
    return ReadMail(html, tags, tuple(_style_blocks().findall(html)), inlined, frozenset(_style_attributes().findall(tags)))


@lru_cache(maxsize=1)
def _elements_in(tags: str) -> frozenset[str]:
    return frozenset(_tag_names().findall(tags))


def comments_in(html: str) -> Iterator[tuple[int, int]]:
    """Where the comments begin and end. What ends one may begin within what began it, as in `<!--[if !mso]><!-->`."""
    start = html.find("<!--")
    while start >= 0:
        end = html.find("-->", start + 2)
        end = len(html) if end < 0 else end + 3
        yield start, end
        start = html.find("<!--", end)


def _without_comments(html: str) -> str:
    parts, position = [], 0
    for start, end in comments_in(html):
        parts.append(html[position:start])
        position = end
    return "".join([*parts, html[position:]])


@cache
def _style_blocks() -> re.Pattern[str]:
    return re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL)


@cache
def _style_attributes() -> re.Pattern[str]:
    return re.compile(r' style="([^"]+)')


@cache
def _tags() -> re.Pattern[str]:
    return re.compile(r"<[a-z][^<>]*>")


@cache
def _tag_names() -> re.Pattern[str]:
    return re.compile(r"<([a-z][a-z0-9]*)")


@cache
def _inputs() -> re.Pattern[str]:
    return re.compile(r'<input\b(?:(?!\stype=)[^<>])*(?:\stype="([a-z]*)")?')
