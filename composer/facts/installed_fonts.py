"""Fonts that systems bring along, and the kinds of font that every system knows."""

from functools import cache

from composer.facts.lists import lines_of

GENERIC = frozenset(
    ["serif", "sans-serif", "monospace", "cursive", "fantasy", "math", "emoji", "system-ui", "ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded"]
)


@cache
def installed_fonts() -> frozenset[str]:
    """The names in installed_fonts.txt, in small letters; the file says where they come from."""
    return frozenset(line.lower() for line in lines_of("installed_fonts.txt"))
