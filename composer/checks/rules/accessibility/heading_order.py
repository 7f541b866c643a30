"""accessibility/heading-order."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from composer.checks.rule import Defect, warning
from composer.proof.proof import Proof

if TYPE_CHECKING:
    from lxml.etree import _Element


@warning
def heading_order(proof: Proof) -> Iterator[Defect]:
    """A heading's level does not follow from the one before it.

    What it checks:
        The headings of the rendered mail in their order: the first is an h1, there is no second, and none is more
        than one level below the heading before it.

    Why it matters:
        Readers who hear a mail jump from heading to heading, and a level that is left out sounds like a part that
        they have missed.

    Example:
        <h1>The port that learned to run itself</h1>
        <h4>A crane of one's own</h4>

    Instead:
        <h1>The port that learned to run itself</h1>
        <h2>A crane of one's own</h2>

    Source: W3C Web Accessibility Initiative, Page Structure Tutorial, Headings.
    """
    tree = proof.tree
    if tree is None:
        return
    before, seen_first = 0, False
    for element in tree.elements("h1", "h2", "h3", "h4", "h5", "h6"):
        level = int(str(element.tag)[1])
        if not (element.text and element.text.strip()) and not _words(element):
            continue
        if level > before + 1:
            words = _words(element)
            message = f"“{words}” is an h{level} and follows an h{before}" if before else f"the mail's first heading, “{words}”, is an h{level}"
            yield _defect(proof, element, message, f"make it an h{before + 1} in its template")
        elif level == 1 and seen_first:
            yield _defect(proof, element, f"“{_words(element)}” is a second h1", "make it an h2 in its template")
        seen_first = seen_first or level == 1
        before = level


def _defect(proof: Proof, heading: "_Element", message: str, help: str) -> Defect:
    typed = proof.tree.place_of(next(heading.iterchildren("a"), heading)) if proof.tree is not None else None
    return Defect(typed or proof.place_in_templates(f"<{heading.tag!s}"), message, help, label=f"{heading.tag!s} here")


def _words(element: "_Element") -> str:
    return " ".join("".join(map(str, element.itertext())).split())
