"""accessibility/heading-order."""

from collections.abc import Iterator

from composer.checks.rule import Defect, warning
from composer.proof.proof import Proof


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
        words = " ".join("".join(map(str, element.itertext())).split())
        if not words:
            continue
        if level > before + 1:
            message = f"“{words}” is an h{level} and follows an h{before}" if before else f"the mail's first heading, “{words}”, is an h{level}"
            help = f"make it an h{before + 1} in its template"
        elif level == 1 and seen_first:
            message, help = f"“{words}” is a second h1", "make it an h2 in its template"
        else:
            message = help = ""
        if message:
            place = tree.place_of(next(element.iterchildren("a"), element)) or proof.place_in_templates(f"<h{level}")
            yield Defect(place, message, help, label=f"h{level} here")
        seen_first = seen_first or level == 1
        before = level
