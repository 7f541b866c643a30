"""The source mark at the end of a brief: `(Reuters $)`, where `$` says that readers may need a subscription."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from composer.facts.publications import is_known_publication
from composer.prose.markdown import visible_text
from composer.prose.paragraphs import Runs

if TYPE_CHECKING:
    from markdown_it.token import Token

_OPENING, _CLOSING = "(（", ")）"
_SPACES = " \u00a0\u202f\t\n"
_BETWEEN = ",;，；"
_PAYWALL = ("$", "＄")
_MOST_WORDS = 5
# What ends a sentence, in Western and in Chinese writing.
FULL_STOPS = ".。"


class Source(NamedTuple):
    """A publication named in a mark, whether it asks for a subscription, and its link if it has one."""

    name: str
    paywall: bool
    href: str | None = None


class SourceMark(NamedTuple):
    """A mark as read. `raw` is its text with brackets; `closed` is False for `(Bloomberg $` and the line's end."""

    sources: tuple[Source, ...]
    raw: str
    closed: bool = True
    full_stop_behind: bool = False


class _Line:
    """A brief's visible text, or the end of it; for each character the link it stands in (`""` in code), None in plain text."""

    def __init__(self, text: str, hrefs: Sequence[str | None]) -> None:
        self.text, self.hrefs = text, hrefs

    def is_plain(self, index: int, characters: str) -> bool:
        """Whether one of these characters stands there, in plain text."""
        return self.hrefs[index] is None and self.text[index] in characters

    def trimmed(self, end: int) -> int:
        """Where the words before `end` end."""
        return len(self.text[:end].rstrip(_SPACES))


class _LineOfTokens(_Line):
    """A line that knows which token each of its characters comes from."""

    def __init__(self, children: "list[Token]") -> None:
        self._starts: list[int] = []
        self._tokens: list[int] = []
        hrefs: list[str | None] = []
        parts: list[str] = []
        href: str | None = None
        for index, child in enumerate(children):
            if child.type == "link_open":
                href = str(child.attrs["href"])
            elif child.type == "link_close":
                href = None
            elif words := visible_text((child,)):
                self._starts.append(len(hrefs))
                self._tokens.append(index)
                hrefs += [href if href is not None else "" if child.type == "code_inline" else None] * len(words)
                parts.append(words)
        super().__init__("".join(parts), hrefs)

    def token_at(self, index: int) -> tuple[int, int]:
        """The token that a character comes from, and the character's offset in it."""
        found = bisect_right(self._starts, index) - 1
        return self._tokens[found], index - self._starts[found]


def split_runs(runs: Runs) -> tuple[Runs, SourceMark | None] | None:
    """A brief's running text without the mark at its end, and the mark.

    None where the last words do not tell: the mark, or what may be one, begins before them or is not well made.
    """
    before, last = runs.spans[:-1], runs.spans[-1] if runs.spans else None
    words = last.behind if last is not None else runs.lead
    if not any(bracket in plain for plain in _plain_words(runs) for bracket in _OPENING + _CLOSING):
        return runs, None
    line = _Line(words.replace("\n", " "), [None] * len(words))
    first, mark = _mark_at_end(line)
    left = line.trimmed(first)
    if mark is None or (left > 0 and line.text[left - 1] in _CLOSING):
        return None
    if last is None:
        return Runs(words[:left]), mark
    ends_in_link = last.address is not None and last.words.rstrip(_SPACES) == last.words != ""
    return (Runs(runs.lead, [*before, last._replace(behind=words[:left])]), mark) if left > 0 or (first > 0 and ends_in_link) else None


def _plain_words(runs: Runs) -> Iterator[str]:
    """The words in which a bracket may belong to a mark: all but those of links."""
    yield runs.lead
    for span in runs.spans:
        yield span.behind
        if span.address is None:
            yield span.words


def split_mark(children: "list[Token]") -> "tuple[list[Token], SourceMark | None]":
    """A brief's inline tokens without the mark at their end, and the mark."""
    line = _LineOfTokens(children)
    first, mark = _mark_at_end(line)
    return (_cut(children, line, first), mark) if mark is not None else (children, None)


