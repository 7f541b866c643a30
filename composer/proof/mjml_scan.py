"""MJML as it is written: which tag stands in which, and what is not closed, crossed or refused by MRML.

A reader for faulty text: it goes on where MRML stops, says where, and never raises.
"""

import re
from functools import cache
from typing import NamedTuple

from composer.facts.mjml_reference import mjml_reference
from composer.proof.mjml import VOID
from composer.proof.mjml_tags import Tag, start_tag, tag_opening


class Fault(NamedTuple):
    """What is wrong between two offsets. `kind` is a rule of the area `template`; `fatal` where MRML makes nothing of it."""

    kind: str
    start: int
    end: int
    message: str
    help: str
    fatal: bool = False


class Words(NamedTuple):
    """Words that stand directly in a component which takes none."""

    start: int
    end: int
    parent: Tag | None


class Scan(NamedTuple):
    """The start tags of a text in order, words where none may stand, and the faults of its form."""

    tags: list[Tag]
    words: list[Words]
    faults: list[Fault]


def scan_of(text: str) -> Scan:
    """The tags of an MJML document."""
    reader = _Reader(text)
    reader.read()
    return Scan(reader.tags, reader.words, reader.faults)


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._takes_html = frozenset(name for name, tag in mjml_reference().tags.items() if tag.takes_html)
        self._open: list[Tag] = []
        self._crossed: list[str] = []
        self.tags: list[Tag] = []
        self.words: list[Words] = []
        self.faults: list[Fault] = []

    def read(self) -> None:
        position, text = 0, self._text
        while position < len(text):
            found = text.find("<", position)
            end = len(text) if found < 0 else found
            self._between(position, end)
            if found < 0:
                break
            position = self._markup(found)
        for tag in reversed(self._open):
            self._not_closed(tag)

    @property
    def _inside(self) -> Tag | None:
        return self._open[-1] if self._open else None

    @property
    def _in_html(self) -> bool:
        inside = self._inside
        return inside is not None and (inside.is_html or inside.name in self._takes_html)

    def _between(self, start: int, end: int) -> None:
        if not self._in_html and self._text[start:end].strip():
            words = self._text[start:end]
            start += len(words) - len(words.lstrip())
            self.words.append(Words(start, start + len(words.strip()), self._inside))

    def _markup(self, at: int) -> int:
        """What begins with `<`; the offset behind it."""
        text = self._text
        if text.startswith("<!--", at):
            return self._comment(at)
        conditional = _conditional_end().match(text, at)
        if conditional:
            return conditional.end()
        if text.startswith(("<!", "<?"), at):
            end = text.find(">", at)
            what = "CDATA" if text.startswith("<![CDATA[", at) else text[at : at + 10].split()[0]
            end = len(text) if end < 0 else end + 1
            self._fault("broken", at, end, f"MJML as Composer reads it knows no `{what}`", "take it out; escape `<` and `&` as `&lt;` and `&amp;`", fatal=True)
            return end
        closing = _closing().match(text, at)
        if closing:
            self._close(closing[1], at, closing.end())
            return closing.end()
        opening = tag_opening().match(text, at)
        if opening is None:
            self._fault("broken", at, at + 1, "a `<` stands here that begins no tag", "write it as `&lt;`", fatal=True)
            return at + 1
        return self._start(at, opening[1])

    def _start(self, at: int, name: str) -> int:
        text = self._text
        tag = start_tag(text, at, name, self._inside, is_html=self._in_html)
        if tag is None:
            self._fault(
                "unclosed-tag", at, at + 1 + len(name), f"the tag `<{name}` never ends", "close it with `>`, and every value with its quote", fatal=True
            )
            end = _end_of_line(text, at)
            self._push(Tag(name, at, end, (), text[end - 2 : end] == "/>", self._inside, self._in_html))
            return end
        self.tags.append(tag)
        self._faults_of_attributes(tag)
        if name == "style" or (name == "mj-style" and not tag.closes_itself):
            return self._skip_style(tag)
        self._push(tag)
        return tag.end

    def _push(self, tag: Tag) -> None:
        if not tag.closes_itself and not (tag.is_html and tag.name.lower() in VOID):
            self._open.append(tag)

    def _faults_of_attributes(self, tag: Tag) -> None:
        """What MRML refuses: values without quotes, no space between attributes, names that XML does not know."""
        behind = tag.name_end
        for attribute in tag.attributes:
            if attribute.value is not None and not attribute.quote:
                shown = f"{attribute.name}={attribute.value}"
                self._fault("broken", attribute.start, attribute.end, f"the value in `{shown}` has no quotes", "put it in double quotes", fatal=True)
            elif attribute.start == behind:
                self._fault("broken", attribute.start, attribute.end, f"no space in front of `{attribute.name}`", "put a space between attributes", fatal=True)
            elif not _xml_name().fullmatch(attribute.name):
                end = attribute.start + len(attribute.name)
                self._fault("broken", attribute.start, end, f"`{attribute.name}` is no name of an attribute", "is a quote missing before it?", fatal=True)
            behind = attribute.end

    def _skip_style(self, tag: Tag) -> int:
        end = self._text.find(f"</{tag.name}", tag.end)
        if end < 0:
            self._not_closed(tag)
            return len(self._text)
        return self._text.find(">", end) + 1 or len(self._text)

    def _comment(self, at: int) -> int:
        text = self._text
        conditional = _conditional_start().match(text, at)
        if conditional:
            return conditional.end()
        end = text.find("-->", at + 4)
        if end < 0:
            self._fault("unclosed-tag", at, at + 4, "this comment never ends", "close it with `-->`", fatal=True)
            self._open.clear()
            return len(text)
        dashes = text.find("--", at + 4, end)
        if dashes >= 0:
            self._fault("broken", dashes, dashes + 2, "a comment may not hold `--`", "write it with other words", fatal=True)
        return end + 3

    def _close(self, name: str, start: int, end: int) -> None:
        inside = self._inside
        if inside is not None and _same(inside, name):
            self._open.pop()
        elif self._is_open(name):
            while not _same(self._open[-1], name):
                unclosed = self._open.pop()
                self._not_closed(unclosed, within=name)
                self._crossed.append(unclosed.name)
            self._open.pop()
        elif name in self._crossed:
            self._crossed.remove(name)
        elif inside is not None and not inside.is_html and name.startswith("mj"):
            self._open.pop()
            self._fault("unclosed-tag", start, end, f"`</{name}>` stands where `<{inside.name}>` is to be closed", f"write `</{inside.name}>`", fatal=True)
        elif name.lower() in VOID:
            self._fault("unclosed-tag", start, end, f"`</{name}>`: a `<{name}>` has no end tag", f"delete `</{name}>`", fatal=True)
        else:
            self._fault("unclosed-tag", start, end, f"`</{name}>` closes what was never opened", "delete it, or open it before", fatal=True)

    def _is_open(self, name: str) -> bool:
        """Whether an end tag has something to close; an HTML one closes nothing outside its component."""
        for tag in reversed(self._open):
            if _same(tag, name):
                return True
            if not tag.is_html and not name.startswith("mj"):
                return False
        return False

    def _not_closed(self, tag: Tag, within: str = "") -> None:
        where = f" before `</{within}>`" if within else ""
        self._fault("unclosed-tag", tag.start, tag.name_end, f"`<{tag.name}>` is not closed{where}", f"add `</{tag.name}>` where it ends", fatal=True)

    def _fault(self, kind: str, start: int, end: int, message: str, help: str, *, fatal: bool) -> None:
        self.faults.append(Fault(kind, start, end, message, help, fatal))


def _same(tag: Tag, name: str) -> bool:
    """Whether an end tag's name is the tag's; HTML does not care for capitals."""
    return tag.name == name or (tag.is_html and tag.name.lower() == name.lower())


def _end_of_line(text: str, at: int) -> int:
    found = re.compile(r"[\n<]").search(text, at + 1)
    return found.start() if found else len(text)


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(r"</([a-zA-Z][\w:.-]*)\s*>", re.ASCII)


@cache
def _xml_name() -> re.Pattern[str]:
    return re.compile(r"[^\W\d][\w.:-]*|:[\w.:-]*")


@cache
def _conditional_start() -> re.Pattern[str]:
    return re.compile(r"<!--\[if [^\]]*\]>(?:<!-->|-->)?")


@cache
def _conditional_end() -> re.Pattern[str]:
    return re.compile(r"<!\[endif\]-->")
