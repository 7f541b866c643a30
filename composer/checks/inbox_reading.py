"""What the inbox rules read: the two lines a reader sees before opening the mail."""

from composer.checks.schema_reading import is_left_out
from composer.draft.load import Draft
from composer.place import Place
from composer.yaml_source.values import Scalar

INBOX_FIELDS = ("subject", "preheader")
_WORDS_FOR_NOTHING = ("null", "Null", "NULL")


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
