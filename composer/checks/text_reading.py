"""What rules about words read: every text of a draft as typed, with link targets and code out of the way."""

import re
from functools import cache

from composer.checks.side_by_side import once_a_draft
from composer.draft.load import Draft
from composer.prose.markdown import Prose
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value

# Names for machines, not words for readers.
_NOT_WORDS = ("newsletter", "slug", "approvals")


@once_a_draft
def typed_texts(draft: Draft) -> tuple[Scalar, ...]:
    """Every value a writer typed, keys left out, in the file's order; right or wrong by the model."""
    if draft.root is None:
        return ()
    found: list[Scalar] = []
    waiting: list[Value] = [value for key, value in reversed(draft.root.items()) if key not in _NOT_WORDS]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Scalar):
            found.append(value)
        elif isinstance(value, Mapping):
            waiting += reversed(value.values())
        elif isinstance(value, Sequence):
            waiting += reversed(value)
    return tuple(found)


def in_small_letters(text: str) -> bytes:
    """The text as UTF-8 with small ASCII letters, for quick looks at English words in whatever capitals.

    It takes a fifth of the time of `lower`, which knows the capitals of every script.
    """
    return text.encode(errors="replace").lower()


@once_a_draft
def file_in_small_letters(draft: Draft) -> bytes:
    """The whole file like that."""
    return in_small_letters(draft.source.text)


@once_a_draft
def beyond_ascii(draft: Draft) -> str:
    """The characters of the file that are not ASCII, in their order: rules about single ones ask here before they look for places."""
    return draft.source.text.encode(errors="replace").translate(None, bytes(range(128))).decode()


def words_of(text: Scalar) -> str:
    """The text with link targets and code spans blanked out: same length, so offsets are the scalar's own."""
    return without_code(Prose(text).searchable)


def without_code(text: str) -> str:
    """The text with its code spans blanked out: same length, so offsets stay."""
    return _code_spans().sub(lambda m: " " * len(m[0]), text) if "`" in text else text


@cache
def _code_spans() -> re.Pattern[str]:
    return re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)


def may_be_to_come(text: str) -> bool:
    """Whether a text may hold a placeholder: a quick look that spares most the closer one."""
    return _holds_sign_to_come(text) or _holds_word_to_come(in_small_letters(text))


def file_may_be_to_come(draft: Draft) -> bool:
    """The same quick look at the whole file."""
    return _holds_sign_to_come(draft.source.text) or _holds_word_to_come(file_in_small_letters(draft))


def _holds_sign_to_come(text: str) -> bool:
    return "TK" in text or "TODO" in text or ("X" in text and ("FIXME" in text or "XXX" in text))


def _holds_word_to_come(small: bytes) -> bool:
    return b"lorem" in small or b"insert" in small


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
