"""editorial/placeholder."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.rule import Defect, error
from composer.checks.text_reading import typed_texts, words_of
from composer.draft.load import Draft


@error
def placeholder(draft: Draft) -> Iterator[Defect]:
    """Words that stand for words still to come.

    What it checks:
        Every text for TK, TKTK, TODO, FIXME and XXX in capitals, "lorem ipsum", and brackets such as "[insert name
        here]"; also links that lead to TK. Not in web addresses, inside words or code spans (`TODO`), and not XXX
        as the number thirty of a Super Bowl, a WrestleMania or an Olympiad.

    Why it matters:
        A placeholder in a sent mail is the mistake everybody remembers, and nothing can be done about it any more.

    Example:
        preheader: TK
        digest:
          - "[The plant](https://example.org/plant) makes TK megawatts. (Reuters)"

    Instead:
        preheader: What happened to the people who used to sit in the cranes
        digest:
          - "[The plant](https://example.org/plant) makes 40 megawatts. (Reuters)"
    """
    if not _may_hold_any(draft.source.text):
        return
    # A number or date of TK is of the wrong type, and said to be.
    wrong = {problem.place for problem in draft.problems if problem.kind == "wrong-type"}
    for text in typed_texts(draft):
        if text.place in wrong:
            continue
        for start, end in _spans(text, words_of(text)):
            found = " ".join(text[start:end].split())
            yield Defect(text.place_of(start, end), f"`{found}` stands for words to come", "write them, or delete it", label="still to come")


def _may_hold_any(text: str) -> bool:
    """A quick look that spares most drafts the closer one."""
    return any(sign in text for sign in ("TK", "TODO", "FIXME", "XXX")) or any(sign in text.lower() for sign in ("lorem", "insert"))


def _spans(text: str, words: str) -> list[tuple[int, int]]:
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
