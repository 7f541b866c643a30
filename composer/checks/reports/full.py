"""Each finding with the lines it stands in, carets beneath the fault, and what to type instead."""

from collections.abc import Sequence
from textwrap import wrap

from composer.checks.reports.report import Page, Summary, shown, shown_text, without_secrets
from composer.finding import Finding
from composer.place import SourceText

_LINES_BEFORE = 2
_LEAST_ROOM = 20
_REACH = 4
_ROOM_FOR_WORDS = 34
_COLORS = {"error": "1;31", "warning": "1;33", "info": "1;36", "gutter": "34", "path": "1"}


def report(findings: Sequence[Finding], summary: Summary, page: Page) -> str:
    """The findings one after the other, then the summary."""
    page = page._replace(sources=without_secrets(findings, page.sources))
    blocks = ["\n".join(_block(finding, page)) + "\n\n" for finding in findings]
    return "".join(blocks) if page.quiet else "".join([*blocks, f"{summary.words}\n"])


def _block(finding: Finding, page: Page) -> list[str]:
    place, source = finding.place, page.sources(finding.place.path)
    framed = bool(source.line(place.line))
    beneath = finding.label or finding.message
    where = _painted(shown_text(f"{place.path}:{place.line}:{place.column}:"), "path", page)
    head = [where, _painted(finding.level, finding.level, page), finding.rule]
    if not framed or beneath != finding.message:
        head.append(shown_text(finding.message))
    margin = " " * len(str(place.line))
    bar = _painted(f"{margin} |", "gutter", page)
    lines = [" ".join(head)]
    if framed:
        lines += [bar, *_frame(finding, source, beneath, page), bar]
    if finding.help:
        sign = _painted(f"{margin} =", "gutter", page)
        first, *rest = finding.help.split("\n")
        # What --fix does by itself is said in the same place as what to type.
        name = "fix" if finding.fixable else "help"
        lines += [f"{sign} {name}: {shown_text(first)}", *(f"{margin}    {' ' * len(name)} {shown_text(line)}" for line in rest)]
    return lines


def _frame(finding: Finding, source: SourceText, beneath: str, page: Page) -> list[str]:
    place = finding.place
    digits = len(str(place.line))
    room = max(page.width - digits - 3, _LEAST_ROOM)
    lines = []
    for number in _numbers(source, place.line):
        text = source.line(number)
        start, end = (0, 0) if number < place.line else _span(finding, text)
        shown_line, offset, carets = _cut(text, start, end, room)
        lines.append(f"{_painted(f'{number:>{digits}} |', 'gutter', page)} {shown_line}".rstrip())
    bar = _painted(f"{' ' * digits} |", "gutter", page)
    marks = _beneath(shown_text(beneath), offset, carets, room)
    return [*lines, *(f"{bar} {' ' * indent}{_painted(words, finding.level, page)}" for indent, words in marks)]


def _numbers(source: SourceText, line: int) -> list[int]:
    """The line and up to two before it; blank lines at the beginning show nothing."""
    numbers = list(range(max(1, line - _LINES_BEFORE), line + 1))
    while len(numbers) > 1 and not source.line(numbers[0]).strip():
        numbers.pop(0)
    return numbers


def _span(finding: Finding, text: str) -> tuple[int, int]:
    """The part of the line that is at fault; of a span over several lines, its first line."""
    place = finding.place
    start = min(place.column - 1, len(text))
    end = place.end_column - 1 if place.end_line == place.line else len(text)
    return start, max(start, min(end, len(text)))


def _cut(text: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """The line cut around the span to fit the room, where the carets begin, and how many there are."""
    # A draft of one enormous line may have a thousand faults; what is far from this one cannot be shown anyway.
    near = max(0, start - _REACH * room)
    far = min(len(text), start + _REACH * room)
    cells = [shown(c) for c in text[near:far]]
    start, end = start - near, min(end, far) - near
    first, last = 0, len(cells)
    if near > 0 or far < len(text) or _width("".join(cells)) > room:
        first, last = _window(cells, start, end, room - 2)
    before, behind = "…" if near + first > 0 else "", "…" if near + last < len(text) else ""
    offset = _width(before + "".join(cells[first:start]))
    carets = _width("".join(cells[start : min(end, last)]))
    return before + "".join(cells[first:last]) + behind, offset, max(1, carets)


def _window(cells: list[str], start: int, end: int, room: int) -> tuple[int, int]:
    """As much of the line as fits: the span from its beginning, then the words on both sides of it."""
    first = last = start
    left = room
    widths = [_width(cell) for cell in cells]
    while last < end and widths[last] <= left:
        left -= widths[last]
        last += 1
    # A span longer than the line keeps a few characters in front of it, so that it is seen to begin there.
    while last < end and left < 8 and start > 0 and last > start + 8:
        last -= 1
        left += widths[last]
    grows = True
    while grows:
        grows = False
        if first > 0 and widths[first - 1] <= left:
            first, left, grows = first - 1, left - widths[first - 1], True
        if end <= last < len(cells) and widths[last] <= left:
            last, left, grows = last + 1, left - widths[last], True
    return _at_words(cells, first, last, start, end)


def _at_words(cells: list[str], first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """The window moved in to whole words, where a word ends near."""
    spaces = [i for i in range(first, min(start, first + 14)) if cells[i] == " "] if first > 0 else []
    if spaces:
        first = spaces[0] + 1
    behind = [i for i in range(max(end, last - 14), last) if cells[i] == " "] if end <= last < len(cells) else []
    return first, behind[-1] if behind else last


def _beneath(words: str, offset: int, carets: int, room: int) -> list[tuple[int, str]]:
    """Carets and words, with their indents: behind the carets where they fit, else on lines of their own."""
    marks = "^" * max(1, min(carets, room - offset))
    if offset + len(marks) + 1 + _width(words) <= room:
        return [(offset, f"{marks} {words}")]
    indent = offset if room - offset >= _ROOM_FOR_WORDS else max(0, room - max(_ROOM_FOR_WORDS, _width(words)))
    indent = min(indent, offset)
    return [(offset, marks), *((indent, line) for line in wrap(words, max(room - indent, _LEAST_ROOM), break_long_words=False, break_on_hyphens=False))]


def _width(text: str) -> int:
    """How many columns a text takes on a terminal; Chinese characters and emoji take two."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    columns = wcswidth(text)
    return columns if columns >= 0 else len(text)


def _painted(text: str, name: str, page: Page) -> str:
    return f"\x1b[{_COLORS[name]}m{text}\x1b[0m" if page.color else text
