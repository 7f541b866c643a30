"""Words that are younger than the lists of spelling dictionaries."""

from functools import cache
from importlib.resources import files


@cache
def newer_words() -> frozenset[str]:
    """The English words in newer_words.txt; the file says where they come from."""
    lines = files("composer.facts").joinpath("newer_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
