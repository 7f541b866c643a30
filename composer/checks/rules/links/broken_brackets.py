"""links/broken-brackets."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.unread_links import unread_links
from composer.draft.load import Draft


@error
def broken_brackets(draft: Draft) -> Iterator[Defect]:
    """Brackets that were meant as a link and are none.

    What it checks:
        Markdown's links for a slip that makes plain text of them: a space between the brackets or within the address,
        a title without its second quote, a bracket that is never closed, the two kinds of brackets exchanged. And texts
        that have no links, such as an essay's `dek`, for any.

    Why it matters:
        Readers see the brackets and the whole address, and have nothing to press.

    Example:
        - "[The plant] (https://example.org/plant) makes 40 megawatts. (Reuters)"

    Instead:
        - "[The plant](https://example.org/plant) makes 40 megawatts. (Reuters)"

    Source: CommonMark 0.31, section 6.3 (links).
    """
    for found in unread_links(draft):
        yield Defect(found.text.place_of(found.start, found.end), found.fault, found.help, label="readers see it as it stands")
