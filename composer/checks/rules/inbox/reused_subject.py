"""inbox/reused-subject."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from composer.checks.inbox_reading import inbox_line
from composer.checks.rule import Defect, warning
from composer.checks.text_reading import may_be_to_come, placeholder_spans
from composer.draft.load import Draft

if TYPE_CHECKING:
    from composer.archive.archive import Archive


@warning
def reused_subject(draft: Draft, archive: "Archive") -> Iterator[Defect]:
    """An earlier issue of the newsletter had the same subject.

    What it checks:
        The subject against those of all issues dated before; capitals and punctuation make no difference. A subject
        that is still to come (TK) is editorial/placeholder's.

    Why it matters:
        Mail programs put two mails with one subject into one conversation, and readers take the new one for read.
        Most often it was left over from the draft that this one began as.

    Example:
        subject: The port that learned to run itself

    Instead:
        subject: The port, one year later
    """
    subject, earlier = inbox_line(draft, "subject"), archive.before(draft)
    if subject is None or earlier is None or (may_be_to_come(subject) and placeholder_spans(subject, subject)):
        return
    ran = earlier.with_subject(subject)
    if ran is not None:
        yield Defect(
            subject.place,
            f"an earlier issue had this subject: {ran}",
            "write a new one; readers' mail programs would add this issue to the earlier one's conversation",
            label=f"the subject of {ran.day:%Y-%m-%d}",
        )
