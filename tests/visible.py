"""What a reader sees of an edition: the words of the HTML's body and of the plain text, white space folded."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

NEVER_SHOWN = ("style", "script", "title", "head", "template")


_WIDE = "[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"


def folded(text: str) -> str:
    """Runs of white space as one space, none between two Chinese characters, since a line may end there."""
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(f"(?<={_WIDE}) (?={_WIDE})", "", text)


def soup_of(html: str) -> BeautifulSoup:
    """The HTML as a browser's parser would build it, near enough for what it says."""
    return BeautifulSoup(html, "lxml")


def _hidden(tag: Tag) -> bool:
    style = re.sub(r"\s+", "", str(tag.get("style", ""))).lower()
    return tag.name in NEVER_SHOWN or "display:none" in style or "max-height:0" in style or tag.has_attr("hidden")


def visible_strings(html: str) -> Iterator[str]:
    """The visible text of the body, piece by piece; a block's end counts as a space."""
    body = soup_of(html).body
    assert body is not None
    yield from _strings(body)


_INLINE = frozenset(["a", "b", "strong", "em", "i", "span", "code", "font", "u", "s", "sub", "sup", "small"])


def _strings(tag: Tag) -> Iterator[str]:
    if _hidden(tag):
        return
    for child in tag.children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, Tag):
            if child.name == "img":
                yield " "
                continue
            outside = child.name not in _INLINE
            if outside:
                yield " "
            yield from _strings(child)
            if outside:
                yield " "
        elif type(child) is NavigableString:
            yield str(child)


def visible_words(html: str) -> str:
    """The visible words of a mail in reading order."""
    return folded("".join(visible_strings(html)))


def words_of_text(text: str) -> str:
    """The words of a plain text edition without its numbered notes `[12]`, hanging bars and rules."""
    lines = []
    for line in text.split("\n"):
        if re.fullmatch(r"\s*\[\d+\] \S+", line) or re.fullmatch(r"[=-]{3,}", line.strip()):
            continue
        lines.append(re.sub(r"^ {4}\| ?", " ", line))
    return folded(re.sub(r" \[\d+\]", "", folded("\n".join(lines))))
