"""What the schema rules read: the problems met while a draft was read and typed."""

from collections.abc import Iterable, Iterator

from composer.checks.rule import Defect
from composer.discovery import nearest
from composer.draft.load import Draft
from composer.finding import Problem
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
    return any(nearest(key, absent) == field for key in unknown)


def is_left_out(draft: Draft, key: str) -> bool:
    """Whether a top-level field is neither typed nor misspelt."""
    if draft.root is None or draft.catalogue is None or key in draft.root:
        return False
    return not is_misspelt(draft.root, key, draft.catalogue.model.model_fields)


def fits_the_file(draft: Draft) -> bool:
    """Whether offsets of the text as read are offsets in the file: not where quotes were put in to read on."""
    return all(problem.kind != "needs-quotes" for problem in draft.document.problems)
