"""Publications known by name: what a bracket at the end of a brief may hold besides plain words."""

from functools import cache
from importlib.resources import files


@cache
def publications() -> frozenset[str]:
    """The names in publications.txt, in small letters; the file says where they come from."""
    lines = files("composer.facts").joinpath("publications.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))


def is_known_publication(name: str) -> bool:
    """Whether this is the name of a publication; capitals make no difference."""
    return name.lower() in publications()