def _mark_at_end(line: _Line) -> tuple[int, SourceMark | None]:
    """The mark at the end of a line, and where it begins."""
    end = line.trimmed(len(line.text))
    before_stop = line.trimmed(end - 1) if end > 0 and line.is_plain(end - 1, FULL_STOPS) else 0
    full_stop = before_stop > 0 and line.text[before_stop - 1] in _CLOSING
    if full_stop:
        end = before_stop
    first = start = end
    sources: tuple[Source, ...] = ()
    while (opening := _opening_of_group(line, start)) is not None:
        group = _sources(line, opening + 1, start - 1)
        # A bracket in small letters before the mark is an aside: `(really) (BBC)`.
        if not group or (sources and not all(map(_looks_like_a_name, group))):
            break
        sources = group + sources
        first, start = opening, line.trimmed(opening)
    if sources:
        return first, SourceMark(sources, line.text[first:end], True, full_stop)
    return _unclosed(line, end)


def _unclosed(line: _Line, end: int) -> tuple[int, SourceMark | None]:
    opening = next((i for i in range(end - 1, -1, -1) if line.is_plain(i, _OPENING + _CLOSING)), None)
    if opening is None or line.text[opening] not in _OPENING or not _stands_apart(line, opening):
        return end, None
    sources = _sources(line, opening + 1, end)
    return opening, SourceMark(sources, line.text[opening:end], closed=False) if sources else None


def _stands_apart(line: _Line, opening: int) -> bool:
    """A mark stands behind a space; a full-width bracket brings its own."""
    return opening == 0 or line.text[opening - 1] in _SPACES or line.text[opening] == "（"


def _opening_of_group(line: _Line, end: int) -> int | None:
    """The index of the bracket that opens the group which closes right before `end`."""
    if end == 0 or not line.is_plain(end - 1, _CLOSING):
        return None
    depth = 0
    for index in range(end - 1, -1, -1):
        if line.is_plain(index, _CLOSING):
            depth += 1
        elif line.is_plain(index, _OPENING):
            depth -= 1
            if depth == 0:
                return index if _stands_apart(line, index) else None
    return None


def _sources(line: _Line, start: int, end: int) -> tuple[Source, ...]:
    if not any(sign in line.text[start:end] for sign in _BETWEEN):
        only = _source(line, start, end)
        return (only,) if only else ()
    sources = [_source(line, *part) for part in _parts(line, start, end)]
    words = len(line.text[start:end].split())
    several = len(sources) > 1 and (words <= _MOST_WORDS or any(s and s.paywall for s in sources))
    if several and all(sources):
        return tuple(s for s in sources if s)
    whole = _source(line, start, end)
    return (whole,) if whole else ()


def _parts(line: _Line, start: int, end: int) -> list[tuple[int, int]]:
    """What stands between commas and semicolons: where each part begins and ends, empty ones left out."""
    bounds = [start - 1, *(i for i in range(start, end) if line.text[i] in _BETWEEN), end]
    return [(before + 1, behind) for before, behind in pairwise(bounds) if line.text[before + 1 : behind].strip(_SPACES)]


def _source(line: _Line, start: int, end: int) -> Source | None:
    name = line.text[start:end].strip(_SPACES)
    paywall = name.endswith(_PAYWALL)
    name = name.rstrip("".join(_PAYWALL)).rstrip(_SPACES + _BETWEEN) if paywall else name
    words = name.split()
    if not words or len(words) > _MOST_WORDS:
        return None
    if (any(map(str.isdigit, name)) or _is_a_sentence(words)) and not is_known_publication(name):
        return None
    return Source(name, paywall, next(filter(None, line.hrefs[start:end]), None))


def _is_a_sentence(words: list[str]) -> bool:
    """`(Who knew?)` and `(Nobody asked.)` are asides; behind a capital a full stop is a slip or the name's own, `(Inc.)`."""
    last = words[-1]
    return last.endswith(("?", "…")) or (len(words) > 1 and last.endswith((".", "!")) and last[0].islower())


def _looks_like_a_name(source: Source) -> bool:
    return not source.name[0].islower() or is_known_publication(source.name)


def _cut(children: "list[Token]", line: _LineOfTokens, start: int) -> "list[Token]":
    """The tokens before character `start`, white space at their end gone, with what was opened closed again."""
    start = line.trimmed(start)
    if start == 0:
        return []
    last, offset = line.token_at(start - 1)
    kept = children[:last]
    token = children[last]
    if token.type == "text":
        token = token.copy(content=token.content[: offset + 1])
    kept = [*kept, token]
    depth: int = sum(t.nesting for t in kept)
    for child in children[last + 1 :]:
        if depth > 0 and child.nesting < 0:
            kept.append(child)
            depth -= 1
    return kept
