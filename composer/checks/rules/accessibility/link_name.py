"""accessibility/link-name."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from composer.checks.accessibility_reading import place_of_value
from composer.checks.rule import Defect, error
from composer.proof.proof import Proof

if TYPE_CHECKING:
    from lxml.etree import _Element


@error
def link_name(proof: Proof) -> Iterator[Defect]:
    """A link of the templates has no words.

    What it checks:
        The links that templates bring into the mail: that each has words, a picture with `alt`, an `aria-label` or a
        `title`. A link that a writer typed without words is links/empty's, a figure without `alt` images/missing-alt's.

    Why it matters:
        A screen reader reads out the link's address letter by letter instead.

    Example:
        <a href="{{ t.address(link.url) }}"></a>

    Instead:
        <a href="{{ t.address(link.url) }}">{{ t.text(link.name) }}</a>

    Source: WCAG 2.2, success criterion 2.4.4 and failure F89.
    """
    tree = proof.tree
    if tree is None:
        return
    draft = proof.issue.origin.source.path if proof.issue.origin is not None else ""
    for link in tree.elements("a"):
        href = link.get("href")
        if not href or _has_name(link):
            continue
        place = tree.place_of(link)
        if place is not None and place.path == draft:
            continue
        yield Defect(
            place_of_value(proof, href, 'href="', "url: ") or place or proof.place_in_templates(),
            f"the link to {href} has no words",
            "put words into it, or give its picture an `alt`",
            label="nothing to read out",
        )


def _has_name(link: "_Element") -> bool:
    if (link.text and link.text.strip()) or "".join(map(str, link.itertext())).strip() or link.get("aria-label") or link.get("title"):
        return True
    return any((picture.get("alt") or "").strip() for picture in link.iter("img"))
