"""editorial/doubled-word."""

import re
from collections.abc import Iterator
from functools import cache
from operator import eq

from composer.checks.rule import Defect, warning
from composer.checks.typography_reading import is_english, words_in
from composer.draft.load import Draft

# Words that English doubles on purpose.
_DOUBLED = (
    " had that very really so no yes bye ha haha knock long many far never now there blah hear well tut night pom chop wee boo bang choo win tuk cha yo "
    "aye dum beep tick ding yum more much too go hush nope yeah okay ok la na da de ho hee oh ooh ah whoa wow please again years miles days deep big little "
    "tiny old same bling tap drip quack woof meow moo oink zoom can dear home her what know chow mama papa walla agar gris bora mahi ylang "
)


@warning
def doubled_word(draft: Draft, *, allowed: tuple[str, ...] = ()) -> Iterator[Defect]:
    """The same word twice in a row.

    What it checks:
        Every text, also across the end of a line and into a link, for a word that is typed twice, in any capitals.
        Not the doublings that English has ("had had", "that that", "very very"), not names ("Duran Duran"), and
        not what `allowed` lists. Only for newsletters in English.

    Why it matters:
        It is what is left behind when a sentence is rewritten, and the eye of its writer jumps over it.

    Example:
        dek: What happened to the the people who sat in the cranes

    Instead:
        dek: What happened to the people who sat in the cranes
    """
    if not is_english(draft):
        return
    for text in words_in(draft):
        if not _may_hold_any(text.words):
            continue
        for match in _twice().finditer(text.words):
            word = match["word"]
            folded = word.lower()
            # Two capitals are a name; at the beginning of a sentence only the first word has one.
            if f" {folded} " in _DOUBLED or folded in allowed or match["again"][0].isupper() or _belongs_twice(folded, text.words[: match.start()]):
                continue
            yield Defect(
                text.place(match.start(), match.end("again")),
                f"`{word}` stands here twice",
                "delete one of the two",
                label="twice",
            )


def _belongs_twice(word: str, before: str) -> bool:
    """Whether English has it so here: "What it is is a lamp", "She logged in in May"."""
    if word == "do" and _condition().search(before) is not None:
        return True
    if word in ("is", "was", "do", "does"):
        return _question_word().search(before[before.rfind(".") + 1 :]) is not None
    return word in ("in", "on", "up", "out", "off") and _verb_of_two().search(before) is not None


@cache
def _question_word() -> re.Pattern[str]:
    return re.compile(r"\b(?:what|where|why|how|who)\b", re.IGNORECASE)


@cache
def _condition() -> re.Pattern[str]:
    """Such as "If you do do this, do it well"."""
    return re.compile(r"\b(?:if|when|whatever|anything)\s+(?:you|they|we|I)\s+$", re.IGNORECASE)


@cache
def _verb_of_two() -> re.Pattern[str]:
    verbs = "log|check|sign|com|came|go|went|turn|liv|mov|carr|hold|held|cash|opt|weigh|zoom|tun|plug|stepp?|dropp?|put|show|rol|giv|gav|pass|settl|sett?"
    return re.compile(rf"\b(?:{verbs})[a-z]{{0,4}}\s+$", re.IGNORECASE)


def _may_hold_any(words: str) -> bool:
    """Whether the same letters stand in a row, whatever is between them: a look at bytes, which spares most texts the closer one."""
    in_a_row = words.encode(errors="replace").translate(_small_letters_only()).split()
    # Two letters of other scripts are the capitals of an `i` and a `k`.
    return any(map(eq, in_a_row, in_a_row[1:])) or "\u0130" in words or "\u212a" in words


@cache
def _small_letters_only() -> bytes:
    """For each byte the small letter that it is, or a space."""
    return bytes(ord(chr(byte).lower()) if byte < 0x80 and chr(byte).isalpha() else 0x20 for byte in range(256))


@cache
def _twice() -> re.Pattern[str]:
    gap = r"(?:\]\(\ufffc*\))?[ \u00a0]*(?:[ \u00a0]|\n(?!\n))[ \u00a0]*\[?"
    return re.compile(rf"(?<![\w’'\-.&/])(?P<word>[A-Za-z]++){gap}(?P<again>(?i:(?P=word)))(?![\w’'\-&/]|\.\w)")
