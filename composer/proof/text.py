"""Plain text from the model: prose in 72 columns without Markdown's marks, links as numbered notes."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from composer.proof.columns import WIDTH, columns, wrapped
from composer.prose.markdown import Prose, children_of
from composer.prose.merge_fields import MERGE_FIELD, restored
from composer.prose.paragraphs import Paragraph
from composer.prose.scripts import is_western

if TYPE_CHECKING:
    from markdown_it.token import Token

# a `$` with its source, the number of a note with the words it belongs to
_KEPT_TOGETHER = re.compile(r"\u00a0(?=\$|\[\d+\])")
_MAIL = re.compile(r"mailto:([^?]+)")


class Notes:
    """The links of an issue as numbered notes; `taken` hands over those of the section that just ended."""

    def __init__(self) -> None:
        self._count = 0
        self._pending: list[tuple[int, str]] = []

    def number(self, href: str) -> int:
        """The number of a link: the same within a section for the same address."""
        known = next((number for number, address in self._pending if address == href), None)
        if known is not None:
            return known
        self._count += 1
        self._pending.append((self._count, href))
        return self._count

    def taken(self) -> list[tuple[int, str]]:
        """The notes since the last call, which are then done with."""
        pending, self._pending = self._pending, []
        return pending


def capitals(heading: str) -> str:
    """A heading in capitals where that loses nothing: not Chinese, not a name such as McAfee, not a merge field."""
    if "{{" in heading and MERGE_FIELD.search(heading):
        return heading
    mixed = any(any(map(str.isupper, word[1:])) and not word.isupper() for word in heading.split())
    cased = heading.isascii() or all(not c.isalpha() or c.upper() != c.lower() for c in heading)
    return heading if mixed or not cased or heading.upper().lower() != heading.lower() else heading.upper()


def inline_text(children: "Sequence[Token]", notes: Notes) -> str:
    """Running text without Markdown's marks; a link whose text is not its address gets a note."""
    out: list[str] = []
    start, href = 0, ""
    for child in children:
        kind = child.type
        if kind in ("text", "code_inline"):
            out.append(child.content)
        elif kind == "softbreak":
            out.append(" ")
        elif kind == "hardbreak":
            out.append("\n")
        elif kind == "link_open":
            start, href = len(out), restored(str(child.attrs["href"]))
        elif kind == "link_close":
            out.append(_behind_link("".join(out[start:]), href, notes))
    return "".join(out)


def _behind_link(words: str, href: str, notes: Notes) -> str:
    mail = _MAIL.match(href)
    if mail:
        return "" if words.lower() == mail[1].lower() else f" <{mail[1]}>"
    if words in (href, href.removeprefix("https://").removesuffix("/")):
        return "" if "://" in words else f"\u00a0[{notes.number(href)}]"
    return f"\u00a0[{notes.number(href)}]"


class ProseText:
    """Renders prose for one issue's plain text."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    def blocks(self, prose: Prose, *, first: str = "", rest: str | None = None, behind: Callable[[], str] = str) -> str:
        """Paragraphs, lists, quotes and subheads, apart by blank lines.

        `behind` makes what ends the last paragraph; it is asked last, so that its notes follow those of the text.
        """
        lead = first if rest is None else rest
        if prose.paragraphs is not None:
            return self._paragraphs(prose.paragraphs, first, lead, behind)
        stream = prose.tokens
        paragraphs: list[str] = []
        last = max((i for i, t in enumerate(stream) if t.type == "inline"), default=-1)
        margins: list[str] = []
        # what stands in a margin's place on the next line only: an item's dash or number
        signs: dict[int, str] = {}
        counters: list[int] = []
        after_tight_item = False
        is_one_item = [token.type for token in stream if token.type in ("bullet_list_open", "list_item_open")] == ["bullet_list_open", "list_item_open"]
        for index, token in enumerate(stream):
            kind = token.type
            if kind == "inline":
                text = inline_text(token.children or (), self.notes) + (behind() if index == last else "")
                signed = "".join(signs.get(level, margin) for level, margin in enumerate(margins))
                hanging = lead + "".join(margins)
                signs.clear()
                leading = (lead if paragraphs else first) + signed
                set_lines = wrapped(text, first=leading, rest=hanging, flows=not leading and not hanging)
                tight = bool(counters) and stream[index - 1].hidden
                if stream[index - 1].type == "heading_open":
                    paragraphs.append(_underlined(wrapped(text, first=hanging)))
                elif tight and after_tight_item:
                    paragraphs[-1] += "\n" + set_lines
                else:
                    paragraphs.append(set_lines)
                after_tight_item = tight
            elif kind in ("bullet_list_open", "ordered_list_open"):
                counters.append(int(token.attrs.get("start", 1)) if kind == "ordered_list_open" else 0)
            elif kind in ("bullet_list_close", "ordered_list_close"):
                counters.pop()
                after_tight_item = after_tight_item and bool(counters)
            elif kind == "list_item_open":
                ordered = token.info != ""
                # Where a sign leads the whole text, as a follow-up's "+" does, that of a list of one would be a second one.
                has_sign = first != lead and is_one_item and not paragraphs and not margins
                sign = f"{counters[-1]}. " if ordered else "" if has_sign else "- "
                counters[-1] += 1
                signs[len(margins)] = sign
                margins.append(" " * len(sign))
            elif kind == "blockquote_open":
                margins.append("    ")
            elif kind in ("list_item_close", "blockquote_close"):
                margins.pop()
                signs.pop(len(margins), None)
            elif kind == "hr":
                paragraphs.append(lead + "".join(margins) + "* * *")
        return "\n\n".join(paragraphs)

    def _paragraphs(self, blocks: list[Paragraph], first: str, lead: str, behind: Callable[[], str]) -> str:
        made: list[str] = []
        for paragraph in blocks:
            text = self._running(paragraph)
            more = behind() if paragraph is blocks[-1] else ""
            # Notes are figures in brackets, which change nothing about that.
            western = paragraph.runs is not None and paragraph.is_western and is_western(more)
            if paragraph.level:
                made.append(_underlined(wrapped(text + more, first=lead, western=western)))
            else:
                leading = lead if made else first
                made.append(wrapped(text + more, first=leading, rest=lead, flows=not leading and not lead, western=western))
        return "\n\n".join(made)

    def _running(self, paragraph: Paragraph) -> str:
        runs = paragraph.runs
        if runs is None:
            return inline_text(children_of(paragraph), self.notes)
        out = [runs.lead]
        for words, address, behind in runs.spans:
            out += words, _behind_link(words, restored(address), self.notes) if address is not None else "", behind
        return "".join(out).replace("\n", " ")

    def inline(self, prose: Prose) -> str:
        """Running text on one line, not wrapped."""
        if prose.paragraphs is not None:
            return "\n".join(map(self._running, prose.paragraphs))
        return "\n".join(number + inline_text(t.children or (), self.notes) for number, t in prose.numbered)


def _underlined(heading: str) -> str:
    longest = max(columns(line.lstrip()) for line in heading.split("\n"))
    indent = heading[: len(heading) - len(heading.lstrip())]
    return f"{heading}\n{indent}{'-' * min(longest, WIDTH)}"


def set_in_columns(text: str) -> str:
    """A template's output tidied: no space at line ends, never more than one blank line, one line break at the end."""
    # No-break spaces have kept together what they stand between; from here on they are in the way of searching.
    text = "\n".join(map(str.rstrip, _KEPT_TOGETHER.sub(" ", text).split("\n")))
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n") + "\n"
