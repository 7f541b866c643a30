"""What the inbox rules read: the two lines a reader sees before opening the mail."""

from functools import lru_cache

from composer.checks.schema_reading import is_left_out
from composer.checks.text_reading import may_be_to_come, placeholder_spans
from composer.draft.load import Draft
from composer.place import Place
from composer.prose.merge_fields import MERGE_FIELD
from composer.yaml_source.values import Scalar

INBOX_FIELDS = ("subject", "preheader")
_WORDS_FOR_NOTHING = ("~", "null", "Null", "NULL")


def place_of_missing_line(draft: Draft, field: str) -> Place | None:
    """Where the absence of an inbox line is reported; None where the line is there, or misspelt, or of a wrong kind."""
    if draft.root is None:
        return None
    value = draft.value(field)
    if value is None:
        return draft.source.top if is_left_out(draft, field) else None
    if not isinstance(value, Scalar):
        return None
    if value.is_plain and not value:
        return draft.place_of_key(field)
    return value.place if not value.strip() or (value.is_plain and value in _WORDS_FOR_NOTHING) else None


@lru_cache(maxsize=len(INBOX_FIELDS))
def inbox_line(draft: Draft, field: str) -> Scalar | None:
    """An inbox line as typed; None where it is absent, still to come, says nothing or is of a wrong kind."""
    value = draft.value(field)
    if not isinstance(value, Scalar) or not value.strip() or place_of_missing_line(draft, field) is not None:
        return None
    return None if may_be_to_come(value) and placeholder_spans(value, value) else value


def shown(line: str) -> str:
    """The line as a reader without a name meets it: white space as one space, merge fields by their fallback."""
    if "{{" in line:
        line = MERGE_FIELD.sub(lambda m: m[2] or "", line)
    return " ".join(line.split())


def length(line: str) -> int:
    """How many Latin letters wide it is: a Chinese character or an emoji takes the room of two."""
    if all(character < "\u1100" or "\u2000" <= character < "\u2b00" for character in line):
        return len(line)
    from wcwidth import wcswidth

    return max(wcswidth(line), 0) or len(line)
