"""inbox/shouting."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.inbox_reading import INBOX_FIELDS, inbox_line
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft


@warning
def shouting(
    draft: Draft,
    *,
    words: tuple[str, ...] = (
        *("ALERT", "ALWAYS", "AMAZING", "BEST", "BREAKING", "CHANCE", "DON'T", "ENDS", "EVER", "EVERYTHING", "EXCLUSIVE", "FINAL", "FREE"),
        *("GREAT", "HUGE", "HURRY", "IMPORTANT", "LAST", "MAJOR", "MUST", "NEVER", "NEW", "NOT", "NOW", "ONLY", "READ", "REALLY"),
        *("SHOCKING", "SPECIAL", "STOP", "THIS", "TODAY", "TONIGHT", "URGENT", "VERY", "WARNING", "WOW", "YOU", "YOUR"),
    ),
) -> Iterator[Defect]:
    """An inbox line that shouts: words in capitals, or several exclamation marks.

    What it checks:
        Subject and preheader for `!!`, `?!?`, three or more words in capitals in a row, two of four letters and more,
        and single words that are no abbreviation: FREE, NOW, BREAKING. Abbreviations such as NASA, CRISPR or TSMC are
        left alone. `words` is the list of the single ones.

    Why it matters:
        It reads like an advertisement, to readers and to spam filters alike.

    Example:
        subject: BREAKING NEWS from the port!!

    Instead:
        subject: The port that learned to run itself

    Source: SpamAssassin's rules SUBJ_ALL_CAPS and PLING_PLING count both against a mail.
    """
    for field in INBOX_FIELDS:
        line = inbox_line(draft, field)
        if line is None:
            continue
        for match in _loud().finditer(line):
            if match["marks"] or _is_loud(match[0], words):
                yield Defect(
                    line.place_of(*match.span()),
                    f"the {field} shouts: `{match[0]}`",
                    "one mark is enough, or none" if match["marks"] else "write it in small letters",
                    label="shouting",
                )


def _is_loud(run: str, shouted: tuple[str, ...]) -> bool:
    found = run.replace("’", "'").split()
    letters = [sum(c.isalpha() for c in word) for word in found]
    long = sum(count >= 4 for count in letters)
    return (len(found) >= 3 and long >= 1) or (len(found) >= 2 and long >= 2) or any(word in shouted for word in found)


@cache
def _loud() -> re.Pattern[str]:
    """Several marks, or a run of words in capitals with nothing but spaces between; what is joined by a hyphen or digit is a name."""
    upper = r"[A-ZÀ-ÖØ-ÞΑ-ΩА-Я]"
    word = rf"(?<![\w{{|/.&'’-]){upper}{{2,}}(?:['’]{upper}+)?(?![\w/&-]|['’.]\w|\.{upper})"
    return re.compile(rf"(?P<marks>[!！]{{2,}}|[!?！？]{{3,}})|{word}(?:[ \u00a0]+{word})*")
