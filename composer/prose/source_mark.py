"""The source mark at the end of a brief: `(Reuters $)`, where `$` says that readers may need a subscription."""

from typing import NamedTuple

from markdown_it.token import Token

from composer.facts.publications import is_known_publication
from composer.prose.markdown import visible_text

_OPENING, _CLOSING = "(（", ")）"
_SPACES = " \u00a0\u202f\t\n"
_BETWEEN = ",;，；"
_PAYWALL = ("$", "＄")
_MOST_WORDS = 5


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


class _Character(NamedTuple):
    text: str
    token: int
    offset: int
    href: str | None


def split_mark(children: list[Token]) -> tuple[list[Token], SourceMark | None]:
    """A brief's inline tokens without the mark at their end, and the mark."""
    characters = _characters(children)
    end = _trimmed(characters, len(characters))
    full_stop = (
        end > 0 and characters[end - 1].text == "." and characters[_trimmed(characters, end - 1) - 1].text in _CLOSING and characters[end - 1].href is None
    )
    if full_stop:
        end = _trimmed(characters, end - 1)
    sources: tuple[Source, ...] = ()
    start = end
    while True:
        opening = _opening_of_group(characters, start)
        if opening is None:
            break
        group = _sources(characters[opening + 1 : start - 1])
        if not group:
            break
        sources = group + sources
        before = _trimmed(characters, opening)
        first, start = opening, before
    if sources:
        mark = SourceMark(sources, _joined(characters[first:end]), True, full_stop)
        return _cut(children, characters, first), mark
    return _unclosed(children, characters, end)


def _unclosed(children: list[Token], characters: list[_Character], end: int) -> tuple[list[Token], SourceMark | None]:
    opening = next((i for i in range(end - 1, -1, -1) if characters[i].text in _OPENING + _CLOSING and characters[i].href is None), None)
    if opening is None or characters[opening].text not in _OPENING or not _stands_apart(characters, opening):
        return children, None
    sources = _sources(characters[opening + 1 : end])
    if not sources:
        return children, None
    return _cut(children, characters, opening), SourceMark(sources, _joined(characters[opening:end]), closed=False)


def _characters(children: list[Token]) -> list[_Character]:
    characters: list[_Character] = []
    href: str | None = None
    for index, child in enumerate(children):
        if child.type == "link_open":
            href = str(child.attrs["href"])
        elif child.type == "link_close":
            href = None
        else:
            text = visible_text((child,))
            opaque = href if href is not None else "" if child.type == "code_inline" else None
            characters += [_Character(c, index, offset, opaque) for offset, c in enumerate(text)]
    return characters


def _trimmed(characters: list[_Character], end: int) -> int:
    while end > 0 and characters[end - 1].text in _SPACES:
        end -= 1
    return end


def _stands_apart(characters: list[_Character], opening: int) -> bool:
    """A mark stands behind a space; a full-width bracket brings its own."""
    return opening == 0 or characters[opening - 1].text in _SPACES or characters[opening].text == "（"


def _opening_of_group(characters: list[_Character], end: int) -> int | None:
    """The index of the bracket that opens the group which closes right before `end`."""
    if end == 0 or characters[end - 1].text not in _CLOSING or characters[end - 1].href is not None:
        return None
    depth = 0
    for index in range(end - 1, -1, -1):
        character = characters[index]
        if character.href is not None:
            continue
        if character.text in _CLOSING:
            depth += 1
        elif character.text in _OPENING:
            depth -= 1
            if depth == 0:
                return index if _stands_apart(characters, index) else None
    return None


def _joined(characters: list[_Character]) -> str:
    return "".join(c.text for c in characters)


def _sources(characters: list[_Character]) -> tuple[Source, ...]:
    sources = [_source(part) for part in _parts(characters)]
    words = len(_joined(characters).split())
    several = len(sources) > 1 and (words <= _MOST_WORDS or any(s and s.paywall for s in sources))
    if several and all(sources):
        return tuple(s for s in sources if s)
    whole = _source(characters)
    return (whole,) if whole else ()


def _parts(characters: list[_Character]) -> list[list[_Character]]:
    """What stands between commas and semicolons, each with its own link."""
    parts: list[list[_Character]] = [[]]
    for character in characters:
        if character.text in _BETWEEN:
            parts.append([])
        else:
            parts[-1].append(character)
    return [part for part in parts if _joined(part).strip(_SPACES)]


def _source(characters: list[_Character]) -> Source | None:
    name = _joined(characters).strip(_SPACES)
    paywall = name.endswith(_PAYWALL)
    name = name.rstrip("".join(_PAYWALL)).rstrip(_SPACES) if paywall else name
    words = name.split()
    if not words or len(words) > _MOST_WORDS:
        return None
    if any(c.isdigit() for c in name) and not is_known_publication(name):
        return None
    return Source(name, paywall, next((c.href for c in characters if c.href), None))


def _cut(children: list[Token], characters: list[_Character], start: int) -> list[Token]:
    """The tokens before character `start`, white space at their end gone, with what was opened closed again."""
    start = _trimmed(characters, start)
    if start == 0:
        return []
    last = characters[start - 1]
    kept = children[: last.token]
    token = children[last.token]
    if token.type == "text":
        token = token.copy(content=token.content[: last.offset + 1])
    kept = [*kept, token]
    depth: int = sum(t.nesting for t in kept)
    for child in children[last.token + 1 :]:
        if depth > 0 and child.nesting < 0:
            kept.append(child)
            depth -= 1
    return kept
