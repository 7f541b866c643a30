"""What rules about words read: every text of a draft as typed, with link targets and code out of the way."""

import re
from collections.abc import Iterator
from functools import cache

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


def words_of(text: Scalar) -> str:
    """The text with link targets and code spans blanked out: same length, so offsets are the scalar's own."""
    searchable = Prose(text).searchable
    return _code_spans().sub(lambda m: " " * len(m[0]), searchable) if "`" in searchable else searchable


@cache
def _code_spans() -> re.Pattern[str]:
    return re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
