"""schema/unknown-field."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import defects_of
from composer.draft.load import Draft


@error
def unknown_field(draft: Draft) -> Iterator[Defect]:
    """A key that is no field, with the field that was probably meant.

    What it checks:
        That every key of the draft is a field of the place it stands in, and that every block of a body is of a
        kind there is.

    Why it matters:
        What stands behind a misspelt key is printed nowhere, and nobody notices until a reader does.

    Example:
        essay:
          headlin: The port that learned to run itself

    Instead:
        essay:
          headline: The port that learned to run itself
    """
    return defects_of(draft.problems, "unknown-field")
