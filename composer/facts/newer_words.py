"""Words that are younger than the lists of spelling dictionaries."""

from functools import cache

from composer.facts.lists import lines_of


@cache
def newer_words() -> frozenset[str]:
    """The English words in newer_words.txt; the file says where they come from."""
    return frozenset(lines_of("newer_words.txt"))
