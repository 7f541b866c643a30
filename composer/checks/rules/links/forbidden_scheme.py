"""links/forbidden-scheme."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from string import ascii_lowercase

from composer.checks.rule import Defect, error
from composer.checks.text_reading import file_in_small_letters, typed_texts
from composer.draft.load import Draft
from composer.yaml_source.values import Scalar

# What the bar of one browser shows of pages of its own, and a disk of the house.
_ONLY_HERE = ("blob", "about", "view-source", "chrome", "chrome-extension", "moz-extension", "edge", "smb")
_FORBIDDEN = ("javascript", "vbscript", "data", "file", *_ONLY_HERE, *ascii_lowercase)
# A picture inside the mail (`data:`) is heavy rather than forbidden; a rule about pictures speaks of it.
_FORBIDDEN_BY_FIELD = {"url": _FORBIDDEN, "link": _FORBIDDEN, "image": ("javascript", "vbscript", "file")}


@error
def forbidden_scheme(draft: Draft) -> Iterator[Defect]:
    """A link that runs a script, holds a file or leads into somebody's own disk.

    What it checks:
        The targets of links in Markdown and the fields `url`, `link` and `image` for `javascript:`, `vbscript:`,
        `data:` and `file:`, also where the name is hidden behind capitals or character references; for a disk (`C:/`,
        `smb:`), and for what only the writer's browser knows (`blob:`, `about:`, `chrome-extension:`).

    Why it matters:
        Mail programs strip such links or take the whole mail for an attack, and a `file:` link leads to a disk that
        only its writer has.

    Example:
        url: file:///C:/Users/wen/story.html

    Instead:
        url: https://example.org/story

    Source: CommonMark's reference implementation refuses the same schemes; RFC 2397 (data), RFC 8089 (file).
    """
    if not _may_hold_any(draft):
        return
    for text in typed_texts(draft):
        field = str(text.key) if text.key is not None else ""
        if field in _FORBIDDEN_BY_FIELD:
            scheme = _scheme(text)
            if scheme in _FORBIDDEN_BY_FIELD[field]:
                yield _defect(text, 0, len(text.rstrip()), scheme)
            continue
        for match in _targets().finditer(text):
            scheme = _scheme(match["target"])
            if scheme in _FORBIDDEN:
                yield _defect(text, *match.span("target"), scheme)


def _defect(text: Scalar, start: int, end: int, scheme: str) -> Defect:
    place = text.place_of(start, end)
    return Defect(
        place,
        f"a link may not begin with `{scheme}:`",
        "link to a web address (https://…) or a mail address (mailto:…)",
        label=f"`{scheme}:` is not a place on the web",
    )


def _scheme(target: str) -> str:
    plain = re.sub(r"[\x00-\x20\u00ad\u200b-\u200f\u2060\ufeff]", "", unescape(target))
    return plain.partition(":")[0].lower() if ":" in plain else ""


@cache
def _targets() -> re.Pattern[str]:
    """`[text](target)`, `<target>` and `[text]: target`."""
    return re.compile(r"(?:\]\(\s*<?|<|^ {0,3}\[[^\]\n]+\]:[ \t]*<?)(?P<target>(?:[A-Za-z]|&)[^\s<>()]*)", re.MULTILINE)


def _may_hold_any(draft: Draft) -> bool:
    """Whether a closer look is worth it: a scheme's name, or a reference or escape that could hide one."""
    small = file_in_small_letters(draft)
    if _of_one_machine().search(small) is not None:
        return True
    if b"data:" in small or b"file:" in small or b"javascript" in small or b"vbscript" in small:
        return True
    return (b"\\" in small and (b"\\x" in small or b"\\u" in small)) or (b"&" in small and _reference().search(draft.source.text) is not None)


@cache
def _of_one_machine() -> re.Pattern[bytes]:
    schemes = "|".join(_ONLY_HERE).encode()
    return re.compile(rb"\b(?:" + schemes + rb"):\S|(?<![a-z])[a-z]:[\\/]")


@cache
def _reference() -> re.Pattern[str]:
    return re.compile(r"&(?:#|\w+;)")
