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
_LINE = re.compile(r"^(?P<lead>[ ]*(?:-[ ]+)*(?:[A-Za-z_][\w-]*:[ ]+|-[ ]+)?)(?P<words>\S.*?)[ ]*$")
_COMMENT = re.compile(r"[ \t]+(#(?!stet)[^\s!#].*?)[ \t]*(?:\r?\n|$)")


class Mended(NamedTuple):
    """A text with quotes put in, and the problem that says so."""

    source: SourceText
    problem: Problem


def quoted(words: str) -> str:
    """The words as a YAML text on one line, in the quotes that need the fewest changes."""
    words = re.sub(r"\s*\n\s*", " ", words.strip())
    if '"' not in words and "\\" not in words:
        return f'"{words}"'
    return "'" + words.replace("'", "''") + "'"


def lost_to_comment(scalar: Scalar) -> Problem | None:
    """`headline: Apple is #1`: a `#` behind a space starts a comment, and the rest of the line is gone."""
    text = scalar.source.text
    lost = _COMMENT.match(text, scalar.end)
    if lost is None:
        return None
    end = lost.end(1)
    whole = text[scalar.start : end]
    return Problem(
        "text-lost-to-comment", scalar.source.place(lost.start(1), end), f"YAML takes `{_shortened(lost[1])}` for a comment, and it is lost",
        f"put the text in quotes: {quoted(whole)}", (Edit(scalar.start, end, quoted(whole)),),
    )


def repaired(source: SourceText, error: yaml.YAMLError, error_line: Callable[[str], int | None]) -> Mended | None:
    """Quote the line libyaml stumbled over, where that lets it read on; None where it does not."""
    marks = [getattr(error, "context_mark", None), getattr(error, "problem_mark", None)]
    lines = sorted({mark.line for mark in marks if mark is not None} | {mark.line - 1 for mark in marks[1:] if mark is not None and mark.column == 0})
    stopped = max((mark.line for mark in marks if mark is not None), default=0)
    best: tuple[float, Mended] | None = None
    for line in reversed(lines):
        for start, end in _candidates(source, line):
            words = source.text[start:end]
            text = source.text[:start] + _same_lines(words) + source.text[end:]
            at = error_line(text)
            reached = inf if at is None else at
            last = source.line_and_column(end)[0] - 1
            if reached > max(stopped, last) and (best is None or reached > best[0]):
                best = reached, Mended(SourceText(source.path, text), _problem(source, start, end))
        if best is not None:
            break
    return best[1] if best else None


def _same_lines(words: str) -> str:
    """Quoted, with the line breaks kept so that every later line keeps its number."""
    return "'" + words.replace("'", "''") + "'"


def _candidates(source: SourceText, line: int) -> list[tuple[int, int]]:
    """The words of a line, alone and together with the deeper lines that carry them on."""
    match = _LINE.match(source.line(line + 1))
    if match is None or match["words"].startswith(("|", ">", "#")):
        return []
    start = source.line_starts[line] + match.end("lead")
    end = source.line_starts[line] + match.end("words")
    indent = len(match["lead"]) - len(match["lead"].lstrip(" "))
    candidates = [(start, end)]
    following = line + 2
    while source.line(following).strip() and len(source.line(following)) - len(source.line(following).lstrip(" ")) > indent:
        end = source.line_starts[following - 1] + len(source.line(following).rstrip())
        following += 1
    if end != candidates[0][1]:
        candidates.append((start, end))
    return candidates


def _problem(source: SourceText, start: int, end: int) -> Problem:
    words = source.text[start:end]
    begin = source.text.rfind("\n", 0, start) + 1
    line = source.text[begin:start].strip() + " " + quoted(words)
    return Problem(
        "needs-quotes", source.place(start, end), _reason(words), f"put the text in quotes: {line.strip()}",
        (Edit(start, end, quoted(words)),),
    )


def _reason(words: str) -> str:
    first = words[0]
    if first in "[{":
        return f"YAML takes `{first}` for the start of a {'list' if first == '[' else 'mapping'}"
    if first in "\"'":
        return "YAML ends the text at the closing quote" if words.count(first) > 1 else "YAML waits for a closing quote"
    if first in "@`%&*!":
        return f"YAML cannot begin a text with `{first}`"
    if ": " in words or words.endswith(":"):
        return "YAML takes the colon for a key"
    return "YAML cannot read this text"


def _shortened(words: str, width: int = 40) -> str:
    return words if len(words) <= width else words[: width - 1] + "…"
