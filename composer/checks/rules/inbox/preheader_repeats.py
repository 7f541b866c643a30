"""inbox/preheader-repeats."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.inbox_reading import inbox_line, shown
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.yaml_source.typed import Typed

# From here on stand the scripts that have no spaces, such as Chinese: each of its characters is a word.
_FIRST_WORD_SIGN = "\u3040"
# Fewer words in common than these are a coincidence.
_FEWEST_WORDS = 4


@warning
def preheader_repeats(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """The preheader says the subject or the headline over again.

    What it checks:
        Whether the preheader is the subject or the issue's headline, or whether one of them holds the other whole.
        Capitals, punctuation and the newsletter's own name in front make no difference.

    Why it matters:
        The two lines stand side by side in the inbox. Said twice, a line is half as strong.

    Example:
        subject: The port that learned to run itself
        preheader: The port that learned to run itself

    Instead:
        subject: The port that learned to run itself
        preheader: What happened to the people who used to sit in the cranes
    """
    preheader = inbox_line(draft, "preheader")
    if preheader is None:
        return
    said = _words(shown(preheader), issue)
    for what, line in (("subject", issue.subject), ("headline", _headline(issue))):
        if line is not None and _repeats(said, _words(shown(str(line)), issue)):
            yield Defect(
                preheader.place,
                f"the preheader repeats the {what}",
                "say what the subject does not: what is at stake, or what else is in the issue",
                label=f"the {what} again",
            )
            return


def _repeats(said: str, before: str) -> bool:
    if not said.strip() or not before.strip():
        return False
    return said == before or (min(said.count(" "), before.count(" ")) > _FEWEST_WORDS and (said in before or before in said))


def _words(line: str, issue: Issue) -> str:
    """The words in small letters with a space around each, the newsletter's name in front left out."""
    letters = line.casefold().replace("’", "").replace("'", "")
    name = issue.of.name.casefold()
    letters = letters.removeprefix(name) if letters.startswith((f"{name}:", f"{name} ")) else letters
    if max(letters, default="") >= _FIRST_WORD_SIGN:
        letters = "".join(f" {c} " if c >= _FIRST_WORD_SIGN and c.isalpha() else c for c in letters)
    return f" {' '.join(_not_letters().sub(' ', letters).split())} "


@cache
def _not_letters() -> re.Pattern[str]:
    return re.compile(r"[\W_]+")


def _headline(issue: Issue) -> str | None:
    """The headline that the issue opens with, where a section of its own brings one."""
    leading = next((section for section in issue.sections.values() if section.leads), None)
    if leading is None:
        return None
    first: Typed = leading.counted_items[0] if leading.counted_items else leading
    return getattr(first, "headline", None)
