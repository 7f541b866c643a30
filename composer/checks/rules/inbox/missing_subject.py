"""inbox/missing-subject."""

from collections.abc import Iterator

from composer.checks.inbox_reading import place_of_missing_line
from composer.checks.rule import Defect, error
from composer.draft.load import Draft


@error
def missing_subject(draft: Draft) -> Iterator[Defect]:
    """The issue has no subject.

    What it checks:
        That `subject` is there and says something.

    Why it matters:
        The subject is what readers see in the inbox. A mail without one looks like an accident or like spam, and
        most sending services refuse it.

    Example:
        subject:
        preheader: What happened to the people who used to sit in the cranes

    Instead:
        subject: The port that learned to run itself
        preheader: What happened to the people who used to sit in the cranes
    """
    place = place_of_missing_line(draft, "subject")
    if place is not None:
        yield Defect(place, "the issue has no subject", "write `subject: …`: what readers see in the inbox", label="no subject: the inbox line would be empty")
