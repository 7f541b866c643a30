"""editorial/heading-drift."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.rule import Defect, warning
from composer.checks.typography_reading import words_in
from composer.draft.load import Draft

# Words that two headings may differ in and still be meant as one.
_SMALL = " a an the in on at of to for with from by and or our your this that "
_FOLDED = str.maketrans("‘’“”‐‑–—-&", "''\"\"      ")


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
    standing = [str(entry.heading) for entry in draft.newsletter.sections if entry.heading] if draft.newsletter is not None else []
    if not standing or ("#" not in draft.source.text and "**" not in draft.source.text and "__" not in draft.source.text):
        return
    for text in words_in(draft):
        if "#" not in text.words and "**" not in text.words and "__" not in text.words:
            continue
        for match in _typed_heading().finditer(text.words):
            group = next(name for name in ("subhead", "bold", "lined") if match[name] is not None)
            typed = match[group].strip().rstrip("*_ ")
            own = _meant(typed, standing)
            if own is not None:
                start = match.start(group)
                yield Defect(
                    text.place(start, start + len(typed)),
                    f"the newsletter's heading is “{own}”",
                    f"type “{own}”; the section's own key brings the heading by itself",
                    label="nearly a standing heading",
                )


def _meant(typed: str, standing: list[str]) -> str | None:
    """The standing heading that was meant; None where it is none, or exactly one."""
    if any(typed == heading for heading in standing):
        return None
    return next((heading for heading in standing if _is_near(typed, heading)), None)


def _is_near(typed: str, heading: str) -> bool:
    given, own = _words(typed), _words(heading)
    if given == own:
        return True
    if len(own) > 2 and sorted(given) == sorted(own):
        return True
    bare_given, bare_own = [w for w in given if not _is_small(w)], [w for w in own if not _is_small(w)]
    if bare_own and bare_given == bare_own and len("".join(bare_own)) > 5:
        return len(set(given) ^ set(own)) < 3
    return len(given) == len(own) and _is_misspelt(given, own)


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


def _words(heading: str) -> list[str]:
    return heading.casefold().translate(_FOLDED).strip(" .:!?").split()


@cache
def _typed_heading() -> re.Pattern[str]:
    return re.compile(r"^[ ]{0,3}(?:#{1,6}[ \t]+(?P<subhead>[^\n]*?)[ \t]*#*|\*\*(?P<bold>[^*\n]+)\*\*:?|__(?P<lined>[^_\n]+)__:?)[ \t]*$", re.MULTILINE)
