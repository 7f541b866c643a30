"""inbox/emoji."""

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import name

from composer.checks.inbox_reading import INBOX_FIELDS, inbox_line
from composer.checks.rule import Defect, info
from composer.draft.load import Draft

# Every emoji has this character or one behind it: those from before are drawn as text without U+FE0F or U+20E3 behind them.
_FIRST_SIGN = "\u203c"


@info
def emoji(draft: Draft) -> Iterator[Defect]:
    """An emoji in the inbox lines.

    What it checks:
        Subject and preheader for emoji, those made of several characters included. Signs that are drawn as text, such
        as → or ©, are none.

    Why it matters:
        Every mail program draws its own, some none at all, and a screen reader says the name aloud in the middle of
        the sentence. It may be worth it; this is only to be known.

    Example:
        subject: The port that learned to run itself 🏗️

    Instead:
        subject: The port that learned to run itself

    Source: Unicode Technical Standard 51, emoji presentation and emoji sequences.
    """
    for field in INBOX_FIELDS:
        line = inbox_line(draft, field)
        if line is None or max(line) < _FIRST_SIGN:
            continue
        found = list(_emoji().finditer(line))
        if found:
            first = found[0]
            called = " ".join(name(first[0][0], "emoji").lower().split())
            others = f" and {len(found) - 1} more" if len(found) > 1 else ""
            yield Defect(
                line.place_of(*first.span()),
                f"emoji in the {field}: {first[0]}{others}",
                f"a screen reader reads this one as “{called}”; leave it out unless it is worth that",
                label="emoji",
            )


@cache
def _emoji() -> re.Pattern[str]:
    """Whole sequences: flags, keycaps, skin tones, and what zero-width joiners make one of."""
    drawn = "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4"
    drawn += "\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55"
    one = f"(?:[\U0001f300-\U0001f5ff\U0001f600-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb\U0001f900-\U0001faff\U0001f004\U0001f0cf\U0001f18e{drawn}]"
    one += "|[\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u2bff\u3030\u303d\u3297\u3299\u00a9\u00ae](?=\ufe0f))"
    one += "\ufe0f?[\U0001f3fb-\U0001f3ff]?[\U000e0020-\U000e007f]*"
    return re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{one}(?:\u200d(?:{one}|[\u2640\u2642\u2695\u2696\u2708\u2764]\ufe0f?))*")
