"""Links that a writer meant and Markdown does not read: their brackets and addresses go out as plain text."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from composer.blocks.block import fields_of
from composer.blocks.post import Post
from composer.checks.link_reading import ADDRESS_FIELDS, links_of
from composer.checks.side_by_side import once_a_draft
from composer.checks.typography_reading import HIDDEN, visible_words
from composer.draft.load import Draft
from composer.prose.markdown import Prose
from composer.yaml_source.values import Scalar


class UnreadLink(NamedTuple):
    """From its first bracket to the end of its address."""

    text: Scalar
    start: int
    end: int
    fault: str
    help: str


@once_a_draft
def unread_links(draft: Draft) -> tuple[UnreadLink, ...]:
    """Every link that was meant and is none, in reading order."""
    return tuple(_found(draft)) if _may_hold_any().search(draft.source.text) is not None else ()


def _found(draft: Draft) -> Iterator[UnreadLink]:
    read = {(id(link.text), link.start) for link in links_of(draft) if link.words is not None}
    for text, is_markdown in _texts(draft):
        if _may_hold_any().search(text) is None:
            continue
        shown = visible_words(text)
        for match in _unread().finditer(text):
            is_words = match["between"] == ")[" and text.startswith("](", match.end())
            if shown[match.start()] != HIDDEN and (id(text), match.start("address")) not in read and not is_words and not _is_a_note(match):
                yield UnreadLink(text, match.start(), match.end(), *_fault(match, is_markdown))


def _is_a_note(match: re.Match[str]) -> bool:
    """Whether it is a note's number with the address behind it, `[1] (https://…)`: nobody links a number. links/bare-url speaks of the address."""
    return match["between"] not in ("](", ")[") and match["words"].removeprefix("^").isdecimal()


def _texts(draft: Draft) -> Iterator[tuple[Scalar, bool]]:
    """The texts of the issue, and whether each is Markdown; not somebody else's post."""
    for _, model in draft.issue.models() if draft.issue is not None else ():
        for name in fields_of(type(model)) if not isinstance(model, Post) else ():
            value = getattr(model, name)
            for item in value if isinstance(value, list) else (value,):
                if isinstance(item, Prose) and item.origin is not None:
                    yield item.origin, True
                elif isinstance(item, Scalar) and name not in (*ADDRESS_FIELDS, "image"):
                    yield item, False


def _fault(match: re.Match[str], is_markdown: bool) -> tuple[str, str]:  # noqa: FBT001
    """What is wrong with it, and what to type."""
    between, address = match["between"], match["address"]
    typed = f"type [{match['words']}]({address})"
    if not is_markdown:
        return "this text is shown as it is typed, and has no links", f"type `{match['words']}` alone, and link from the text below"
    if between == ")[":
        return "the two kinds of brackets are exchanged", typed
    if between != "](":
        return "a space between the brackets keeps this from being a link", typed
    if address.lower() in ("mailto:", "https://", "http://"):
        return f"a space behind `{address}` keeps this from being a link", "delete the space"
    return (
        "this is no link: a space or a quote too many stands in its address, or its bracket is never closed",
        f"type the address alone between the brackets, and close them: [{match['words']}](…)",
    )


@cache
def _may_hold_any() -> re.Pattern[str]:
    return re.compile(r"\][ \u00a0]*\(|\)\[")


@cache
def _unread() -> re.Pattern[str]:
    """Words in brackets, and an address in the brackets behind them."""
    address = r"(?P<address>(?:https?://|www\.|mailto:)(?:[^\s<>()\[\]\"“”]|\([^\s()]*\))*)"
    return re.compile(rf"(?<![\\!\]])[\[(](?P<words>[^\[\]()\n]*)(?P<between>\][ \u00a0]*\(|\)\[)[ \t]*<?{address}", re.IGNORECASE)
