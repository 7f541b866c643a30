"""Lines in which YAML loses or twists a writer's words, and the same lines as they should be typed."""

import re
from collections.abc import Callable
from math import inf
from typing import NamedTuple

import yaml

from composer.finding import Edit, Problem
from composer.place import SourceText
from composer.yaml_source.values import Scalar

# indentation, list dashes and perhaps a key; then the words
_LINE = r"^(?P<lead>[ ]*(?:-[ ]+)*(?:[A-Za-z_][\w-]*:[ ]+|-[ ]+)?)(?P<words>\S.*?)[ ]*$"
_BLOCK_HEADER = r"[|>][-+0-9]*(?:[ \t]+#.*)?"
_FIELD_LINE = r"[ ]*[a-z][a-z0-9_]*:(?:[ ]|$)"
# how many lines above the fault an unclosed quote is looked for
_QUOTE_REACHES = 60
_COMMENT = r"[ \t]+(#(?![ \t]*stet)[^!#\r\n].*?)[ \t\r]*$"
# What ends a sentence, perhaps behind a quotation mark or bracket.
_SENTENCE_END = r"[.!?…:;。！？][\"'”’»)\]）]*$|[)\]）]$"
# A source in brackets at the end, of no more words than a source mark may have; a full stop may stand behind it.
_SOURCE_AT_END = r"[ \t][(（](?P<name>[^()（）\s]+(?:[ \t\u00a0][^()（）\s$＄]+){0,4})(?P<paywall>[ \t\u00a0]?[$＄])?[)）]\.?$"
_LIST_ITEM = r"^[ ]*-[ ](?:[ ]*-[ ])*(?:text:[ ]+)?$"


class Mended(NamedTuple):
    """A text with quotes put in, and the problem that says so."""

    source: SourceText
    problem: Problem


def quoted(words: str) -> str:
    """The words as a YAML text on one line, in the quotes that need the fewest changes."""
    words = re.sub(r"\s*\n\s*", " ", _without_stray_quote(words.strip()))
    if '"' not in words and "\\" not in words:
        return f'"{words}"'
    return "'" + words.replace("'", "''") + "'"


def _without_stray_quote(words: str) -> str:
    """A `"` at the start with no second one was meant for YAML, and so were two around an escape; a `'` may well be an apostrophe."""
    if _is_spoilt_by_escape(words):
        return words[1:-1]
    return words[1:] if words.startswith('"') and words.count('"') == 1 else words


def _is_spoilt_by_escape(words: str) -> bool:
    r"""`"C:\drafts"`: the quotes are whole, and YAML knows no `\d`."""
    return len(words) > 1 and words[0] == words[-1] == '"' and words.count('"') == 2 and "\\" in words


def corrected(source: SourceText, start: int, end: int) -> str:
    """The line as it should be typed, with the words between two offsets in quotes."""
    begin = source.text.rfind("\n", 0, start) + 1
    stop = source.text.find("\n", end)
    behind = source.text[end : len(source.text) if stop < 0 else stop]
    return (source.text[begin:start] + quoted(source.text[start:end]) + behind).strip()


def lost_to_comment(scalar: Scalar) -> Problem | None:
    """`headline: Apple is #1`, `headline: #1 is Apple`: a `#` behind a space starts a comment, and the rest of the line is gone.

    A comment of the writer's own has a space behind its `#`, and goes unless it looks like the sentence's end.
    """
    text = scalar.source.text
    line_end = text.find("\n", scalar.end)
    behind = text[scalar.end : len(text) if line_end < 0 else line_end]
    lost = re.match(_COMMENT, behind) if "#" in behind else None
    if lost is None or (lost[1][1].isspace() and not _goes_on(scalar, lost[1][1:].strip())):
        return None
    # Of a text that begins with the `#`, nothing is left.
    start = scalar.start if scalar.end > scalar.start else scalar.end + lost.start(1)
    end = scalar.end + lost.end(1)
    whole = text[start:end]
    return Problem(
        "text-lost-to-comment",
        scalar.source.place(scalar.end + lost.start(1), end),
        f"YAML takes `{_shortened(lost[1])}` for a comment, and it is lost",
        f"put the text in quotes: {corrected(scalar.source, start, end)}",
        (Edit(start, end, quoted(whole)),),
    )


def _goes_on(scalar: Scalar, comment: str) -> bool:
    """Whether a comment, as `not 6. (BBC)`, is the rest of what was said: the words break off, and it ends in their source.

    A publication that Composer knows, or that asks for a subscription, is a source wherever it stands, and another name
    in an item of a list. Without a source nothing tells it from a note: `byline: Ines Okafor # check her title.`
    """
    source = re.search(_SOURCE_AT_END, f" {comment}")
    if source is None or " " not in scalar.strip() or re.search(_SENTENCE_END, scalar.rstrip()):
        return False
    from composer.facts.publications import is_known_publication

    lead = scalar.source.text[scalar.source.text.rfind("\n", 0, scalar.start) + 1 : scalar.start]
    in_list = re.match(_LIST_ITEM, lead) is not None
    return bool(source["paywall"]) or is_known_publication(source["name"]) or (in_list and not source["name"][0].islower())


