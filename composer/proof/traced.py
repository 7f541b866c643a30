"""MJML that knows its templates: where in which file each piece of it is written.

A page is rendered once more with a mark in front of every literal piece of a template. The marks are taken out again,
and what remains is a list of offsets. Only what has gone wrong is rendered so: marks cost time.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError
from jinja2.ext import Extension

from composer.place import Place, SourceText
from composer.proof.jinja import environment_of
from composer.proof.page import Page
from composer.proof.render import mjml_of
from composer.proof.source_map import SourceMap

# Characters that no text may hold (Unicode, noncharacters).
_MARK, _END = "\ufdd0", "\ufdd1"


class Piece(NamedTuple):
    """A literal piece of a template, as Jinja reads the file, from the first character that is not a space."""

    source: SourceText
    start: int
    end: int


class TracedMjml:
    """MJML and the pieces of templates it was made of."""

    def __init__(self, marked: str, pieces: list[Piece]) -> None:
        first, *rest = _mark().split(marked)
        parts, self._offsets, self._pieces = [first], [], []
        length = len(first)
        for number, words in zip(rest[::2], rest[1::2], strict=True):
            # A draft may hold what looks like a mark; there is no piece of that number.
            if int(number) < len(pieces):
                self._offsets.append(length)
                self._pieces.append(pieces[int(number)])
            parts.append(words)
            length += len(words)
        self.mjml = "".join(parts)

    def place(self, start: int, end: int) -> Place | None:
        """Where a template writes what stands between two offsets; of a value that was put in, the `{{ … }}` it came from."""
        found = self._at(start)
        if found is None:
            return None
        piece, at = found
        if at == piece.end:
            return piece.source.place(at, _end_of_expression(piece.source.text, at))
        behind = self._at(max(end - 1, start))
        last = min(behind[1] + 1, piece.end) if behind is not None and behind[0] is piece and end > start else at
        return piece.source.place(at, max(last, at))

    def source_at(self, offset: int) -> str:
        """The template from the place of an offset to the end of its line: what wrote it, first of all."""
        found = self._at(offset)
        return found[0].source.text[found[1] :].partition("\n")[0] if found is not None else ""

    def _at(self, offset: int) -> tuple[Piece, int] | None:
        index = bisect_right(self._offsets, offset) - 1
        if index < 0:
            return None
        piece = self._pieces[index]
        return piece, min(piece.start + offset - self._offsets[index], piece.end)


class TracedTemplates:
    """Templates read with their marks, for as many pages as one likes. `shown` says how findings call a file."""

    def __init__(self, folders: tuple[Path, ...], shown: Callable[[Path], str]) -> None:
        self._environment = environment_of(folders)
        self._environment.add_extension(_Tracer)
        tracer = self._environment.extensions[_Tracer.identifier]
        assert isinstance(tracer, _Tracer)
        self._tracer = tracer
        tracer.shown = shown

    def mjml_of(self, page: Page, marks: SourceMap) -> TracedMjml:
        """A page's MJML with its pieces. Raises what its templates raise."""
        return TracedMjml(mjml_of(self._environment, page, marks), self._tracer.pieces)


class _Tracer(Extension):
    """Puts the marks into a template's source before Jinja reads it."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.pieces: list[Piece] = []
        self.shown: Callable[[Path], str] = str

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source with its marks; as it is where Jinja will refuse it."""
        try:
            literals = list(literals_of(self.environment, source))
        except TemplateSyntaxError:
            return source
        read = as_read(source)
        text = SourceText(self.shown(Path(filename or name or "")), read)
        parts, done = [], 0
        for start, end in literals:
            parts += [read[done:start], f"{_MARK}{len(self.pieces)}{_END}"]
            self.pieces.append(Piece(text, start, end))
            done = start
        return "".join([*parts, read[done:]])


def as_read(source: str) -> str:
    """A template's source with its line breaks as Jinja reads them."""
    return _line_break().sub("\n", source)


def tokens_of(environment: Environment, source: str) -> Iterator[tuple[int, str, str]]:
    """Jinja's own tokens with their offsets in the source as read. Raises TemplateSyntaxError."""
    read, position = as_read(source), 0
    for _, kind, words in environment.lexer.tokeniter(read, None):
        # What Jinja strips stands between two tokens; nothing else does.
        position = read.find(words, position)
        yield position, kind, words
        position += len(words)


def literals_of(environment: Environment, source: str) -> Iterator[tuple[int, int]]:
    """Where the literal pieces of a template begin and end, without the spaces around them. Raises TemplateSyntaxError."""
    for start, kind, words in tokens_of(environment, source):
        if kind == "data" and words.strip():
            yield start + len(words) - len(words.lstrip()), start + len(words)


def _end_of_expression(source: str, at: int) -> int:
    """Behind the `}}` or `%}` of what stands at an offset."""
    for opening, closing in (("{{", "}}"), ("{%", "%}")):
        if source.startswith(opening, at):
            return source.find(closing, at) + 2
    return at


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(f"{_MARK}([0-9]{{1,6}}){_END}")


@cache
def _line_break() -> re.Pattern[str]:
    return re.compile(r"\r\n|\r|\n")
