"""safety/zero-width."""

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import category, name

from composer.checks.rule import Defect, warning
from composer.checks.schema_reading import fits_the_file
from composer.checks.text_reading import beyond_ascii
from composer.draft.load import Draft
from composer.finding import Edit
from composer.yaml_source.values import Scalar

_NON_JOINER, _JOINER, _SPACE = "\u200c", "\u200d", "\u200b"


@warning
def zero_width(draft: Draft) -> Iterator[Defect]:
    r"""An invisible character without width in the text.

    What it checks:
        Every text and key for zero-width spaces and joiners, word joiners, byte order marks, invisible fillers and
        tag characters. The joiner inside an emoji is left alone, and so are the joiner and the non-joiner in scripts
        that need them, such as Persian and Hindi, and the zero-width space where Thai, Khmer or Japanese lines break.

    Why it matters:
        They come in by pasting. A link with one leads nowhere, a search does not find the word, filters take it for a
        trick, and some mail programs draw a box.

    Example:
        subject: "The port\u200B that learned to run itself"

    Instead:
        subject: The port that learned to run itself

    Source: Unicode Standard, section 23.2 (layout controls); Unicode Technical Standard 51 for joiners in emoji.
    """
    if not _may_hold_any(draft):
        return
    for scalar in draft.document.scalars:
        for match in _runs().finditer(scalar):
            if _is_needed(scalar, match):
                continue
            code = f"U+{ord(match[0][0]):04X}"
            called = name(match[0][0], "byte order mark" if match[0][0] == "\ufeff" else "tag character").lower()
            several = f" ({len(match[0])} of them)" if len(match[0]) > 1 else ""
            yield Defect(
                scalar.place_of(*match.span()),
                f"invisible character {code} ({called}) in the text{several}",
                "delete it; it came in by pasting",
                label=f"{code}, {called}",
                edits=_edits(draft, scalar, *match.span()),
            )


def _is_needed(text: str, match: re.Match[str]) -> bool:
    before, behind = text[: match.start()], text[match.end() :]
    if match[0] == _JOINER and _emoji_before().search(before[-4:]) and _emoji_behind().match(behind):
        return True
    if match[0] in (_JOINER, _NON_JOINER):
        return bool(before) and _joining_script().match(before[-1]) is not None
    if match[0] == _SPACE:
        return bool(before and behind) and _broken_without_spaces().match(before[-1]) is not None and _broken_without_spaces().match(behind) is not None
    # A flag such as Scotland's is a black flag and the letters of its name.
    return match[0][-1] == "\U000e007f" and before.endswith("\U0001f3f4")


def _edits(draft: Draft, scalar: Scalar, start: int, end: int) -> tuple[Edit, ...]:
    if not fits_the_file(draft) or any(category(character) not in ("Cf", "Lo") for character in scalar[start:end]):
        return ()
    offsets = scalar.offsets()
    last = offsets[end - 1]
    is_escape = draft.source.text[last] == "\\"
    return (Edit(offsets[start], offsets[end] if is_escape else last + 1, ""),)


_INVISIBLE = "\u200b-\u200d\u2060-\u2064\ufeff\u180e\u115f\u1160\u3164\uffa0\U000e0001\U000e0020-\U000e007f"


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"[{_INVISIBLE}]+")


def _may_hold_any(draft: Draft) -> bool:
    """A quick look that spares most drafts the closer one."""
    text = draft.source.text
    return _runs().search(beyond_ascii(draft)) is not None or ("\\" in text and ("\\u" in text or "\\U" in text))


@cache
def _emoji_before() -> re.Pattern[str]:
    return re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?$")


@cache
def _emoji_behind() -> re.Pattern[str]:
    return re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]")


@cache
def _joining_script() -> re.Pattern[str]:
    """Arabic, Syriac, N'Ko, the Indic scripts, Tibetan, Myanmar, Khmer, Mongolian and their extensions."""
    return re.compile("[\u0600-\u07ff\u0840-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1c4f\ua840-\ua87f\ua8e0-\uaaff\uabc0-\uabff\ufb50-\ufdff\ufe70-\ufefc]")


@cache
def _broken_without_spaces() -> re.Pattern[str]:
    """Scripts that mark no words with spaces: Thai, Lao, Tibetan, Myanmar, Khmer, Chinese and Japanese."""
    return re.compile("[\u0e00-\u109f\u1780-\u17ff\u19e0-\u19ff\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]")
