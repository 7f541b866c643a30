"""accessibility/colour-only-link."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from composer.checks.accessibility_reading import looks_of
from composer.checks.look_reading import Look
from composer.checks.rule import Defect, warning
from composer.place import Place
from composer.proof.proof import Proof

if TYPE_CHECKING:
    from lxml.etree import _Element


@warning
def colour_only_link(proof: Proof) -> Iterator[Defect]:
    """A link in running text that only its color tells from the words around it.

    What it checks:
        Every link with words before or behind it in the same block: whether it is underlined, or differs from them
        by weight, size, a line beneath or a background. Buttons and headings that are links stand alone and may go
        without.

    Why it matters:
        Readers who do not see the color do not see that there is a link.

    Example:
        .a { color: var(--accent); text-decoration: none }

    Instead:
        .a { color: var(--accent); text-decoration: underline }

    Source: WCAG 2.2, success criterion 1.4.1 and failure F73.
    """
    looks, tree = looks_of(proof), proof.tree
    if looks is None or tree is None:
        return
    seen: set[frozenset[str]] = set()
    for link, look in looks.links:
        if not _is_only_colored(look) or look.classes in seen or not _stands_in_text(link):
            continue
        words = " ".join("".join(map(str, link.itertext())).split())
        if not words:
            continue
        seen.add(look.classes)
        yield Defect(
            _place(proof, look) or tree.place_of(link) or proof.place_in_templates("<a "),
            f"only its color says that “{words if len(words) <= 40 else words[:39] + '…'}” is a link",
            "underline it: text-decoration: underline",
            label="not underlined",
        )


def _is_only_colored(look: Look) -> bool:
    around = look.around
    return not look.marked and not look.hidden and around is not None and look.background == around.background


def _stands_in_text(link: "_Element") -> bool:
    """Whether words stand before or behind it in its block, but for marks between links such as a dot."""
    block: _Element | None = link.getparent()
    while block is not None and block.tag in ("span", "em", "strong", "b", "i"):
        block = block.getparent()
    if block is None:
        return False
    words = "".join(map(str, block.itertext()))
    own = "".join("".join(map(str, a.itertext())) for a in block.iter("a"))
    return sum(c.isalnum() for c in words) > sum(c.isalnum() for c in own)


def _place(proof: Proof, look: Look) -> Place | None:
    """The rule of the link's class, else the class where a template has it."""
    for name in sorted(look.classes):
        for words, rest in ((f".{name} {{", " color"), (f".{name} {{", ""), (f'class="{name}"', "")):
            place = proof.place_in_templates(words + rest)
            if place.end_column > place.column:
                return place._replace(end_column=place.end_column - len(rest))
    return None
