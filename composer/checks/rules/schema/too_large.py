"""schema/too-large."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import defects_of
from composer.draft.load import Draft


@error
def too_large(draft: Draft) -> Iterator[Defect]:
    """A file too large, or nested too deep, to be a draft.

    What it checks:
        That the file is no larger than 1 MiB and no deeper than 64 levels. A long issue has about 15 KB and six.

    Why it matters:
        Such a file is a picture, an export or a stray bracket; reading on would take the machine's memory.

    Example:
        essay: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[

    Instead:
        Keep pictures in the folder beside the draft, and put a text that begins with a bracket in quotes.
    """
    return defects_of(draft.problems, "too-large")
