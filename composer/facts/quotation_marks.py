"""The marks around a quotation, by its language."""

from functools import cache
from typing import NamedTuple

from composer.facts.lists import lines_of

_NARROW_SPACE = "\u202f"


class QuotationMarks(NamedTuple):
    """What stands before and behind a quotation, with the space that belongs to it."""

    opening: str
    closing: str


_DEFAULT = QuotationMarks("“", "”")


@cache
def _marks() -> dict[str, QuotationMarks]:
    """The marks by language tag in small letters; quotation_marks.txt says where they come from."""
    by_language: dict[str, QuotationMarks] = {}
    for line in lines_of("quotation_marks.txt"):
        opening, closing, *languages = line.replace("~", _NARROW_SPACE).split(" ")
        by_language |= {language.lower(): QuotationMarks(opening, closing) for language in languages}
    return by_language


def quotation_marks_of(language: str) -> QuotationMarks:
    """The marks of a language (BCP 47), such as `de` or `zh-Hant-HK`: those of the longest part of the tag that is known."""
    parts = language.lower().replace("_", "-").split("-")
    tags = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((_marks()[tag] for tag in tags if tag in _marks()), _DEFAULT)
