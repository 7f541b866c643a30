"""editorial/missing-full-stop."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from composer.blocks.body import Body
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.prose.markdown import Prose, visible_text
from composer.sections.note import Note

if TYPE_CHECKING:
    from markdown_it.token import Token

_ENDS = ".?!…。．？！｡؟۔।॥։።:：—–"
_CLOSERS = "”’\"'»›」』】）)]*_ \u00a0"
_OPENING = {")": "(", "）": "（"}
_RAISED = tuple("¹²³⁰⁴⁵⁶⁷⁸⁹")
_LONGEST_NOTE = len("[^123]")
# Languages written without a mark at the end of a sentence.
_WITHOUT = ("th", "lo", "km", "my", "bo", "dz")


@warning
def missing_full_stop(draft: Draft, issue: Issue, *, words: int = 6) -> Iterator[Defect]:
    """A paragraph stops without a full stop.

    What it checks:
        The paragraphs of every body and note: each ends in a full stop, a question or exclamation mark, a colon or
        a dash, inside or outside of its closing quotes and brackets, also in Chinese. Not headings, lists, quotes,
        posts, captions, lines of verse, paragraphs that are one link or all bold, those that end in an address, and
        lines of fewer than `words` words.

    Why it matters:
        A paragraph that just stops makes readers think that the rest is lost, and sometimes it is.

    Example:
        body: I spent an afternoon with the keepers and wrote a story about them

    Instead:
        body: I spent an afternoon with the keepers and wrote a story about them.
    """
    if issue.of.language.lower().partition("-")[0] in _WITHOUT:
        return
    for text in _texts(draft, issue):
        for paragraph in _paragraphs(text) if _may_be_unfinished(text) else ():
            if not _is_unfinished(paragraph, words):
                continue
            span = _last_word(text, paragraph)
            place = text.place(*span) if span is not None else None
            if place is not None:
                yield Defect(place, "the paragraph stops without a full stop", "end the sentence, or write the rest of it", label="nothing ends here")


def _texts(draft: Draft, issue: Issue) -> Iterator[Prose]:
    for key, model in issue.models():
        if not isinstance(model, (Body, Note)) or key in draft.broken or model.origin is None or model.origin.source.path != draft.path:
            continue
        if isinstance(model, Body):
            yield from model.prose
        else:
            yield model.text


def _may_be_unfinished(text: Prose) -> bool:
    """Whether some paragraph ends in no mark, and should be looked at as tokens."""
    blocks = text.paragraphs
    return blocks is None or any(not block.level and not _is_finished(shown.rstrip()) for block, shown in zip(blocks, text.running_texts, strict=True))


def _paragraphs(text: Prose) -> "list[Token]":
    """The running text of each paragraph that stands in no list and no quote."""
    tokens = text.tokens
    return [tokens[i + 1] for i, token in enumerate(tokens) if token.type == "paragraph_open" and token.level == 0]


def _is_unfinished(paragraph: "Token", least: int) -> bool:
    children = paragraph.children or []
    if children and children[-1].type == "text" and children[-1].content[-1:] in (".", "?", "!"):
        return False
    shown = visible_text(children).rstrip()
    if _is_finished(shown):
        return False
    if len(shown.split()) < least and not _is_chinese(shown):
        return False
    return not (_is_one_link_or_bold(children) or any(child.type == "hardbreak" for child in children) or _ends_otherwise(children, shown))


def _is_finished(shown: str) -> bool:
    """Ended in a mark, in a symbol such as an emoji, or in brackets that stand behind a mark or hold one."""
    bare = shown.rstrip(_CLOSERS)
    if shown[-1:] == "]" or bare[-1:] in _RAISED:
        bare = _without_footnotes(shown).rstrip(_CLOSERS)
    if not bare or bare[-1] in _ENDS:
        return True
    if not (bare[-1].isalnum() or bare[-1] in ",;、，；$%€£¥"):
        return True
    if shown[-1] in _OPENING:
        before = shown[: shown.rfind(_OPENING[shown[-1]])].rstrip(_CLOSERS)
        return not before or before[-1] in _ENDS
    return False


def _without_footnotes(shown: str) -> str:
    # One by one: a pattern of all of them goes through every way to part a row of figures.
    while (found := _footnote().search(shown, max(len(shown) - _LONGEST_NOTE, 0))) is not None:
        shown = shown[: found.start()]
    return shown


def _is_chinese(shown: str) -> bool:
    """Chinese and Japanese have no spaces to count words by."""
    return len(shown) > 12 and sum("\u3040" <= c <= "\u9fff" for c in shown) > len(shown) / 2


def _is_one_link_or_bold(children: "list[Token]") -> bool:
    shown = [child for child in children if child.type != "text" or child.content.strip(" \u00a0→›»>")]
    pairs = {"link_open": "link_close", "strong_open": "strong_close", "em_open": "em_close"}
    first = shown[0].type if shown else ""
    if first not in pairs or shown[-1].type != pairs[first]:
        return False
    return sum(child.type == first for child in shown) == 1


def _ends_otherwise(children: "list[Token]", shown: str) -> bool:
    """An address, code or a merge field at the end, a dash or a label at the beginning, words still to come."""
    last = shown.rsplit(maxsplit=1)[-1]
    if any(sign in last for sign in ("@", "/", "www.", "zmf")) or last in ("TK", "TKTK", "TODO", "XXX"):
        return True
    code = next((child.type == "code_inline" for child in reversed(children) if child.type != "text" or child.content.strip()), False)
    return code or shown[0] in "—–-+•→©" or _label().match(shown) is not None


def _last_word(text: Prose, paragraph: "Token") -> tuple[int, int] | None:
    if paragraph.map is None:
        return None
    lines = text.markdown.split("\n")
    end = sum(len(line) + 1 for line in lines[: paragraph.map[1]]) - 1
    end = len(text.markdown[:end].rstrip())
    start = max(text.markdown.rfind(space, 0, end) for space in " \n\u00a0") + 1
    return start, end


@cache
def _label() -> re.Pattern[str]:
    return re.compile(r"(?:Prompt|Photo|Picture|Image|Illustration|Video|Credits?|Caption|Source|Via|PS|P\.S\.)\s*:", re.IGNORECASE)


@cache
def _footnote() -> re.Pattern[str]:
    """The number of a footnote, or a figure of one: `[1]`, `[^1]` or `¹`."""
    return re.compile(r"(?:\[\^?\d{1,3}\]|[¹²³⁰⁴-⁹])$")
