"""editorial/mixed-dashes."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from composer.checks.rule import Defect, warning
from composer.checks.typography_reading import Change, Words, edits_of, words_in
from composer.draft.load import Draft
from composer.finding import Edit

# How each kind is typed between two words, and what it is called.
_KINDS = {
    "—": "em dashes without spaces (word—word)",
    " — ": "em dashes between spaces (word — word)",
    " – ": "en dashes between spaces (word – word)",
    "--": "two hyphens (word--word)",
    " -- ": "two hyphens between spaces (word -- word)",
    " - ": "hyphens between spaces (word - word)",
}
# Kinds that stand for a dash that the keyboard lacks: never what the rest is changed to.
_MAKESHIFT = ("--", " -- ", " - ")


class _Dash(NamedTuple):
    """A dash of the sentence with the spaces around it."""

    text: Words
    start: int
    end: int
    kind: str


@warning
def mixed_dashes(draft: Draft) -> Iterator[Defect]:
    """Dashes of several kinds in one issue.

    What it checks:
        The dashes between the parts of a sentence: em dashes (word—word), en dashes between spaces (word – word),
        hyphens in their place (word - word, word--word), with spaces or without. Where an issue has more than one
        kind, the rarer ones are reported, once for the issue. Not in embedded posts, web addresses and code; not
        the dash of a range or a pair (2019–2024, the US–China talks, US - China), nor one at the beginning of a line.

    Why it matters:
        Each kind is somebody's house style; two of them are nobody's.

    Example:
        body: The crane—all nine stories of it—waits. The driver - who is new - waits too.

    Instead:
        body: The crane—all nine stories of it—waits. The driver—who is new—waits too.
    """
    if not _may_be_mixed(draft):
        return
    dashes = list(_dashes(draft))
    counted = Counter(dash.kind for dash in dashes)
    if len(counted) < 2:
        return
    usual = max(counted, key=lambda kind: (kind not in _MAKESHIFT, counted[kind]))
    rarer = [dash for dash in dashes if dash.kind != usual]
    first = rarer[0]
    more = f" ({len(rarer)} are otherwise)" if len(rarer) > 1 else ""
    yield Defect(
        first.text.place(first.start, first.end),
        f"dashes are mixed: the issue has {_KINDS[usual]}, and this is one of its {_KINDS[first.kind]}{more}",
        f"type `{usual}` here" if len(rarer) == 1 else f"type `{usual}` here and in {len(rarer) - 1} more place{'s' if len(rarer) > 2 else ''}",
        label="unlike the other dashes",
        edits=_edits(draft, rarer, usual),
    )


def _may_be_mixed(draft: Draft) -> bool:
    """Whether there are two signs, or one of those that may stand with and without spaces."""
    signs = {sign for text in words_in(draft) for sign in ("—", "–", "--", "- ") if sign in text.words}
    return len(signs) > 1 or not signs.isdisjoint(("—", "--"))


def _edits(draft: Draft, rarer: list[_Dash], usual: str) -> tuple[Edit, ...]:
    by_text: dict[int, tuple[Words, list[Change]]] = {}
    for dash in rarer:
        by_text.setdefault(id(dash.text), (dash.text, []))[1].append(Change(dash.start, dash.end, usual))
    return tuple(edit for text, changes in by_text.values() for edit in edits_of(draft, text.typed, changes))


def _dashes(draft: Draft) -> Iterator[_Dash]:
    for text in words_in(draft):
        words = text.words
        if "—" not in words and "–" not in words and "--" not in words and " - " not in words:
            continue
        for sign in _sign().finditer(words):
            start = sign.start()
            while start > 0 and words[start - 1] in " \u00a0\u2009\u202f":
                start -= 1
            match = _dash().match(words, start)
            kind = _kind(match) if match is not None else None
            if match is not None and kind is not None and not (_is_range(words, match) or (kind == " - " and _is_pair(words, match))):
                yield _Dash(text, *match.span(), kind)


def _kind(match: re.Match[str]) -> str | None:
    """An en dash without spaces joins (Hong Kong–based), hyphens behind one space are an option (ls --all)."""
    before, dash, behind = match["before"], match["dash"], match["behind"]
    if (dash in "–-" and not (before and behind)) or (dash == "--" and bool(before) != bool(behind)):
        return None
    return f" {dash} " if before or behind else dash


def _around(words: str, match: re.Match[str]) -> tuple[str, str]:
    """The words on both sides of a dash."""
    return words[: match.start()].rpartition(" ")[2], words[match.end() :].partition(" ")[0]


def _is_range(words: str, match: re.Match[str]) -> bool:
    """Between numbers, and between two days or months, a dash means "to"."""
    around = _around(words, match)
    return all(any(c.isdigit() for c in word) or _calendar().match(word) is not None for word in around)


def _is_pair(words: str, match: re.Match[str]) -> bool:
    """Between two names or two letters, or beside a figure, a hyphen with spaces is a slip of another sign: the US - China talks, x - y."""
    around = _around(words, match)
    return all(word[:1].isupper() or len(word) == 1 for word in around) or any(word[:1].isdigit() for word in around)


@cache
def _sign() -> re.Pattern[str]:
    return re.compile(r"—|–|-- ?|-(?= )")


@cache
def _dash() -> re.Pattern[str]:
    """A dash with words on both sides, on one line."""
    left = r"(?<=[\w.,!?%)\]”’\"'*_\ufffc])"
    right = r"(?=[\w“‘\"'(\[*_$€£¥#])"
    return re.compile(rf"{left}(?P<before>[ \u00a0\u2009\u202f]*)(?<![—–-])(?P<dash>—|–|--|-(?= ))(?![—–-])(?P<behind>[ \u00a0\u2009\u202f]*){right}")


@cache
def _calendar() -> re.Pattern[str]:
    return re.compile(r"\W*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\W*$", re.IGNORECASE)
