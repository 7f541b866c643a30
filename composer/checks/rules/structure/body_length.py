"""structure/body-length."""

import re
from collections.abc import Iterator
from functools import cache

from composer.blocks.block import fields_of, texts_in
from composer.blocks.body import Body
from composer.checks.rule import Defect, info
from composer.checks.structure_reading import typed_sections
from composer.checks.text_reading import may_be_to_come, placeholder_spans
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.prose.markdown import Prose
from composer.prose.scripts import is_han, is_kana, is_western, is_wide_punctuation, may_hold_cjk
from composer.sections.section import Section


@info
def body_length(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """A section is far from its usual length.

    What it checks:
        The words of a section's running text against `words: [fewest, most]` in newsletter.yaml. Captions, posts,
        quotes set large and link targets are not counted; a Chinese character or a kana counts as a word. A short text
        with a TK in it is still being written, and editorial/placeholder says so.

    Why it matters:
        A very short essay is often half a paste, and a very long one is cut off by Gmail before its end.

    Example:
        # newsletter.yaml: {key: essay, type: essay, words: [450, 1300]}
        essay:
          body: Last autumn I spent a week with the crane drivers.

    Instead:
        Look whether text got lost on its way into the draft; if it is meant, let it stand with a stet.
    """
    for entry, section in typed_sections(issue):
        # Of a section with a fault in it not every text could be read.
        if entry.words is None or entry.key in draft.broken:
            continue
        fewest, most = entry.words
        texts = _running_text(section)
        count = sum([_count(text.visible) for text in texts])
        if count > most or (count < fewest and not any(_is_to_come(text) for text in texts)):
            side = "short" if count < fewest else "long"
            words = "1 word" if count == 1 else f"{count} words"
            yield Defect(
                draft.place_of_key(entry.key),
                f"`{entry.key}` has {words}; it usually has {fewest} to {most}",
                "look whether text is missing or doubled",
                label=f"{words}: {side}",
            )


def _running_text(section: Section) -> list[Prose]:
    bodies = [value for name in fields_of(type(section)) if isinstance(value := getattr(section, name), Body)]
    if bodies:
        return [text for body in bodies for text in body.prose]
    return [text for text in texts_in(section) if isinstance(text, Prose)]


def _is_to_come(text: Prose) -> bool:
    return may_be_to_come(text.markdown) and bool(placeholder_spans(text.markdown, text.searchable))


def _count(text: str) -> int:
    """How many words: letters, digits and underscores, one mark between two of them included; Chinese characters one by one."""
    if is_western(text):
        return _count_western(text)
    words = text.split(" ")
    wide = [word for word in words if may_hold_cjk(word)]
    # Chinese and Japanese have no spaces: each character counts as a word, and their marks are no part of one.
    characters = sum(_is_a_word(character) for word in wide for character in word)
    text = " ".join(_without_wide(word) if may_hold_cjk(word) else word for word in words) if wide else text
    return characters + (_count_western(text) if is_western(text) else len(_words().findall(text)))


def _is_a_word(character: str) -> bool:
    return is_kana(character) or (is_han(character) and character <= "\uffff")


def _without_wide(word: str) -> str:
    return "".join(" " if _is_a_word(c) or _is_mark(c) else c for c in word)


def _is_mark(character: str) -> bool:
    """Whether it is a mark of Chinese or Japanese: brackets, stops and full-width signs, but no full-width letter or digit."""
    return is_wide_punctuation(character) and not character.isalnum()


def _count_western(text: str) -> int:
    """How many words the pattern below would find, in a fifth of its time: each as a run of `w` in bytes."""
    outline = text.encode("cp1252").translate(_outlines())
    for _ in range(2):  # of the marks in `w-w-w`, a first round passes over the second, whose `w` went with the first
        outline = outline.replace(b"w-w", b"www")
    return (b" " + outline.replace(b"-", b" ")).count(b" w")


@cache
def _outlines() -> bytes:
    """For each character of Windows-1252 `w` where words have it, `-` where it joins two parts of one, else a space."""
    characters = bytes(range(256)).decode("cp1252", errors="replace")
    return "".join("w" if c.isalnum() or c == "_" else "-" if c in "’'.,-" else " " for c in characters).encode()


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"\w+(?:[’'.,-]\w+)*")
