"""editorial/unnamed-publication."""

import re
from collections.abc import Iterator
from unicodedata import normalize

from composer.blocks.block import texts_in
from composer.blocks.body import Body
from composer.checks.rule import Defect, error
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.prose.markdown import Prose
from composer.sections.press_review import PressReview

_STRAIGHTENED = tuple(zip("‘’‛′“”„″‐‑‒–", "''''\"\"\"\"----", strict=True))


@error
def unnamed_publication(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """A press review whose text does not name its publication.

    What it checks:
        That the text of a press review holds the name in `publication`, in any capitals, with or without "The" in
        front. Of a name with another in brackets, such as "Caixin (财新)", either will do.

    Why it matters:
        The section retells one report of one publication. The field is for the newsroom; readers see the text.

    Example:
        press_review:
          publication: Southern Metropolis Daily
          body: A newspaper spent a night with the city's noodle cooks.

    Instead:
        press_review:
          publication: Southern Metropolis Daily
          body: Southern Metropolis Daily spent a night with the city's noodle cooks.
    """
    for key, section in issue.models():
        if not isinstance(section, PressReview) or section.body.origin is None or key in draft.broken:
            continue
        names = [name for name in _names(section.publication) if name]
        if names and not any(_names_any(text, names) for text in _texts(section.body)):
            yield Defect(
                section.body.origin.place,
                f"the text does not name “{section.publication}”",
                "name the publication where you first speak of its report",
                label="whose report is this?",
            )


def _names(publication: str) -> Iterator[str]:
    """The whole name, and where a part stands in brackets, what is outside and what is inside."""
    folded = _folded(publication)
    yield folded.removeprefix("the ")
    for part in re.split(r"[()\[\]]", folded):
        yield part.strip().removeprefix("the ")


def _texts(body: Body) -> Iterator[str]:
    """What readers see, paragraph by paragraph, since most name it in one of the first; then all, in case a name goes on from one to the next."""
    yield from _paragraphs(body)
    yield " ".join(_paragraphs(body))


def _paragraphs(body: Body) -> Iterator[str]:
    for text in texts_in(body):
        if isinstance(text, Prose):
            yield from text.running_texts
        else:
            yield text


def _names_any(text: str, names: list[str]) -> bool:
    folded = _folded(text)
    return any(name in folded and _holds(folded, name) for name in names)


def _folded(text: str) -> str:
    """The text without differences that nobody sees: wide and narrow letters, kinds of quotes and hyphens, capitals, spaces."""
    plain = normalize("NFKC", text)
    for mark, straight in _STRAIGHTENED:
        plain = plain.replace(mark, straight)
    return " ".join(plain.casefold().split())


def _holds(text: str, name: str) -> bool:
    """Chinese has no spaces between words, so only letters that need them ask for an end of the word."""
    return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text) is not None
