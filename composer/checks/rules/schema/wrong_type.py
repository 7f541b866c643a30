"""schema/wrong-type."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import defects_of
from composer.draft.load import Draft


@error
def wrong_type(draft: Draft) -> Iterator[Defect]:
    """A value of another kind than its field takes.

    What it checks:
        That dates are days of the calendar, addresses are addresses, numbers are numbers, one-line fields hold one
        line, and lists and mappings stand where lists and mappings belong.

    Why it matters:
        A value of the wrong kind cannot be printed, and guessing what was meant would put words in a writer's mouth.

    Example:
        date: November 24, 2026

    Instead:
        date: 2026-11-24
    """
    return defects_of(draft.problems, "wrong-type")
