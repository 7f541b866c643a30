"""inbox/missing-preheader."""

from collections.abc import Iterator

from composer.checks.inbox_reading import place_of_missing_line
from composer.checks.rule import Defect, error
from composer.draft.load import Draft


@error
def missing_preheader(draft: Draft) -> Iterator[Defect]:
    """The issue has no preheader.

    What it checks:
        That `preheader` is there and says something.

    Why it matters:
        Mail programs print it behind the subject. Where it is missing they take whatever stands first in the mail,
        such as "View in browser".

    Example:
        subject: The port that learned to run itself
        preheader:

    Instead:
        subject: The port that learned to run itself
        preheader: What happened to the people who used to sit in the cranes
    """
    place = place_of_missing_line(draft, "preheader")
    if place is not None:
        yield Defect(
            place,
            "the issue has no preheader",
            "write `preheader: …`: the preview text behind the subject in the inbox",
            label="no preheader: the inbox would show the mail's first words",
        )
