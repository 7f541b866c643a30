"""accessibility/small-text."""

from collections.abc import Iterator
from functools import lru_cache

from composer.checks.accessibility_reading import looks_of, place_of_value, rules_in, shortened, style_blocks
from composer.checks.rule import Defect, warning
from composer.proof.proof import Proof

_OPENINGS = ("font-size: ", 'font-size="', "font-size:", "font: ", "-size: ")


@warning
def small_text(proof: Proof, *, least: float = 14) -> Iterator[Defect]:
    """Text smaller than 14 pixels.

    What it checks:
        The size of every text in the rendered mail, and the sizes that the style blocks set for phones. Raised and
        lowered letters are left out.

    Why it matters:
        Apple Mail on a phone enlarges smaller text by itself and breaks the layout; elsewhere readers give up.

    Example:
        --text-size: 12px;

    Instead:
        --text-size: 17px;

    Source: Apple, Safari CSS Reference, -webkit-text-size-adjust; Litmus, "The Ultimate Guide to Accessible Emails": 14 pixels for body text.
    """
    looks, tree = looks_of(proof), proof.tree
    if looks is None or tree is None:
        return
    seen: set[str] = set()
    for look, text in looks.texts.items():
        size = f"{look.size:g}px"
        if look.size >= least or size in seen or look.tag in ("sup", "sub") or not any(c.isalnum() for c in text.words):
            continue
        seen.add(size)
        place = place_of_value(proof, size, *_OPENINGS) or tree.place_of(text.element) or proof.place_in_templates()
        yield Defect(place, f"“{shortened(text.words)}” is set in {look.size:g} pixels", f"set it in {least:g} or more", label=f"under {least:g} pixels")
    for size in _small_sizes(style_blocks(proof), least):
        if size not in seen:
            seen.add(size)
            place = place_of_value(proof, size, *_OPENINGS) or proof.place_in_templates()
            yield Defect(place, f"a style block sets text in {size.removesuffix('px')} pixels", f"set it in {least:g} or more", label=f"under {least:g} pixels")


@lru_cache(maxsize=4)
def _small_sizes(blocks: tuple[tuple[str, str], ...], least: float) -> tuple[str, ...]:
    """The sizes under `least` that style blocks set for some screens, in pixels as typed; none is text that is hidden."""
    sizes = (size for rule in rules_in(blocks) for size in (rule.styles.normal.get("font-size"), rule.styles.important.get("font-size")))
    return tuple(size for size in sizes if size and size.endswith("px") and size[:-2].replace(".", "", 1).isdigit() and 0 < float(size[:-2]) < least)
