"""schema/unknown-newsletter."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import defects_of
from composer.draft.load import Draft


@error
def unknown_newsletter(draft: Draft) -> Iterator[Defect]:
    """A newsletter that this newsroom does not have.

    What it checks:
        That `newsletter:`, or the folder under issues/ where that is left out, names a folder under templates/ with
        a newsletter.yaml in it.

    Why it matters:
        Without its newsletter it is not known which sections a draft must hold, and nothing else can be checked.

    Example:
        newsletter: harbour-notes

    Instead:
        newsletter: harbor-notes
    """
    return defects_of(draft.problems, "unknown-newsletter")
