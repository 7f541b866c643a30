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


def unseen_break_mended(source: SourceText, error: yaml.YAMLError) -> Mended | None:
    """A space for the last separator that stands on the line of the fault and before it: to YAML it ends the line."""
    mark = getattr(error, "problem_mark", None)
    if mark is None or not any(sign in source.text for sign in _SEPARATORS):
        return None
    line, _ = source.line_and_column(min(mark.index, len(source.text)))
    stop = source.line_starts[line] if line < len(source.line_starts) else len(source.text)
    starts = [source.line_starts[max(line - 2, 0)], source.line_starts[line - 1]]
    # libyaml may stop at the end of the line, or at the start of the next one.
    at = next((at for start in starts[::-1] if (at := max(source.text.rfind(sign, start, stop) for sign in _SEPARATORS)) >= 0), -1)
    if at < 0:
        return None
    sign = source.text[at]
    message = f"U+{ord(sign):04X} ({_SEPARATORS[sign]}) ends the line here"
    problem = Problem("syntax", source.place(at, at + 1), message, "put a space there, or the line break that was meant", (Edit(at, at + 1, " "),))
    return Mended(SourceText(source.path, source.text[:at] + " " + source.text[at + 1 :], source.put_in), problem)


def space_put_in(source: SourceText, error: yaml.YAMLError, error_line: Callable[[str], int | None]) -> Mended | None:
    """`subject:The port`: a space behind the colon, where that lets YAML read on."""
    marks = [mark for mark in (getattr(error, "context_mark", None), getattr(error, "problem_mark", None)) if mark is not None]
    stopped = max((mark.line for mark in marks), default=0)
    tried = 0
    for line in range(stopped, max(-1, stopped - _REACHES), -1):
        match = re.match(_WITHOUT_SPACE, source.line(line + 1))
        if match is None:
            continue
        at = source.line_starts[line] + match.end()
        mended = source.with_text(at, at, " ")
        reached = error_line(mended.text)
        if reached is None or reached > stopped:
            field = match["field"]
            place = source.place(source.line_starts[line] + match.start("field"), at)
            help = f"put a space behind the colon: {(source.line(line + 1)[: match.end()] + ' ' + source.line(line + 1)[match.end() :]).strip()}"
            return Mended(mended, Problem("syntax", place, f"a space is missing behind `{field}:`", help, (Edit(at, at, " "),)))
        tried += 1
        if tried == _TRIES:
            break
    return None
