"""sign-off/unknown-person."""

import re
from collections.abc import Iterable, Iterator

from composer.blocks.block import fields_of
from composer.checks.rule import Defect, warning
from composer.discovery import nearest
from composer.issue.issue import Issue
from composer.yaml_source.values import Scalar

_MOST_SLIPS = 2


@warning
def unknown_person(issue: Issue) -> Iterator[Defect]:
    """A byline that is nearly, but not, the name of a known person.

    What it checks:
        Every byline against the `people` of newsletter.yaml: a name that differs by one or two letters, by capitals
        or spaces, or by a "By" in front of it is probably one of theirs. Several names in one text, `Wen Castellan and
        Noor Hale`, are a list if one of them is theirs. Any other name is a guest's and is fine.

    Why it matters:
        A misspelt byline hurts its owner, and loses the title, address and link that newsletter.yaml has for them.

    Example:
        byline: Wen Castelan

    Instead:
        byline: Wen Castellan
    """
    people = list(issue.of.people)
    for name in _bylines(issue):
        meant = _meant(str(name), people) if name not in people else None
        if meant is not None and isinstance(name, Scalar):
            yield Defect(name.place, f"“{name}” is not one of the newsletter's people", f"did you mean `{meant}`?", label=f"{meant}?")
        elif name not in people and isinstance(name, Scalar) and len(names := _several(str(name), people)) > 1:
            yield Defect(name.place, f"“{name}” is read as one guest's name", f"write a list: [{', '.join(names)}]", label="several people")


def _bylines(issue: Issue) -> Iterator[str]:
    yield from issue.byline or []
    for _, model in issue.models():
        # Asked of a model without this field, pydantic takes a microsecond or two to say so.
        if "byline" in fields_of(type(model)):
            yield from getattr(model, "byline", None) or []


def _meant(name: str, people: Iterable[str]) -> str | None:
    plain = _plain(name)
    known = {_plain(person): person for person in people}
    if plain in known:
        return known[plain]
    from rapidfuzz.distance import OSA

    near = nearest(plain, known)
    return known[near] if near is not None and OSA.distance(plain, near) <= _MOST_SLIPS else None


def _several(name: str, people: Iterable[str]) -> list[str]:
    """The names in `Wen Castellan and Noor Hale`, if one of them is known; none where it may be one name."""
    bare = re.sub(r"^(?:[—–-]|by\s)\s*", "", name.strip(), flags=re.IGNORECASE)
    names = [part for part in re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+", bare) if part]
    # What has one word is no name: "Wen Castellan, MD".
    return names if any(part in people for part in names) and all(part in people or " " in part for part in names) else []


def _plain(name: str) -> str:
    return " ".join(name.casefold().lstrip("—–- ").removeprefix("by ").split())