def repaired(source: SourceText, error: yaml.YAMLError, error_line: Callable[[str], int | None]) -> Mended | None:
    """Quote the line libyaml stumbled over, where that lets it read on; None where it does not."""
    marks = [getattr(error, "context_mark", None), getattr(error, "problem_mark", None)]
    lines = sorted(
        {line_of(source, mark) for mark in marks if mark is not None}
        | {line_of(source, mark) - 1 for mark in marks[1:] if mark is not None and mark.column == 0}
    )
    lines = sorted({*lines, *(_carried_on_from(source, line) for line in lines), *(_quote_left_open(source, line) for line in lines)})
    stopped = max((line_of(source, mark) for mark in marks if mark is not None), default=0)
    best: tuple[float, Mended] | None = None
    order = lines[::-1]
    if str(getattr(error, "context", "")).startswith("while parsing a flow") and marks[0] is not None:
        # A bracket left open is the fault of its own line, however far libyaml reads on.
        order = [line_of(source, marks[0]), *order]
    for line in order:
        for start, end in _candidates(source, line):
            words = source.text[start:end]
            mended = source.with_text(start, end, _same_lines(words))
            at = error_line(mended.text)
            reached = inf if at is None else at
            last = source.line_and_column(end)[0] - 1
            if reached > max(stopped, last) and (best is None or reached > best[0]):
                best = reached, Mended(mended, _problem(source, start, end))
        if best is not None:
            break
    return best[1] if best else None


def line_of(source: SourceText, mark: yaml.Mark) -> int:
    """The line of the file, from 0, at a mark of libyaml's, which counts separators that end no line of the file."""
    return source.line_and_column(mark.index)[0] - 1


def _carried_on_from(source: SourceText, line: int) -> int:
    """The nearest line above that is indented less: the one whose words this line may carry on.

    The line itself where it looks like a field that is indented too far.
    """
    if re.match(_FIELD_LINE, source.line(line + 1)):
        return line
    indent = _indent(source.line(line + 1))
    above = line - 1
    while above >= 0 and (not source.line(above + 1).strip() or _indent(source.line(above + 1)) >= indent):
        above -= 1
    return above if above >= 0 and indent else line


def _quote_left_open(source: SourceText, line: int) -> int:
    """The nearest line above that opens a quote and does not close it; the line itself where there is none."""
    for above in range(line - 1, max(-1, line - _QUOTE_REACHES), -1):
        match = re.match(_LINE, source.line(above + 1))
        if match and match["words"][0] in "\"'" and match["words"].count(match["words"][0]) == 1:
            return above
    return line


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _same_lines(words: str) -> str:
    """Quoted, with the line breaks kept so that every later line keeps its number."""
    return "'" + _without_stray_quote(words).replace("'", "''") + "'"


def _candidates(source: SourceText, line: int) -> list[tuple[int, int]]:
    """The words of a line, alone and together with the deeper lines that carry them on."""
    match = re.match(_LINE, source.line(line + 1))
    if match is None or match["words"].startswith("#") or re.fullmatch(_BLOCK_HEADER, match["words"]):
        return []
    if ":" not in match["lead"] and re.fullmatch(_FIELD_LINE, match["words"]):
        return []
    start = source.line_starts[line] + match.end("lead")
    end = source.line_starts[line] + match.end("words")
    indent = _indent(match["lead"])
    candidates = [(start, end)]
    following = line + 2
    while source.line(following).strip() and _indent(source.line(following)) > indent:
        if source.line(following).lstrip().startswith("#"):
            return candidates
        end = source.line_starts[following - 1] + len(source.line(following).rstrip())
        following += 1
    if end != candidates[0][1]:
        candidates.append((start, end))
    return candidates


def _problem(source: SourceText, start: int, end: int) -> Problem:
    words = source.text[start:end]
    return Problem(
        "needs-quotes",
        source.place(start, end),
        _reason(words),
        f"put the text in quotes: {corrected(source, start, end)}",
        (Edit(start, end, quoted(words)),),
    )


def _reason(words: str) -> str:
    first = words[0]
    if first in "[{":
        return f"YAML takes `{first}` for the start of a {'list' if first == '[' else 'mapping'}"
    if _is_spoilt_by_escape(words):
        return r"YAML takes `\` between double quotes for a command"
    if first in "\"'":
        return "YAML ends the text at the closing quote" if words.count(first) > 1 else "YAML waits for a closing quote"
    if first in "|>":
        return f"YAML takes `{first}` for the start of a block text"
    if first in "@`%&*!":
        return f"YAML cannot begin a text with `{first}`"
    if ": " in words or words.endswith(":"):
        return "YAML takes the colon for a key"
    return "YAML cannot read this text"


def _shortened(words: str, width: int = 40) -> str:
    return words if len(words) <= width else words[: width - 1] + "…"
