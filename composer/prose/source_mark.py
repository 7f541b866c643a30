"""The source mark at the end of a brief: `(Reuters $)`, where `$` says that readers may need a subscription."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from composer.facts.publications import is_known_publication
from composer.prose.markdown import visible_text
from composer.prose.paragraphs import Runs
from composer.prose.source_words import is_about_a_source, says_paywall

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
    """A publication named in a mark, whether it asks for a subscription, its link if it has one, and words about it (`in Chinese`)."""

    name: str
    paywall: bool
    href: str | None = None
    note: str = ""

    def told(self, about: "_About") -> "Source":
        """The source with what words behind it say of it."""
        return self._replace(paywall=self.paywall or about.paywall, note=", ".join(filter(None, [self.note, about.note])))


class _About(NamedTuple):
    """What words beside a name say of a source."""

    paywall: bool = False
    note: str = ""

    def and_then(self, other: "_About") -> "_About":
        return _About(self.paywall or other.paywall, ", ".join(filter(None, [self.note, other.note])))


class _Named(NamedTuple):
    """Where a name begins and ends in a line, and what stands beside it of its source."""

    start: int
    end: int
    about: _About = _About()


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
    behind = _About()
    while (opening := _opening_of_group(line, start)) is not None:
        names, about = _names(line, opening + 1, start - 1)
        group = _sources(line, names)
        # A bracket in small letters before the mark is an aside: `(really) (BBC)`.
        if (sources and not all(map(_looks_like_a_name, group))) or not (group or (about is not None and not sources)):
            break
        if group:
            sources = (*group[:-1], group[-1].told(behind), *sources)
            first, behind = opening, _About()
        elif about is not None:
            behind = about.and_then(behind)
        start = line.trimmed(opening)
    if sources:
        return first, SourceMark(sources, line.text[first:end], True, full_stop)
    return _unclosed(line, end)


def _unclosed(line: _Line, end: int) -> tuple[int, SourceMark | None]:
    opening = next((i for i in range(end - 1, -1, -1) if line.is_plain(i, _OPENING + _CLOSING)), None)
    if opening is None or line.text[opening] not in _OPENING or not _stands_apart(line, opening):
        return end, None
    sources = _sources(line, _names(line, opening + 1, end)[0])
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


def _sources(line: _Line, names: list[_Named]) -> tuple[Source, ...]:
    if len(names) > 1:
        sources = [_source(line, name) for name in names]
        words = sum(len(line.text[name.start : name.end].split()) for name in names)
        if (words <= _MOST_WORDS or any(s and s.paywall for s in sources)) and all(sources):
            return tuple(s for s in sources if s)
        names = [names[-1]._replace(start=names[0].start)]
    whole = _source(line, names[0]) if names else None
    return (whole,) if whole else ()


def _names(line: _Line, start: int, end: int) -> tuple[list[_Named], _About | None]:
    """What stands between brackets: the names, each with the words about its source; those words alone where there is no name."""
    names: list[_Named] = []
    before: _About | None = None
    for part in _parts(line, start, end):
        about = _about(line.text[slice(*part)])
        if about is None:
            names.append(_Named(*part, before or _About()))
            before = None
        elif names:
            names[-1] = names[-1]._replace(about=names[-1].about.and_then(about))
        else:
            before = (before or _About()).and_then(about)
    return names, before


def _about(words: str) -> _About | None:
    """What these words say of a source; None where they may name one."""
    said = words.strip(_SPACES)
    bare = said.rstrip("".join(_PAYWALL)).rstrip(_SPACES)
    sign = bare != said
    if not bare:
        return _About(paywall=True)
    if not is_about_a_source(bare) or is_known_publication(bare):
        return None
    return _About(paywall=True) if says_paywall(bare) else _About(sign, bare)


def _parts(line: _Line, start: int, end: int) -> list[tuple[int, int]]:
    """What stands between commas and semicolons: where each part begins and ends, empty ones left out."""
    bounds = [start - 1, *(i for i in range(start, end) if line.text[i] in _BETWEEN), end]
    return [(before + 1, behind) for before, behind in pairwise(bounds) if line.text[before + 1 : behind].strip(_SPACES)]


def _source(line: _Line, named: _Named) -> Source | None:
    name = line.text[named.start : named.end].strip(_SPACES)
    paywall = name.endswith(_PAYWALL)
    name = name.rstrip("".join(_PAYWALL)).rstrip(_SPACES + _BETWEEN) if paywall else name
    words = name.split()
    if not words or len(words) > _MOST_WORDS:
        return None
    if (any(map(str.isdigit, name)) or _is_a_sentence(words)) and not is_known_publication(name):
        return None
    return Source(name, paywall, next(filter(None, line.hrefs[named.start : named.end]), None)).told(named.about)


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
