"""links/generic-text."""

from collections.abc import Iterator

from composer.checks.link_reading import links_of, span_of_words
from composer.checks.rule import Defect, info
from composer.draft.load import Draft

_WORDS = (
    *("here", "click here", "tap here", "right here", "over here", "see here", "click", "click this", "this", "this link", "this page", "link", "the link"),
    *("go", "go here", "start", "more", "more here", "more info", "more information", "information", "info", "details", "see more", "see details"),
    *("learn more", "find out more", "read more", "read more here", "read it here", "read on", "continue", "continue reading"),
)


@info
def generic_text(draft: Draft, *, words: tuple[str, ...] = _WORDS) -> Iterator[Defect]:
    """A link whose words say nothing about where it leads.

    What it checks:
        Markdown links whose whole text is one of `words`: "here", "click here", "read more" and their like.

    Why it matters:
        Many readers jump from link to link, by eye or with a screen reader, and hear "here, here, more".

    Example:
        - "The plant makes 40 megawatts. Read more [here](https://example.org/plant)."

    Instead:
        - "[The plant](https://example.org/plant) makes 40 megawatts."

    Source: WCAG 2.2, success criteria 2.4.4 and 2.4.9; the words are close to those of Lighthouse's link-text audit.
    """
    generic = frozenset(words)
    for link in links_of(draft):
        if link.words is None:
            continue
        said = " ".join(link.words.lower().split()).strip(" .,:;!?…“”\"'()[]<>«»›→➔➜")
        if said in generic:
            help = "link the words that name what is there, such as “the plant’s report”"
            yield Defect(link.text.place_of(*span_of_words(link)), f"“{said}” says nothing about where the link leads", help, label="leads where?")
