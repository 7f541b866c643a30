"""schema/duplicate-key."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import defects_of
from composer.draft.load import Draft


@error
def duplicate_key(draft: Draft) -> Iterator[Defect]:
    """A key that stands twice in one mapping.

    What it checks:
        That every key stands once in its mapping. The finding is at the second.

    Why it matters:
        YAML allows one value for a key; most readers keep the last one and lose the first without a word.

    Example:
        subject: The port that learned to run itself
        subject: The port that runs itself

    Instead:
        subject: The port that learned to run itself

    Source: YAML 1.1, chapter 3.2.1.3 (keys of a mapping are unique).
    """
    return defects_of(draft.problems, "duplicate-key")
