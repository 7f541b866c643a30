"""What is found in a newsletter alone, kept for its drafts: a run asks for it once for every one of hundreds."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

from composer.project.newsletter import Newsletter

N = TypeVar("N", bound=Newsletter | None)
Besides = TypeVarTuple("Besides")
T = TypeVar("T")

# A run goes through one newsletter's drafts after another's, and an editor's server reads a newsletter anew when it changes.
_MOST_KEPT = 8


def once_a_newsletter(find: Callable[[N, *Besides], T]) -> Callable[[N, *Besides], T]:
    """The same function of a newsletter, and of what else it is told, with its last findings kept.

    A newsletter cannot change, and is known by its identity: one that was read anew is another.
    """
    kept: list[tuple[N, tuple[*Besides], T]] = []

    @wraps(find)
    def found_in(newsletter: N, *besides: *Besides) -> T:
        for known, told, found in kept:
            if known is newsletter and told == besides:
                return found
        found = find(newsletter, *besides)
        kept.insert(0, (newsletter, besides, found))
        del kept[_MOST_KEPT:]
        return found

    return found_in
