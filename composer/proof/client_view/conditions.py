"""Outlook's conditional comments, resolved: what Word is to read stands there, what it is not to read is gone.

Word is version 16 of "mso" in every Outlook since 2016 and not IE; every other client takes conditional comments for
comments.
"""

import re
from functools import cache

_VERSION = 16


def resolved(html: str, *, for_word: bool) -> str:
    """The HTML without any comments, and with what the conditions let its reader see."""
    parts: list[str] = []
    position = 0
    hidden = False
    for comment in _comments().finditer(html):
        if not hidden:
            parts.append(html[position : comment.start()])
        position = comment.end()
        opened = _opening().match(comment[1])
        if opened is None:
            # `<!--<![endif]-->` ends what a revealed condition kept from Word.
            hidden = hidden and "<![endif]" not in comment[1]
        elif opened["rest"].rstrip().endswith("<![endif]"):
            if for_word and not hidden and is_true(opened["condition"]):
                parts.append(opened["rest"].rstrip().removesuffix("<![endif]"))
        elif opened["rest"].strip() in ("", "<!"):
            hidden = for_word and not is_true(opened["condition"])
    if not hidden:
        parts.append(html[position:])
    return "".join(parts)


def is_true(condition: str) -> bool:
    """Whether Word takes this condition to hold: `mso`, `!mso`, `gte mso 9`, `(mso)|(IE)`."""
    return any(all(_term(term) for term in side.split("&")) for side in condition.lower().split("|"))


def _term(term: str) -> bool:
    words = term.replace("(", " ").replace(")", " ").split()
    wanted = not words[:1] or not words[0].startswith("!")
    words = [word for word in (part.lstrip("!") for part in words) if word]
    if "mso" not in words and "true" not in words:
        return not wanted
    comparing = next((word for word in words if word in ("lt", "lte", "gt", "gte")), "eq")
    number = next((float(word) for word in words if word.replace(".", "").isdigit()), None)
    holds = (
        number is None
        or {"lt": number > _VERSION, "lte": number >= _VERSION, "gt": number < _VERSION, "gte": number <= _VERSION, "eq": number == _VERSION}[comparing]
    )
    return holds == wanted


@cache
def _comments() -> re.Pattern[str]:
    return re.compile(r"<!--(.*?)-->", re.DOTALL)


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(r"\s*\[if (?P<condition>[^\]]*)\]>(?P<rest>.*)", re.DOTALL)
