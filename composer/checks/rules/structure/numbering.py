"""structure/numbering."""

from collections.abc import Iterator
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from composer.checks.rule import Defect, warning
from composer.checks.schema_reading import is_left_out
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.yaml_source.values import Scalar, is_empty

if TYPE_CHECKING:
    from composer.archive.archive import Archive

# A newsletter counts its issues if one of so many last ones has a number.
_LATEST = 3


@warning
def numbering(draft: Draft, issue: Issue, archive: "Archive") -> Iterator[Defect]:
    """The issue's number is missing, or does not follow the last one's.

    What it checks:
        `number` against the issues of the newsletter dated before: missing where the latest ones have numbers, used
        before, or with a gap to the last one. An issue without a number may stand for one in the gap. A newsletter
        that does not count its issues hears nothing.

    Why it matters:
        Readers and librarians cite issues by number, and a gap looks like a mail that got lost.

    Example:
        date: 2026-11-24
        number: 44          # the issue before it was 42

    Instead:
        date: 2026-11-24
        number: 43
    """
    earlier = archive.before(draft)
    latest = list(islice(earlier.numbers(), _LATEST)) if earlier is not None else []
    unnumbered = len(list(takewhile(lambda numbered: numbered.number is None, latest)))
    last = latest[unnumbered].number if unnumbered < len(latest) else None
    if earlier is None or last is None:
        return
    said, follows = f"{last} in {latest[unnumbered].where}", last + unnumbered + 1
    value = draft.value("number")
    if issue.number is None:
        if is_left_out(draft, "number") or is_empty(value):
            yield Defect(draft.place_of_key("number"), f"the issue has no number, and earlier ones do: {said}", f"write `number: {follows}`", label="no number")
    elif isinstance(value, Scalar):
        before = earlier.with_number(issue.number)
        if before is not None:
            yield Defect(value.place, f"the number {issue.number} was used before: {before}", f"write `number: {follows}`", label="used before")
        elif not last < issue.number <= follows:
            gap = "comes before" if issue.number < last else "leaves a gap behind"
            yield Defect(value.place, f"the number {issue.number} {gap} the last one: {said}", f"write `number: {follows}`", label="out of order")
