"""Things found by where their file lies: rules, section types, block types, report formats, sending services.

Nothing is registered: a file in the folder is the whole act of adding one.
"""

import pkgutil
from collections.abc import Iterable, Iterator
from importlib import import_module
from types import ModuleType


def module_names(package: ModuleType) -> list[str]:
    """The full names of the modules directly in a package, sorted; packages in it are left out."""
    return sorted(f"{package.__name__}.{m.name}" for m in pkgutil.iter_modules(package.__path__) if not m.ispkg)


def subpackages(package: ModuleType) -> Iterator[ModuleType]:
    """The packages directly in a package, in the order of their names."""
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        if found.ispkg:
            yield import_module(f"{package.__name__}.{found.name}")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, or None: for "did you mean".

    Uses the Damerau-Levenshtein distance (optimal string alignment), so two swapped letters are one slip,
    and lets about a third of the letters differ.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    allowed = max(1, round(len(word) / 3))
    choices = {k: k.lower().replace("_", "-") for k in known}
    best = process.extractOne(word.lower().replace("_", "-"), choices, scorer=OSA.distance, score_cutoff=allowed)
    return str(best[2]) if best else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A help line that names the nearest known word, or lists all of them where none is near."""
    names = list(known)
    near = nearest(word, names)
    if near:
        return f"did you mean `{near}`?"
    return f"known here: {', '.join(f'`{name}`' for name in names)}" if names else ""
