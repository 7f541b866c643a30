"""editorial/unsupported-markdown."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from composer.blocks.block import texts_in
from composer.blocks.post import Post
from composer.checks.rule import Defect, error
from composer.checks.text_reading import without_code
from composer.checks.typed_pictures import typed_pictures
from composer.checks.typography_reading import visible_words
from composer.draft.load import Draft
from composer.finding import Level
from composer.issue.issue import Issue
from composer.prose.markdown import Prose
from composer.yaml_source.values import Scalar


class _Kind(NamedTuple):
    """A part of Markdown that some programs know: what readers see of it here, what to type instead, how grave it is."""

    seen: str
    help: str
    level: Level


_KINDS = {
    "picture": _Kind(
        "pictures are not typed in Markdown here: readers see a `!` and a link",
        "make the body a list, and between its texts write `- figure: {image: …, alt: …}`",
        "error",
    ),
    "plain picture": _Kind(
        "this text is shown as it is typed, and has no pictures: readers see the brackets and the address",
        "type words alone; a picture stands in a body, as `- figure: {image: …, alt: …}`",
        "error",
    ),
    "table": _Kind(
        "there are no tables: readers see its lines run together, bars and all",
        "say it in a list or in sentences, or show the table as a picture (`- figure: {image: …, alt: …}`)",
        "error",
    ),
    "fence": _Kind("there are no blocks of code: readers see its lines run together", "put short code between single backticks, in a sentence", "warning"),
    "struck": _Kind("words cannot be struck out: readers see the `~~`", "delete the words, or say what has changed", "warning"),
    "emphasis": _Kind("this text is shown as it is typed, and has no emphasis: readers see the stars", "type the words without the stars", "warning"),
    "note": _Kind("there are no footnotes: readers see the brackets", "say it in the sentence, or link to it", "warning"),
}


@error
def unsupported_markdown(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """Markdown that a newsletter has not, and that readers see as it is typed.

    What it checks:
        Markdown texts for pictures (`![…](…)`), tables, blocks of code between rows of three backticks, words struck out
        (`~~…~~`) and footnotes (`[^1]`). The last three are warnings, and so is emphasis (`*…*`) in a text that has no Markdown,
        such as a subject or a headline; a picture there is an error as well. Not what stands between backticks, nor in an address or in somebody else's post.

    Why it matters:
        Other programs make a picture or a table of it. Here the signs go out among the words.

    Example:
        body: |
          The crane waits.

          ![A crane at rest](https://harborreview.example/crane.png)

    Instead:
        body:
          - The crane waits.
          - figure: {image: "https://harborreview.example/crane.png", alt: A crane at rest}
    """
    of_others = {id(text) for _, model in issue.models() if isinstance(model, Post) for text in texts_in(model)}
    for key, text in issue.texts():
        typed = text.origin if isinstance(text, Prose) else text
        if key in draft.broken or id(text) in of_others or not isinstance(typed, Scalar) or typed.source is not draft.source:
            continue
        for start, end, kind in _in_markdown(typed) if isinstance(text, Prose) else _in_plain_text(typed):
            yield Defect(typed.place_of(start, end), kind.seen, kind.help, label="readers see it as it stands", level=kind.level)


def _in_plain_text(text: str) -> Iterator[tuple[int, int, _Kind]]:
    yield from ((*match.span(), _KINDS["plain picture"]) for match in typed_pictures(text))
    if text.count("*") > 1:
        yield from ((*match.span(), _KINDS["emphasis"]) for match in _emphasis().finditer(visible_words(text)))
    if "~~" in text:
        yield from ((*match.span(), _KINDS["struck"]) for match in _inline().finditer(visible_words(text)) if match.lastgroup == "struck")


def _in_markdown(text: str) -> Iterator[tuple[int, int, _Kind]]:
    if _may_hold_any(text):
        yield from _found(text)


def _may_hold_any(markdown: str) -> bool:
    return "![" in markdown or "[^" in markdown or "~~" in markdown or "```" in markdown or ("|" in markdown and "--" in markdown)


def _found(markdown: str) -> Iterator[tuple[int, int, _Kind]]:
    fences = list(_fence().finditer(markdown))
    yield from ((match.start("sign"), match.end("sign"), _KINDS["fence"]) for match in fences[::2])
    if fences:
        return
    words = without_code(markdown)
    yield from ((*match.span(), _KINDS["picture"]) for match in typed_pictures(words))
    for match in _inline().finditer(words):
        yield (*match.span(), _KINDS[str(match.lastgroup)])
    yield from ((match.start("head"), match.end("head"), _KINDS["table"]) for match in _table().finditer(words))


@cache
def _inline() -> re.Pattern[str]:
    return re.compile(r"(?P<struck>(?<![\\~])~~(?=[^\s~])[^~\n]*[^\s~]~~(?!~))|(?P<note>(?<!\\)\[\^[\w-]+\](?!\())")


@cache
def _emphasis() -> re.Pattern[str]:
    """Not the stars of `5*3*2` and `M*A*S*H`, nor of a merge tag (`*|FNAME|*`), nor one that leads to a note and comes again in front of it."""
    return re.compile(r"(?<![\w*\\])(?P<stars>\*{1,3})(?=[^\s*|])[^*\n]*[^\s*](?P=stars)(?![\w*])")


@cache
def _fence() -> re.Pattern[str]:
    """The sign that begins a block of code; a line that has more backticks has its code within it."""
    return re.compile(r"^ {0,3}(?:> ?)*+ {0,3}(?P<sign>```++(?![^\n]*`)|~~~+)", re.MULTILINE)


@cache
def _table() -> re.Pattern[str]:
    """A line with a bar in it, above a row of dashes with another (GitHub Flavored Markdown 0.29, 4.10), in a quote as well."""
    row = r"[ >]*+(?=[^\n]*\|)\|?[ ]*+:?-++:?[ ]*+(?:\|[ ]*+:?-++:?[ ]*+)*+\|?[ ]*+"
    return re.compile(rf"^[ >]*+(?P<head>[^\s|][^\n|]*\|[^\n]*|\|[^\n]*)\n{row}$", re.MULTILINE)
