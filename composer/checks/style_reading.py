"""What rules about looks read of styles: the rules of style blocks by where they hold, and colors and their contrast."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from composer.proof.css import AtRule, Declaration, StyleRule, declarations_of, sheet_of

Rgba = tuple[float, float, float, float]


class Styles(NamedTuple):
    """What declarations set, by property: the plain ones and the `!important`; the last of a property counts."""

    normal: dict[str, str]
    important: dict[str, str]


class PlacedRule(NamedTuple):
    """A rule of a style block with the conditions around it, in small letters and without spaces."""

    media: str
    selectors: tuple[str, ...]
    styles: Styles

    @property
    def is_for_all(self) -> bool:
        """Whether it holds on every screen, light or dark, wide or narrow."""
        return self.media in ("", "all", "screen", "onlyscreen")

    @property
    def is_for_dark(self) -> bool:
        """Whether it holds wherever readers have chosen dark colors."""
        return "prefers-color-scheme:dark" in self.media and "width" not in self.media


@lru_cache(maxsize=1024)
def styles_of(attribute: str) -> Styles:
    """What a `style` attribute sets."""
    return _styles(declarations_of(attribute))


@lru_cache(maxsize=16)
def placed_rules(css: str, media: str = "") -> tuple[PlacedRule, ...]:
    """The rules of a style block in their order; `media` is the block's own condition."""
    return tuple(_placed(sheet_of(css).rules, _plain(media)))


def _placed(rules: Iterable[StyleRule | AtRule], media: str) -> Iterator[PlacedRule]:
    for rule in rules:
        if isinstance(rule, StyleRule):
            yield PlacedRule(media, rule.selectors, _styles(rule.declarations))
        elif rule.name == "media":
            yield from _placed(rule.rules, "and".join(filter(None, (media, _plain(rule.prelude)))))
        else:
            yield from _placed(rule.rules, f"{media}@{rule.name}")


def _plain(media: str) -> str:
    return "".join(media.lower().split())


def _styles(declarations: Iterable[Declaration]) -> Styles:
    styles = Styles({}, {})
    for declaration in declarations:
        (styles.important if declaration.important else styles.normal)[declaration.name] = declaration.value
    return styles


@lru_cache(maxsize=256)
def color_of(value: str) -> Rgba | None:
    """A color as red, green, blue and opacity, each from 0 to 1; None where it is none or not one of a screen's."""
    from tinycss2.color4 import parse_color

    color = parse_color(value)
    if color is None or isinstance(color, str):
        return None
    try:
        red, green, blue = color.to("srgb").coordinates
    except NotImplementedError:
        return None
    return red or 0.0, green or 0.0, blue or 0.0, color.alpha


@lru_cache(maxsize=256)
def contrast(text: str, background: str) -> float | None:
    """The contrast of two colors, from 1 to 21 (WCAG 2.2); None where one of them is not known."""
    above, below = color_of(text), color_of(background)
    if above is None or below is None or below[3] < 1:
        return None
    seen = [a * above[3] + b * (1 - above[3]) for a, b in zip(above[:3], below[:3], strict=True)]
    lighter, darker = sorted((_luminance(*seen), _luminance(*below[:3])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(red: float, green: float, blue: float) -> float:
    """Relative luminance as WCAG 2.2 defines it for sRGB."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
