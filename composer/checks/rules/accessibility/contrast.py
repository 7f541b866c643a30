"""accessibility/contrast."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from composer.checks.accessibility_reading import Text, looks_of, place_of_value, shortened
from composer.checks.look_reading import Look
from composer.checks.rule import Defect, error
from composer.checks.style_reading import contrast as contrast_of
from composer.place import Place
from composer.proof.proof import Proof


class _Faint(NamedTuple):
    """Text that is hard to read: its colors, how much they differ, and how much they should."""

    color: str
    background: str
    ratio: float
    least: float
    words: str


@error
def contrast(proof: Proof, *, least: float = 4.5, least_large: float = 3.0) -> Iterator[Defect]:
    """Text that is too faint against what is behind it.

    What it checks:
        Every color of text in the rendered mail against its background, in light and in dark colors: 4.5 : 1 or more,
        for large text (24 pixels, or 18.66 in bold) 3 : 1. Text over a picture is not judged.

    Why it matters:
        About one man in twelve sees some colors poorly, most people over fifty read faint text with effort, and
        everybody does on a phone in the sun.

    Example:
        --ink3: #A8A6A0;

    Instead:
        --ink3: #605E58;

    Source: WCAG 2.2, success criterion 1.4.3.
    """
    looks = looks_of(proof)
    if looks is None:
        return
    if _has_faint({(look.color, look.background, look.is_large) for look in looks.texts}, least, least_large):
        yield from _defects(proof, "light", _pairs(looks.texts, least, least_large, dark=False))
    if looks.has_dark and _has_faint({(look.dark_color, look.dark_background, look.is_large) for look in looks.texts}, least, least_large):
        yield from _defects(proof, "dark", _pairs(looks.texts, least, least_large, dark=True))


def _has_faint(colors: set[tuple[str, str, bool]], least: float, least_large: float) -> bool:
    """Whether text of these colors and backgrounds, large or not, is too faint anywhere: a mail has some ten of them for sixty kinds of text."""
    ratios = ((contrast_of(color, background), least_large if is_large else least) for color, background, is_large in colors)
    return any(ratio is not None and ratio < wanted for ratio, wanted in ratios)


def _pairs(texts: dict[Look, Text], least: float, least_large: float, *, dark: bool) -> dict[tuple[str, str], _Faint | None]:
    """Each pair of colors with its faintest text, or None where all its texts can be read."""
    pairs: dict[tuple[str, str], _Faint | None] = {}
    for look, text in texts.items():
        color, background = (look.dark_color, look.dark_background) if dark else (look.color, look.background)
        ratio = contrast_of(color, background)
        wanted = least_large if look.is_large else least
        pair = (color.lower(), background.lower())
        if ratio is not None and ratio < wanted and (pairs.get(pair) is None or wanted == least):
            pairs[pair] = _Faint(color, background, ratio, wanted, text.words)
        else:
            pairs.setdefault(pair, None)
    return pairs


def _defects(proof: Proof, mode: str, pairs: dict[tuple[str, str], _Faint | None]) -> Iterator[Defect]:
    faint = {pair: text for pair, text in pairs.items() if text is not None}
    if not faint:
        return
    groups: dict[str, list[_Faint]] = defaultdict(list)
    for pair, text in faint.items():
        groups[_culprit(pair, pairs, faint)].append(text)
    for culprit, texts in groups.items():
        worst = min(texts, key=lambda text: text.ratio / text.least)
        place = place_of_value(proof, culprit, ": ", '="', "") or _place_in_draft(proof, worst) or proof.place_in_templates()
        yield Defect(
            place,
            f"{worst.color} on {worst.background} has a contrast of {worst.ratio:.1f} : 1 in {mode} colors (“{shortened(worst.words)}”)",
            f"make them differ more: {worst.least:g} : 1 is the least",
            label=f"too faint in {mode} colors",
        )


def _culprit(pair: tuple[str, str], pairs: dict[tuple[str, str], _Faint | None], faint: dict[tuple[str, str], _Faint]) -> str:
    """The background, where what stands on it is readable elsewhere and little or nothing is on it; else the text's own color."""
    background = pair[1]
    on_it = [c for c, b in faint if b == background]
    readable_on_it = any(b == background for (_, b), text in pairs.items() if text is None)
    # A color that is also a background, such as white, is rarely the one that was chosen badly.
    elsewhere = {c for (c, b), text in pairs.items() if text is None and b != background} | {b for _, b in pairs}
    is_background = elsewhere.issuperset(on_it) and (len(on_it) > 1 or not readable_on_it)
    return faint[pair].background if is_background else faint[pair].color


def _place_in_draft(proof: Proof, faint: _Faint) -> Place | None:
    looks, tree = looks_of(proof), proof.tree
    if looks is None or tree is None:
        return None
    return next((tree.place_of(text.element) for text in looks.texts.values() if text.words == faint.words), None)
