"""Where something stands in a file: source texts and places in them."""

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple


class Place(NamedTuple):
    """A span of a file. Lines and columns count from 1, columns in code points; `end_column` is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class SourceText:
    """A file's text and the name it is reported by; `put_in` are the offsets of characters that the file does not have."""

    def __init__(self, path: str, text: str, put_in: tuple[int, ...] = ()) -> None:
        self.path = path
        self.text = text
        self.put_in = put_in

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which the lines begin. Only LF, CRLF and CR end a line, as editors count them."""
        starts, text, position = [0], self.text, 0
        if "\r" not in text:
            position = text.find("\n") + 1
            while position:
                starts.append(position)
                position = text.find("\n", position) + 1
            return starts
        while position < len(text):
            if text[position] == "\n" or (text[position] == "\r" and text[position + 1 : position + 2] != "\n"):
                starts.append(position + 1)
            position += 1
        return starts

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The line and column, from 1, of a code-point offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The code-point offset of a line and column, from 1; the text's end where there is no such line."""
        starts = self.line_starts
        return min(starts[line - 1] + column - 1, len(self.text)) if 1 <= line <= len(starts) else len(self.text)

    def place(self, start: int, end: int) -> Place:
        """The place of the text between two offsets, in the file."""
        if not self.put_in:
            return Place(self.path, *self.line_and_column(start), *self.line_and_column(max(start, end)))
        return Place(self.path, *self._in_the_file(start), *self._in_the_file(max(start, end)))

    def with_text(self, start: int, end: int, new: str) -> "SourceText":
        """The text with other words between two offsets: the old ones with characters put in, or quotes of the other kind."""
        old = self.text[start:end]
        kept = [start + offset for offset in _kept(old, new)]
        put_in = {*range(start, start + len(new))} - {*kept}
        for offset in self.put_in:
            if offset >= end:
                put_in.add(offset + len(new) - len(old))
            elif offset < start or not kept:
                put_in.add(offset)
            else:
                put_in.add(kept[offset - start])
        return SourceText(self.path, self.text[:start] + new + self.text[end:], tuple(sorted(put_in)))

    def _in_the_file(self, offset: int) -> tuple[int, int]:
        line, column = self.line_and_column(offset)
        return line, column - bisect_left(self.put_in, offset) + bisect_left(self.put_in, self.line_starts[line - 1])

    def line(self, number: int) -> str:
        """A line's text without its line break; empty past the end."""
        starts = self.line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    @property
    def top(self) -> Place:
        """1:1, where a finding stands that no part of the file holds."""
        return Place(self.path, 1, 1, 1, 1)


def _kept(old: str, new: str) -> list[int]:
    """For each character of the old words its offset in the new ones; of a quote that is doubled, the first. Empty where some are lost."""
    if new[:1] in ("'", '"') and new[:1] == new[-1:] and (inside := _found_in_turn(old, new[1:-1])):
        return [offset + 1 for offset in inside]
    # What was a quote of YAML's to the writer is one still, of either kind.
    return _found_in_turn(old.replace('"', "'"), new.replace('"', "'"))


def _found_in_turn(old: str, new: str) -> list[int]:
    found: list[int] = []
    for character in old:
        found.append(new.find(character, found[-1] + 1 if found else 0))
        if found[-1] < 0:
            return []
    return found
