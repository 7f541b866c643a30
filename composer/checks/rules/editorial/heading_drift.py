"""editorial/heading-drift."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from composer.checks.newsletter_reading import once_a_newsletter
from composer.checks.rule import Defect, warning
from composer.checks.typography_reading import words_in
from composer.draft.load import Draft
from composer.project.newsletter import Newsletter

# Words that two headings may differ in and still be meant as one.
_SMALL = " a an the in on at of to for with from by and or our your this that "
_FOLDED = str.maketrans("‘’“”‐‑–—-&", "''\"\"      ")


class _Heading(NamedTuple):
    """A heading, its words without what makes no difference, and those of them that are not small."""

    text: str
    words: list[str]
    bare: list[str]


@warning
def heading_drift(draft: Draft) -> Iterator[Defect]:
    """A heading that is nearly, but not, one of the newsletter's own.

    What it checks:
        The headings that a writer types in a text (`## …`, or a line that is all bold) against the sections'
        standing headings in newsletter.yaml: one that differs by capitals, punctuation, a small word such as "with"
        or "the", or a slip of one or two letters.

    Why it matters:
        Standing headings are what readers know a newsletter by, and what they look for.

    Example:
        body: |
          ## We still can have nice things

    Instead:
        body: |
          ## We can still have nice things
    """
    standing = _standing_headings(draft.newsletter) if draft.newsletter is not None else ()
    if not standing or ("#" not in draft.source.text and "**" not in draft.source.text and "__" not in draft.source.text):
        return
    for text in words_in(draft):
        if "#" not in text.words and "**" not in text.words and "__" not in text.words:
            continue
        # Each is found from the end of the line above it, to which the search can jump; so the first one needs such an end, too.
        for match in _typed_heading().finditer("\n" + text.words):
            group = next(name for name in ("subhead", "bold", "lined") if match[name] is not None)
            typed = match[group].strip().rstrip("*_ ")
            own = _meant(typed, standing)
            if own is not None:
                start = match.start(group) - 1
                yield Defect(
                    text.place(start, start + len(typed)),
                    f"the newsletter's heading is “{own}”",
                    f"type “{own}”; the section's own key brings the heading by itself",
                    label="nearly a standing heading",
                )


@once_a_newsletter
def _standing_headings(newsletter: Newsletter) -> tuple[_Heading, ...]:
    return tuple(_heading(str(entry.heading)) for entry in newsletter.sections if entry.heading)


def _heading(text: str) -> _Heading:
    words = text.casefold().translate(_FOLDED).strip(" .:!?").split()
    return _Heading(text, words, [word for word in words if not _is_small(word)])


def _meant(typed: str, standing: tuple[_Heading, ...]) -> str | None:
    """The standing heading that was meant; None where it is none, or exactly one."""
    if any(typed == own.text for own in standing):
        return None
    given = _heading(typed)
    return next((own.text for own in standing if _is_near(given, own)), None)


def _is_near(given: _Heading, own: _Heading) -> bool:
    if given.words == own.words:
        return True
    if len(given.words) == len(own.words) > 2 and sorted(given.words) == sorted(own.words):
        return True
    if own.bare and given.bare == own.bare and len("".join(own.bare)) > 5:
        return len(set(given.words) ^ set(own.words)) < 3
    return len(given.words) == len(own.words) and _is_misspelt(given.words, own.words)


def _is_misspelt(given: list[str], own: list[str]) -> bool:
    """All words but one are the same, and that one has a slip."""
    other = [(a, b) for a, b in zip(given, own, strict=True) if a != b]
    if len(other) != 1 or _is_small(other[0][0]) or _is_small(other[0][1]):
        return False
    from rapidfuzz.distance import OSA

    typed, meant = other[0]
    return min(len(typed), len(meant)) > 3 and OSA.distance(typed, meant) <= (1 if len(meant) < 7 else 2)


def _is_small(word: str) -> bool:
    return f" {word} " in _SMALL


@cache
def _typed_heading() -> re.Pattern[str]:
    return re.compile(r"\n[ ]{0,3}(?:#{1,6}[ \t]+(?P<subhead>[^\n]*?)[ \t]*#*|\*\*(?P<bold>[^*\n]+)\*\*:?|__(?P<lined>[^_\n]+)__:?)[ \t]*$", re.MULTILINE)
