"""Reads a YAML file into texts, mappings and lists with places; faults come back as problems, never raised.

Bytes become text, what quotes or control characters spoil is mended in memory, and builder.py makes values of it.
"""

import os
from codecs import BOM_UTF8
from pathlib import Path
from typing import NamedTuple

import yaml

from composer.finding import Edit, Problem
from composer.place import SourceText
from composer.yaml_source.builder import Builder, Loader, Refused
from composer.yaml_source.misread_lines import space_put_in, unseen_break_mended
from composer.yaml_source.needs_quotes import repaired
from composer.yaml_source.values import Scalar, Value

MAX_BYTES = 1 << 20
_MAX_REPAIRS = 50
# More than these and it is no text: a picture, a program, a Word file.
_MAX_CONTROL_CHARACTERS = 20


class Document(NamedTuple):
    """A file as read: its text, its root (None where it is unreadable or empty) and what was wrong with it."""

    source: SourceText
    root: Value | None
    problems: tuple[Problem, ...]
    scalars: tuple[Scalar, ...] = ()


def read_file(path: Path, shown_as: str) -> Document:
    """Read a file; raises OSError only. At most MAX_BYTES are held, however large the file is."""
    with path.open("rb") as file:
        # Room for the largest file there may be would be asked of the system, and given back, for each.
        expected = min(os.fstat(file.fileno()).st_size, MAX_BYTES)
        content = file.read(expected + 1)
        if len(content) > expected:
            content += file.read(MAX_BYTES + 1 - len(content))
    return read_bytes(content, shown_as)


