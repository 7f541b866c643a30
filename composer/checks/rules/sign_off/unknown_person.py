"""sign-off/unknown-person."""

from collections.abc import Iterator

from composer.blocks.block import fields_of
from composer.checks.rule import Defect, warning
from composer.checks.sign_off_reading import people_meant, person_meant
from composer.issue.issue import Issue
from composer.yaml_source.values import Scalar


@warning
def unknown_person(issue: Issue) -> Iterator[Defect]:
    """A byline that is nearly, but not, the name of a known person.

    What it checks:
        Every byline against the `people` of newsletter.yaml: a name that differs by one or two letters, by capitals
        or spaces, or by a "By" in front of it is probably one of theirs. Several names in one text, `Wen Castellan and
        Noor Hale`, are a list if one of them is theirs, and what one of them does, `Wen Castellan, Deputy Editor`, is
        no part of the name. Any other name is a guest's and is fine.

    Why it matters:
        A misspelt byline hurts its owner, and loses the title, address and link that newsletter.yaml has for them.

    Example:
        byline: Wen Castelan

    Instead:
        byline: Wen Castellan
    """
    people = issue.of.people
    for name in _bylines(issue):
        if name in people or not isinstance(name, Scalar):
            continue
        meant = person_meant(str(name), people)
        if meant is not None:
            yield Defect(name.place, f"“{name}” is not one of the newsletter's people", f"did you mean `{meant}`?", label=f"{meant}?")
        elif len(names := people_meant(str(name), people)) > 1:
            yield Defect(name.place, f"“{name}” is read as one guest's name", f"write a list: [{', '.join(names)}]", label="several people")
        elif names:
            yield Defect(
                name.place,
                f"“{name}” is read as a guest's name",
                f"write `{names[0]}` alone: what they do is their `title` in newsletter.yaml",
                label=f"{names[0]}?",
            )


def _bylines(issue: Issue) -> Iterator[str]:
    yield from issue.byline or []
    for _, model in issue.models():
        # Asked of a model without this field, pydantic takes a microsecond or two to say so.
        if "byline" in fields_of(type(model)):
            yield from getattr(model, "byline", None) or []
