"""stet/without-reason."""

from collections.abc import Iterator

from composer.checks.rule import Defect, warning
from composer.draft.load import Draft


@warning
def without_reason(draft: Draft) -> Iterator[Defect]:
    """A stet that does not say why.

    What it checks:
        That every stet has a few words behind the name of its rule.

    Why it matters:
        The next person to read the draft sees an exception and cannot tell whether it still holds.

    Example:
        # stet: structure/body-length

    Instead:
        # stet: structure/body-length a holiday issue, short on purpose
    """
    for comment in draft.comments:
        if comment.rule and not comment.reason and not comment.misplaced:
            yield Defect(
                comment.place,
                f"this stet for {comment.rule} gives no reason",
                f"add a few words: # {comment.kind}: {comment.rule} why it is right here",
                label="why?",
            )
