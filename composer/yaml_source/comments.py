"""Comments that speak to Composer: `# stet: …` behind or above a value, `# stet-file: …` at the top."""

import re
from typing import NamedTuple

from composer.place import Place
from composer.yaml_source.reader import Document
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value

_STET = re.compile(r"#[ \t]*stet(?P<file>-file)?[ \t]*:[ \t]*(?P<rule>[^\s,]*)[ \t]*(?P<reason>[^\n\r]*)")


class Comment(NamedTuple):
    """A stet comment: the rule it lets stand, why, and the lines of the value it covers (None: the whole file).

    `misplaced` says that it cannot work where it stands: YAML takes it for prose inside a text (`in_text`), or it
    is meant for the whole file and stands below its top.
    """

    kind: str
    rule: str
    reason: str
    place: Place
    rule_place: Place
    covers: tuple[int, int] | None
    misplaced: bool = False
    in_text: bool = False


def comments_in(document: Document) -> list[Comment]:
    """Every stet comment of a file in order."""
    if "stet" not in document.source.text:
        return []
    spans = _spans(document.root)
    found = (_comment(match, document, spans) for match in _STET.finditer(document.source.text))
    return [comment for comment in found if comment is not None]


def _comment(match: re.Match[str], document: Document, spans: list[tuple[int, int]]) -> Comment | None:
    source = document.source
    line, column = source.line_and_column(match.start())
    before = source.line(line)[: column - 1]
    comment = Comment(
        kind="stet-file" if match["file"] else "stet",
        rule=match["rule"],
        reason=match["reason"].strip(" \t,;:.-–—"),
        place=source.place(match.start(), match.start() + len(match[0].rstrip())),
        rule_place=source.place(*match.span("rule")),
        covers=None,
    )
    if any(_content_start(s) <= match.start() < _content_end(s) for s in document.scalars):
        # In the middle of a sentence it is somebody's words; alone on its line it was meant as a stet.
        return None if before.strip() else comment._replace(misplaced=True, in_text=True)
    if before.strip() and not before.endswith((" ", "\t")):
        return None
    if match["file"]:
        return comment._replace(misplaced=document.root is not None and match.start() > document.root.start)
    covered = _span_on(line, spans) if before.strip() else _span_below(line, spans)
    return comment._replace(covers=covered or (line, line))


def _content_start(scalar: Scalar) -> int:
    """Where the words begin: behind `body: |` a comment may still stand on the same line."""
    if scalar.style in ("|", ">"):
        line, _ = scalar.source.line_and_column(scalar.start)
        return scalar.source.line_starts[line] if line < len(scalar.source.line_starts) else scalar.end
    return scalar.start


def _content_end(scalar: Scalar) -> int:
    if scalar.style in ("|", ">"):
        return scalar.offsets()[len(scalar.rstrip()) - 1] + 1 if scalar.strip() else scalar.start
    return scalar.end


def _spans(root: Value | None) -> list[tuple[int, int]]:
    """First and last line of every key with its value and of every list item."""
    spans: list[tuple[int, int]] = []
    waiting: list[Value] = [root] if root is not None else []
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            for key, item in value.items():
                spans.append((value.key_scalars[key].place.line, _last_line(item)))
                waiting.append(item)
        elif isinstance(value, Sequence):
            for item in value:
                spans.append((item.source.line_and_column(item.start)[0], _last_line(item)))
                waiting.append(item)
    return sorted(spans, key=lambda span: (span[0], -span[1]))


def _last_line(value: Value) -> int:
    end = _content_end(value) if isinstance(value, Scalar) else value.end
    text = value.source.text
    while end > value.start and text[end - 1] in " \t\r\n":
        end -= 1
    return value.source.line_and_column(end)[0]


def _span_on(line: int, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The value that ends or begins on the line: behind `key: |` it is the whole block text."""
    starting = [span for span in spans if span[0] == line]
    if starting:
        return starting[-1]
    return next((span for span in reversed(spans) if span[1] == line), None)


def _span_below(line: int, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    below = [span for span in spans if span[0] > line]
    return below[0] if below else None
