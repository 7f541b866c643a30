"""editorial/mixed-quotes."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from composer.checks.rule import Defect, warning
from composer.checks.typography_reading import Change, Words, edits_of, is_english, words_in
from composer.draft.load import Draft

_CURLY = "‘’‚‛“”„‟"
_STRAIGHTENED = {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"'}


class _Mark(NamedTuple):
    """A quotation mark or apostrophe, with what it would be in the other style."""

    text: Words
    offset: int
    other: str


@warning
def mixed_quotes(draft: Draft) -> Iterator[Defect]:
    """Straight and curly quotation marks or apostrophes in one issue.

    What it checks:
        Every text of the issue for straight marks (' and ") and curly ones (‘ ’ “ ”). Where there are both, the rarer
        ones are reported, once for the issue. Not in embedded posts, web addresses and code, and not the marks of
        feet and inches, as in 5'10".

    Why it matters:
        The mixture shows that a text was pasted together from several places, and readers see it.

    Example:
        subject: The port’s new crane
        preheader: And the crane's old driver

    Instead:
        subject: The port’s new crane
        preheader: And the crane’s old driver
    """
    if not any(mark in draft.source.text for mark in _CURLY):
        return
    straight = list(_straight_marks(draft))
    curly = list(_curly_marks(draft)) if straight else []
    if not curly:
        return
    rarer = straight if len(straight) <= len(curly) else curly
    kind, others = ("straight", "curly") if rarer is straight else ("curly", "straight")
    these, rest = (f"{len(rarer)} are" if len(rarer) > 1 else "this one is"), len(straight) + len(curly) - len(rarer)
    can_mend = rarer is curly or is_english(draft)
    first = rarer[0]
    yield Defect(
        first.text.place(first.offset, first.offset + 1),
        f"quotation marks and apostrophes are mixed: {these} {kind}, the other {rest} {others}",
        f"type `{first.other}` here" if len(rarer) == 1 else f"type `{first.other}` here, and make the other {len(rarer) - 1} {others} too",
        label=f"{kind}, unlike the rest",
        edits=tuple(edit for text, marks in _by_text(rarer) for edit in edits_of(draft, text.typed, marks)) if can_mend else (),
    )


def _by_text(marks: list[_Mark]) -> Iterator[tuple[Words, list[Change]]]:
    for _, group in groupby(marks, key=lambda mark: id(mark.text)):
        of_text = list(group)
        yield of_text[0].text, [_change(mark) for mark in of_text]


def _change(mark: _Mark) -> Change:
    """Markdown's backslash goes with the straight mark that it stood for."""
    escaped = mark.text.words[mark.offset - 1 : mark.offset] == "\\" and mark.text.words[mark.offset - 2 : mark.offset - 1] != "\\"
    return Change(mark.offset - escaped, mark.offset + 1, mark.other)


def _curly_marks(draft: Draft) -> Iterator[_Mark]:
    for text in words_in(draft):
        yield from (_Mark(text, match.start(), _STRAIGHTENED[match[0]]) for match in _curly().finditer(text.words))


def _straight_marks(draft: Draft) -> Iterator[_Mark]:
    for text in words_in(draft):
        if "'" in text.words or '"' in text.words:
            for offset, curled in _curled(text.words):
                yield _Mark(text, offset, curled)


def _curled(words: str) -> Iterator[tuple[int, str]]:
    """Each straight mark with the curly one that stands for it; paragraph by paragraph, since quotes do not cross them."""
    primes = {i for match in _feet_and_inches().finditer(words) for i in range(*match.span()) if words[i] in "'\""}
    paragraph_end, double, single = -1, False, False
    for match in _straight().finditer(words):
        offset = match.start()
        if offset > paragraph_end:
            found = words.find("\n\n", offset)
            paragraph_end, double, single = (found if found >= 0 else len(words)), False, False
        if offset in primes:
            continue
        before, behind = _neighbours(words, offset)
        if words[offset] == '"':
            if before.isdigit() and not double and not behind.isalnum():
                continue
            double = _opens(before, behind, is_open=double)
            yield offset, "“" if double else "”"
        elif before.isdigit() and not single and not behind.isalnum():
            continue
        elif _opens_single(words, offset, before, behind, paragraph_end, is_open=single):
            single = True
            yield offset, "‘"
        else:
            single = single and before.isalnum() and behind.isalnum()
            yield offset, "’"


def _neighbours(words: str, offset: int) -> tuple[str, str]:
    """The characters around a mark, Markdown's stars, lines and brackets of links left out; a space at the ends."""
    start, end = offset - 1, offset + 1
    while start >= 0 and words[start] in "*_~[\\":
        start -= 1
    while end < len(words) and words[end] in "*_~":
        end += 1
    return (words[start] if start >= 0 else " "), (words[end] if end < len(words) else " ")


def _opens(before: str, behind: str, *, is_open: bool) -> bool:
    """Whether a mark between these characters begins a quotation."""
    if before.isspace() and behind.isspace():
        return not is_open
    if before in "—–-" and (behind.isspace() or behind in ".,;:!?)"):
        return False
    return before.isspace() or (before in "([{<—–-/‘“'\"（「" and not (is_open and before in "'\""))


def _opens_single(words: str, offset: int, before: str, behind: str, paragraph_end: int, *, is_open: bool) -> bool:
    """Whether a single mark begins a quotation, and is no apostrophe as in ’90s or ’em."""
    if is_open or not _opens(before, behind, is_open=is_open) or behind.isspace() or _left_out().match(words, offset + 1):
        return False
    return _closing().search(words, offset + 1, paragraph_end) is not None


@cache
def _curly() -> re.Pattern[str]:
    return re.compile(f"[{_CURLY}]")


@cache
def _straight() -> re.Pattern[str]:
    return re.compile("['\"]")


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(r"(?<=[^\s(\[])'(?!\w)")


@cache
def _left_out() -> re.Pattern[str]:
    """Words and years that begin with an apostrophe."""
    return re.compile(r"(?:\d\ds?|em|tis|twas|twere|til|till|cause|round|bout|neath|n|cuz|nuff|sup|kay|cos|hood)\b(?!\w)", re.IGNORECASE)


@cache
def _feet_and_inches() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)\d{1,3}°?\s?\d*'\s?\d{1,2}(?:\.\d+)?(?:\"|'')?(?!\w)")
