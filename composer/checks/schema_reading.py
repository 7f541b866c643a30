"""What the schema rules read: the problems met while a draft was read and typed."""

from collections.abc import Iterable, Iterator

from composer.checks.rule import Defect
from composer.draft.load import Draft
from composer.finding import Problem
from composer.yaml_source.field_names import field_meant
from composer.yaml_source.values import Mapping


def defects_of(problems: Iterable[Problem], kind: str) -> Iterator[Defect]:
    """The problems of one kind, as a rule reports them."""
    return (Defect(p.place, p.message, p.help, p.label, p.edits) for p in problems if p.kind == kind)


def is_misspelt(mapping: Mapping, field: str, known: Iterable[str]) -> bool:
    """Whether an unknown key was probably meant to be this field.

    schema/unknown-field then says so, and no second rule says that the field is missing.
    """
    names = list(known)
    unknown = [key for key in mapping if key not in names]
    if not unknown:
        return False
    absent = [name for name in names if name not in mapping]
    return any(field_meant(key, absent) == field for key in unknown)


def is_left_out(draft: Draft, key: str) -> bool:
    """Whether a top-level field that a draft may have is neither typed nor misspelt."""
    if draft.root is None or draft.catalogue is None or key in draft.root or key in draft.catalogue.unusable:
        return False
    return not is_misspelt(draft.root, key, draft.catalogue.model.model_fields) and not any(inner == key for inner, _ in indented_fields(draft))


def indented_fields(draft: Draft) -> Iterator[tuple[str, Problem]]:
    """Top-level fields that are missing there and stand, as unknown ones, within another: indented by mistake.

    schema/unknown-field then says so, and no second rule says that the field is missing.
    """
    for problem in draft.problems:
        if problem.kind == "unknown-field" and problem.place.path == draft.path and problem.place.column > 1 and problem.message.startswith("`"):
            name = problem.message.split("`")[1]
            if draft.root is not None and draft.catalogue is not None and name in draft.catalogue.model.model_fields and name not in draft.root:
                yield name, problem


def fits_the_file(draft: Draft) -> bool:
    """Whether offsets of the text as read are offsets in the file: not where quotes or a space were put in to read on."""
    return not draft.source.put_in and all(problem.kind != "needs-quotes" for problem in draft.document.problems)


def typed_twice(draft: Draft) -> set[tuple[str, int]]:
    """Keys that stand twice in their mapping, each with the line of the first.

    schema/duplicate-key says so, and no second rule says that the first has nothing behind it.
    """
    doubled = (p for p in draft.problems if p.place.path == draft.path)
    return {(p.message.split("`")[1], p.earlier_line) for p in doubled if p.earlier_line is not None}


def lines_mended(draft: Draft) -> set[int]:
    """The lines of texts that YAML could not read as typed: quotes put in to read on may have swallowed what follows them."""
    return {p.place.line for p in draft.problems if p.kind == "needs-quotes" and p.place.path == draft.path}
