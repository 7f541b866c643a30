"""sign-off/missing."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.sign_off_reading import missing_sign_offs
from composer.draft.load import Draft


@error
def missing(draft: Draft) -> Iterator[Defect]:
    """The issue has no closing words.

    What it checks:
        That an issue has the sign-off its newsletter requires. A section that newsletter.yaml lets stand in its
        place (`replaces: sign_off`) will do, if readers find a mail address in it.

    Why it matters:
        A newsletter is a letter: readers expect to be asked, and to be told where to answer.

    Example:
        essay:
          body: Last autumn I spent a week with the crane drivers.

    Instead:
        essay:
          body: Last autumn I spent a week with the crane drivers.
        sign_off:
          question: Would you let a crane drive itself?
          invitation: Write to wen@newsroom.example.
    """
    for entry, address in missing_sign_offs(draft):
        if address is None:
            yield Defect(
                draft.source.top,
                f"the sign-off `{entry.key}` is missing",
                f"add `{entry.key}:` with a `question:` to readers and an `invitation:` that says where to write",
                label="no closing words in this draft",
            )
