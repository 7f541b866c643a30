"""safety/hidden-text."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from composer.checks.accessibility_reading import looks_of, rules_in, style_blocks
from composer.checks.rule import Defect, warning
from composer.place import Place
from composer.proof.proof import Proof

if TYPE_CHECKING:
    from lxml.etree import _Element


@warning
def hidden_text(proof: Proof) -> Iterator[Defect]:
    """A template hides text from readers.

    What it checks:
        The rendered mail for words that `display:none`, `visibility:hidden`, `opacity:0`, `max-height:0` or a font
        size of nothing keep from sight. The preheader at the top is meant to be hidden, what a style block shows
        again on phones is not hidden there, and what only Outlook is told stands in comments. Of words in the
        color behind them accessibility/contrast speaks.

    Why it matters:
        Spam filters take hidden words for a trick, a screen reader may read them aloud all the same, and whoever
        answers or forwards the mail sees them.

    Example:
        # a template
        <div style="display:none">Wind power, ferries, lighthouses</div>

    Instead:
        # a template
        <div>Wind power, ferries, lighthouses</div>

    Source: SpamAssassin's rules HTML_FONT_TINY and FONT_INVIS_*.
    """
    looks = looks_of(proof)
    if looks is None:
        return
    for element in looks.hidden:
        words = _words("".join(map(str, element.itertext())))
        if words and not _is_preheader(proof, words) and not _is_shown_elsewhere(proof, element):
            yield _defect(_place(proof, element, words), words)


def _defect(place: Place, words: str) -> Defect:
    start = words if len(words) <= 40 else f"{words[:40].rsplit(' ', 1)[0]}…"
    return Defect(place, f"readers do not see “{start}”, and filters do", "take the style away that hides it, or the words", label="hidden")


def _words(text: str) -> str:
    """The words without the characters that fill up a preheader."""
    return " ".join(_fillers().sub(" ", text).split())


def _is_preheader(proof: Proof, words: str) -> bool:
    preheader = proof.issue.preheader
    return preheader is not None and words.startswith(_words(str(preheader)))


def _is_shown_elsewhere(proof: Proof, element: "_Element") -> bool:
    """Whether a style block shows it on some screens, as on phones."""
    classes = {f".{name}" for name in str(element.get("class", "")).split()}
    if not classes:
        return False
    rules = (rule for rule in rules_in(style_blocks(proof)) if not rule.is_for_all)
    return any(
        any(name in _classes().findall(selector) for name in classes)
        for rule in rules
        if {"display", "max-height", "visibility", "opacity", "font-size"} & {*rule.styles.normal, *rule.styles.important}
        for selector in rule.selectors
    )


def _place(proof: Proof, element: "_Element", words: str) -> Place:
    """The template's own style or words, where they stand there as they are; else the style that hides; else the draft's line."""
    style = str(element.get("style", "")).rstrip("; ")
    hiding = [match[0] for match in _hiding().finditer(style)]
    exactly = [f'style="{style}', style] if style else []
    typed = [*exactly, words[:60], *hiding, *(part.replace(":", ": ") for part in hiding)]
    place = proof.place_in_templates(*typed)
    if place.end_column > place.column or place.end_line > place.line:
        return place
    return (proof.tree.place_of(element) if proof.tree is not None else None) or place


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile("[\u00a0\u00ad\u034f\u200b-\u200f\u2007\u2060\ufeff]+")


@cache
def _classes() -> re.Pattern[str]:
    return re.compile(r"\.[\w-]+")


@cache
def _hiding() -> re.Pattern[str]:
    return re.compile(r"(?:display|visibility|opacity|max-height|font-size|color)\s*:\s*[^;]+")
