"""What rules about words read: every text of a draft as typed, with link targets and code out of the way."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from composer.draft.load import Draft
from composer.prose.markdown import Prose
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value

# Names for machines, not words for readers.
_NOT_WORDS = ("newsletter", "slug", "approvals")


def typed_texts(draft: Draft) -> Iterator[Scalar]:
    """Every value a writer typed, keys left out, in the file's order; right or wrong by the model."""
    if draft.root is None:
        return
    waiting: list[Value] = [value for key, value in reversed(draft.root.items()) if key not in _NOT_WORDS]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Scalar):
            yield value
        elif isinstance(value, Mapping):
            waiting += reversed(value.values())
        elif isinstance(value, Sequence):
            waiting += reversed(value)


@lru_cache(maxsize=1)
def characters_of(draft: Draft) -> frozenset[str]:
    """The different characters of the file: rules about single characters ask here before they look for places."""
    return frozenset(draft.source.text)


def words_of(text: Scalar) -> str:
    """The text with link targets and code spans blanked out: same length, so offsets are the scalar's own."""
    searchable = Prose(text).searchable
    return _code_spans().sub(lambda m: " " * len(m[0]), searchable) if "`" in searchable else searchable


@cache
def _code_spans() -> re.Pattern[str]:
    return re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)


def may_be_to_come(text: str) -> bool:
    """Whether a text may hold a placeholder: a quick look that spares most the closer one."""
    return any(sign in text for sign in ("TK", "TODO", "FIXME", "XXX")) or any(sign in text.lower() for sign in ("lorem", "insert"))


def placeholder_spans(text: str, words: str) -> list[tuple[int, int]]:
    """Where a text holds words that stand for words to come; `words` is the text without addresses and code."""
    spans = [match.span() for match in _placeholders().finditer(words)]
    if "](" in text:
        spans += [match.span(1) for match in _link_to_nowhere().finditer(text)]
    return sorted(spans)


@cache
def _placeholders() -> re.Pattern[str]:
    def whole(word: str) -> str:
        return rf"(?<![\w.@]){word}(?![\w@])"

    to_come = whole(r"(?:TK)+(?:[ \t]+(?:TK)+)*")
    thirty = r"(?<!Bowl )(?<!WrestleMania )(?<!Wrestlemania )" + whole("X{3,}") + r"(?!\s+Olymp)"
    insert = r"\\?\[\s*(?i:insert)\b[^\[\]\n]{0,80}\](?!\()|[\[(<{]\s*(?i:insert)\b[^\[\](){}<>\n]{0,80}\b(?i:here)\s*\\?[\])>}]"
    return re.compile(rf"{to_come}|{whole('(?:TODO|FIXME)')}|{thirty}|\b(?i:lorem\s+ipsum)\b|{insert}")


@cache
def _link_to_nowhere() -> re.Pattern[str]:
    return re.compile(r"\]\(<?((?:https?://)?(?:(?:TK)+|TODO|FIXME|X{3,}))/?>?\)")
