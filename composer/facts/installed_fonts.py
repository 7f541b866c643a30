"""Fonts that systems bring along, and the kinds of font that every system knows."""

from functools import cache
from importlib.resources import files

GENERIC = frozenset(
    ["serif", "sans-serif", "monospace", "cursive", "fantasy", "math", "emoji", "system-ui", "ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded"]
)


@cache
def installed_fonts() -> frozenset[str]:
    """The names in installed_fonts.txt, in small letters; the file says where they come from."""
    lines = files("composer.facts").joinpath("installed_fonts.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))
