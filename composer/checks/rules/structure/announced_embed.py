"""structure/announced-embed."""

import re
from collections.abc import Iterator
from functools import cache

from composer.blocks.block import Block
from composer.blocks.body import Body
from composer.blocks.sponsor import Sponsor
from composer.checks.rule import Defect, info
from composer.checks.text_reading import in_small_letters
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.place import Place
from composer.prose.markdown import Prose

_LISTS = ("bullet_list_open", "ordered_list_open", "blockquote_open")


@info
def announced_embed(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """The text announces a picture, a post or a list that does not follow.

    What it checks:
        In every body: words that announce something to look at, such as "the video below" or "pictured below", and
        a last paragraph that ends in a colon, with no figure, post, quote or list behind them. "Below" in any other
        sense, as in "below $40", is left alone.

    Why it matters:
        Embeds get lost when a text is moved from one system to another, and readers then look for what is not there.

    Example:
        kicker:
          body: |
            The shop's customers drew the menu from memory. My favorite is in the post below.

    Instead:
        kicker:
          body:
            - The shop's customers drew the menu from memory. My favorite is in the post below.
            - post:
                text: The menu is back.
                author: Xiaoman Noodles
                date: 2026-11-20
                url: https://x.com/xiaoman_noodles/status/1
    """
    bodies = [(key, model) for key, model in issue.models() if isinstance(model, Body) and _may_announce(model)]
    followed = _followed(issue) if bodies else set()
    for key, body in bodies:
        # Of those typed in the draft and read whole.
        if key not in draft.broken and id(body) not in followed and body.origin is not None and body.origin.source.path == draft.path:
            yield from _unkept(body)
            yield from _unkept_colon(body)


def _may_announce(body: Body) -> bool:
    """A quick look that spares most bodies the closer one."""
    return any(_says_below(text) for text in body.prose) or _ends_in_colon(body.items[-1])


def _followed(issue: Issue) -> set[int]:
    """The bodies that a list of further reading follows."""
    return {id(getattr(model, "body", None)) for _, model in issue.models() if getattr(model, "more", None)}


def _says_below(text: Prose) -> bool:
    return b"below" in in_small_letters(text.markdown)


def _ends_in_colon(part: object) -> bool:
    return isinstance(part, Prose) and part.markdown.rstrip().rstrip("*_").endswith((":", "："))


def _unkept(body: Body) -> Iterator[Defect]:
    parts = list(body.parts)
    for index, part in enumerate(parts):
        if not isinstance(part, Prose) or not _says_below(part) or any(_is_embed(other) for other in parts[index:]):
            continue
        for match in _announcement().finditer(part.searchable):
            kept = _has_list(part, match.end()) or any(_has_list(other, 0) for other in parts[index + 1 :] if isinstance(other, Prose))
            if not kept and (match["see"] is None or (index == len(parts) - 1 and _is_in_last_paragraph(part, match.start()))):
                yield from _defect(part.place(*match.span()), f"“{' '.join(match[0].split())}”, and nothing of the kind follows")


def _is_embed(part: Prose | Block) -> bool:
    return isinstance(part, Block) and not isinstance(part, Sponsor)


def _is_in_last_paragraph(text: Prose, offset: int) -> bool:
    """Words such as "see below" may mean the paragraphs behind them, where there are any."""
    return "\n\n" not in text.markdown[offset:].strip()


def _unkept_colon(body: Body) -> Iterator[Defect]:
    last = list(body.parts)[-1]
    if not isinstance(last, Prose) or not _ends_in_colon(last):
        return
    if last.ends_in_paragraph and last.running_texts[-1].rstrip().endswith((":", "：")):
        end = len(last.markdown.rstrip().rstrip("*_"))
        yield from _defect(last.place(end - 1, end), "the last paragraph ends in a colon, and nothing follows")


def _defect(place: Place | None, message: str) -> Iterator[Defect]:
    if place is not None:
        yield Defect(place, message, "add the figure, post or list that is announced here, or change the words", label="nothing follows")


def _has_list(text: Prose, offset: int) -> bool:
    """Whether a list or a block quote ends behind an offset of the text."""
    if text.paragraphs is not None:
        return False
    line = text.markdown.count("\n", 0, offset)
    return any(token.type in _LISTS and token.map is not None and token.map[1] > line for token in text.tokens)


@cache
def _announcement() -> re.Pattern[str]:
    things = (
        "animation|chart|clip|diagram|drawing|embed|figure|footage|gallery|gif|graph|graphic|illustration|image|infographic|list|map|meme|"
        "photo|photograph|picture|plot|post|quote|recording|screenshot|sketch|slideshow|table|thread|timeline|trailer|tweet|video|visualization"
    )
    shown = "attached|embedded|listed|pasted|pictured|posted|reproduced|shown|watch|watch it|watch them"
    # "the map below sea level" and "images below 40 pixels" measure; they announce nothing.
    no_measure = r"(?!\s+(?:[$€£¥]|\d|the\b|a\b|an\b|zero\b|sea\b|ground\b|par\b|average\b|this\b|that\b|it\b|them\b|us\b|his\b|her\b|its\b|their\b))"
    see = r"(?P<see>\bseen?\s+below\b)"
    return re.compile(
        rf"{see}{no_measure}|\b(?:(?:{things})s?|{shown})\s+below\b{no_measure}|\bbelow\s+(?:is|are)\s+(?:\w+\s+){{1,3}}(?:{things})s?\b", re.IGNORECASE
    )
