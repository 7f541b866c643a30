"""schema/duplicate-key."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import defects_of
from composer.draft.load import Draft
from composer.finding import Problem


@error
def duplicate_key(draft: Draft) -> Iterator[Defect]:
    """A key that stands twice in one mapping.

    What it checks:
        That every key stands once in its mapping. The finding is at the second; where a lost dash or a paste repeats
        several keys, at the first of them that is repeated.

    Why it matters:
        YAML allows one value for a key; most readers keep the last one and lose the first without a word.

    Example:
        subject: The port that learned to run itself
        subject: The port that runs itself

    Instead:
        subject: The port that learned to run itself

    Source: YAML 1.1, chapter 3.2.1.3 (keys of a mapping are unique).
    """
    for repeated in _mappings_repeated(draft):
        (defect,) = defects_of(repeated[:1], "duplicate-key")
        if len(repeated) == 1:
            yield defect
            continue
        more = "1 more key stands" if len(repeated) == 2 else f"{len(repeated) - 1} more keys stand"
        help = "is this a new item? put `- ` in front of its first key" if defect.place.column > 1 else "was the draft pasted in twice? keep one of the two"
        yield defect._replace(message=f"{defect.message}; {more} here again behind it", help=help)


def _mappings_repeated(draft: Draft) -> Iterator[list[Problem]]:
    """The problems, those together that one lost dash or one paste brought: keys in one column, all typed before any was repeated."""
    group: list[Problem] = []
    for problem in sorted((p for p in draft.problems if p.kind == "duplicate-key"), key=lambda p: (p.place.path, p.place.line)):
        first = problem.earlier_line
        alike = group and (problem.place.path, problem.place.column) == (group[0].place.path, group[0].place.column)
        if alike and first is not None and first < group[0].place.line:
            group.append(problem)
            continue
        if group:
            yield group
        group = [problem]
    if group:
        yield group