def read_bytes(content: bytes, shown_as: str) -> Document:
    """Read the bytes of a draft or settings file, which must be UTF-8."""
    empty = SourceText(shown_as, "")
    if len(content) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1024:,} KiB"
        problem = Problem("too-large", empty.top, f"the file is over {limit}", "a draft is text; keep pictures beside it, not in it")
        return Document(empty, None, (problem,))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        problem = Problem("syntax", empty.top, "the file is UTF-16, not UTF-8", "save it again as UTF-8 (“Save with encoding” in most editors)")
        return Document(empty, None, (problem,))
    try:
        text = content.decode("utf-8-sig" if content.startswith(BOM_UTF8) else "utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        start = content.rfind(b"\n", 0, error.start) + 1
        column = len(content[start : error.start].decode("utf-8", "replace")) + 1
        place = empty.top._replace(line=line, column=column, end_line=line, end_column=column + 1)
        message = f"byte 0x{content[error.start]:02X} is not UTF-8 text"
        return Document(empty, None, (Problem("syntax", place, message, "save the file as UTF-8; a picture or a Word file is not a draft"),))
    return read_text(text, shown_as)


def read_text(text: str, shown_as: str) -> Document:
    """Read YAML text. What quotes or a control character spoil is mended in memory, so that the rest is read too."""
    unreadable = _unreadable(text)
    problems = [_control_character(SourceText(shown_as, text), offset) for offset in unreadable[:_MAX_CONTROL_CHARACTERS]]
    if len(unreadable) > _MAX_CONTROL_CHARACTERS or "\0" in text:
        return Document(SourceText(shown_as, text), None, tuple(problems[:1]))
    # One character in the place of each keeps every offset.
    spoilt = set(unreadable)
    source = SourceText(shown_as, "".join(_stand_in(text, i) if i in spoilt else c for i, c in enumerate(text)) if spoilt else text)
    for _ in range(_MAX_REPAIRS):
        builder = Builder(source)
        try:
            root = builder.build()
        except Refused as refused:
            if refused.problem.kind == "needs-quotes":
                problems.append(refused.problem if not problems else refused.problem._replace(edits=()))
                (edit,) = refused.problem.edits
                source = source.with_text(edit.start, edit.end, edit.text)
                continue
            return Document(source, None, (*problems, *builder.problems, refused.problem), tuple(builder.scalars))
        except yaml.YAMLError as error:
            mended = unseen_break_mended(source, error, _error_offset) or space_put_in(source, error, _error_offset) or repaired(source, error, _error_line)
            if mended is None:
                return Document(source, None, (*problems, _syntax(source, error)), tuple(builder.scalars))
            # Offsets after the mended line no longer fit the file, so only the first mending offers its edits.
            problems.append(mended.problem if not problems else mended.problem._replace(edits=()))
            source = mended.source
            continue
        found = builder.problems
        if problems:
            found = [p._replace(edits=()) for p in found]
        return Document(source, root, (*problems, *found), tuple(builder.scalars))
    return Document(source, None, tuple(problems))


def _unreadable(text: str) -> list[int]:
    """The offsets of characters that YAML 1.1 (5.1) refuses; a set is tested first, since a text has few different ones."""
    if text.replace("\n", "").isprintable():
        # As most drafts are: a third of the time that telling their characters apart takes.
        return []
    refused = {character for character in set(text) if not _is_readable(character)}
    return [offset for offset, character in enumerate(text) if character in refused] if refused else []


def _stand_in(text: str, offset: int) -> str:
    """A sign among words, so that no rule speaks of a space too many; a space where YAML may need one: around keys, dashes and line ends."""
    before = text[text.rfind("\n", 0, offset) + 1 : offset].rstrip(" ")
    return " " if not before or before[-1] in ":-" or text[offset + 1 : offset + 2] in ("", "\n", "\r", ":") else "\ufffc"


def _control_character(source: SourceText, offset: int) -> Problem:
    message = f"control character U+{ord(source.text[offset]):04X} in the text"
    help = "delete it; it came in by pasting, and no mail client shows it"
    return Problem("syntax", source.place(offset, offset + 1), message, help, (Edit(offset, offset + 1, ""),))


def _is_readable(character: str) -> bool:
    code = ord(character)
    if code < 0xA0:
        return 0x20 <= code < 0x7F or character in "\t\n\r\x85"
    return not (0xD800 <= code <= 0xDFFF or character in "\ufeff\ufffe\uffff")


def _error_line(text: str) -> int | None:
    """The line of the file, from 0, at which libyaml stops; None where the text parses."""
    offset = _error_offset(text)
    return SourceText("", text).line_and_column(offset)[0] - 1 if offset is not None else None


def _error_offset(text: str) -> int | None:
    """The offset at which libyaml stops; None where the text parses."""
    try:
        for _ in yaml.parse(text, Loader=Loader):
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return int(mark.index) if mark else 0
    except yaml.YAMLError:
        return 0
    return None


_TAB = "found a tab character that violates indentation"
_PLAIN_WORDS = {
    "mapping values are not allowed in this context": ("a colon where none can stand", "check the indentation, or put the text in quotes"),
    "found character that cannot start any token": (
        "YAML cannot begin a text with this character",
        "put the text in quotes",
    ),
    "found unexpected end of stream": ("a quote is opened and never closed", "close it with the same quote"),
    "did not find expected key": ("a key (`name:`) was expected here", "check the indentation of this line and the one above"),
    "did not find expected '-' indicator": ("a list item (`- …`) was expected here", "check the indentation of this line and the one above"),
    _TAB: ("a tab where only spaces can indent", "replace the tab by spaces"),
    "could not find expected ':'": ("a `key: value` was expected here", "add the colon, or indent the line under the text it belongs to"),
    "did not find expected ',' or ']'": ("a list opened with `[` is not closed", "close it with `]`, or put the text in quotes"),
    "did not find expected ',' or '}'": ("a mapping opened with `{` is not closed", "close it with `}`, or put the text in quotes"),
}


def _syntax(source: SourceText, error: yaml.YAMLError) -> Problem:
    words = str(getattr(error, "problem", None) or error)
    marks = [getattr(error, "problem_mark", None), getattr(error, "context_mark", None)]
    if words == "could not find expected ':'":
        # libyaml stops where it gives up looking; the words without a colon stand where it began.
        marks.reverse()
    mark = marks[0] or marks[1]
    offset = min(mark.index, len(source.text)) if mark else 0
    if source.text[offset : offset + 1] == "\t":
        words = _TAB
    message, help = _PLAIN_WORDS.get(words, (f"this is not readable YAML: {words}", "check quotes and indentation here and on the line above"))
    return Problem("syntax", source.place(offset, offset + 1 if offset < len(source.text) else offset), message, help)
