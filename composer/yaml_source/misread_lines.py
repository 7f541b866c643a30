"""Lines that YAML misreads for want of a space behind a colon, or for a line break that nobody sees."""

import re
from collections.abc import Callable

import yaml

from composer.finding import Edit, Problem
from composer.place import SourceText
from composer.yaml_source.needs_quotes import Mended

# A field's name whose colon has a word right behind it; behind that of an address stands a slash.
_WITHOUT_SPACE = r"[ ]*(?:-[ ]+)*(?P<field>[a-z][a-z0-9_]*):(?=[^\s/:])"
# how many lines above the fault a colon without space is looked for, and how many of them are tried
_REACHES, _TRIES = 60, 4
_SEPARATORS = {"\x85": "next line", "\u2028": "line separator", "\u2029": "paragraph separator"}


def unseen_break_mended(source: SourceText, error: yaml.YAMLError, error_offset: Callable[[str], int | None]) -> Mended | None:
    """A space for the last separator of a line near the fault, where YAML stopped behind it or reads on without it: to YAML it ends a line."""
    # What a separator cut off begins where libyaml says that it began to read; it may stop many lines below.
    marks = _marks_of(error)
    if not any(sign in source.text for sign in _SEPARATORS):
        return None
    stopped = max((mark.index for mark in marks), default=0)
    lines = (line for mark in marks for line in (source.line_and_column(mark.index)[0], source.line_and_column(mark.index)[0] - 1))
    for line in dict.fromkeys(lines):
        words = source.line(line)
        at = max(words.rfind(sign) for sign in _SEPARATORS)
        if at < 0:
            continue
        start = source.line_starts[line - 1]
        at += start
        reached = error_offset(source.text[:start] + re.sub(f"[{''.join(_SEPARATORS)}]", " ", words) + source.text[start + len(words) :])
        if reached is None or reached > stopped or any(mark.index == at + 1 for mark in marks):
            sign = source.text[at]
            message = f"U+{ord(sign):04X} ({_SEPARATORS[sign]}) ends the line here"
            problem = Problem("syntax", source.place(at, at + 1), message, "put a space there, or the line break that was meant", (Edit(at, at + 1, " "),))
            return Mended(SourceText(source.path, source.text[:at] + " " + source.text[at + 1 :], source.put_in), problem)
    return None


def space_put_in(source: SourceText, error: yaml.YAMLError, error_offset: Callable[[str], int | None]) -> Mended | None:
    """`subject:The port`: a space behind the colon, where that lets YAML read on."""
    marks = _marks_of(error)
    stopped = max((mark.index for mark in marks), default=0)
    last = source.line_and_column(stopped)[0] - 1
    tried = 0
    for line in range(last, max(-1, last - _REACHES), -1):
        match = re.match(_WITHOUT_SPACE, source.line(line + 1))
        if match is None:
            continue
        at = source.line_starts[line] + match.end()
        mended = source.with_text(at, at, " ")
        reached = error_offset(mended.text)
        if reached is None or reached > stopped + 1:
            field = match["field"]
            place = source.place(source.line_starts[line] + match.start("field"), at)
            help = f"put a space behind the colon: {(source.line(line + 1)[: match.end()] + ' ' + source.line(line + 1)[match.end() :]).strip()}"
            return Mended(mended, Problem("syntax", place, f"a space is missing behind `{field}:`", help, (Edit(at, at, " "),)))
        tried += 1
        if tried == _TRIES:
            break
    return None


def _marks_of(error: yaml.YAMLError) -> list[yaml.Mark]:
    """Where libyaml began to read what it could not, and where it stopped; those of the two that it names."""
    return [mark for mark in (getattr(error, "context_mark", None), getattr(error, "problem_mark", None)) if mark is not None]
