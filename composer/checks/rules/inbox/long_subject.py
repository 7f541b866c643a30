"""inbox/long-subject."""

from collections.abc import Iterator

from composer.checks.inbox_reading import inbox_line, length, shown
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft


@warning
def long_subject(draft: Draft, *, most: int = 100, phones: int = 60, phones_show: int = 40) -> Iterator[Defect]:
    """A subject of which inboxes show only the beginning.

    What it checks:
        A subject of more than a hundred characters, which hardly any inbox shows whole. From sixty on it remarks on
        what a phone cuts off, which is fine where the words in front carry it. Chinese characters count as two. A
        newsletter with other habits sets `most` and `phones`; `phones_show` is how much of a line a phone shows.

    Why it matters:
        What is cut off might as well not be there, and half a sentence may say something else than the whole.

    Example:
        subject: An update on what happened this year to the people who used to sit in the cranes of a port that now runs itself

    Instead:
        subject: The port that learned to run itself

    Source: emailtooltester.com, "Email subject lines character limit" (read 2026-11-22): phones show 33 to 48 characters.
    """
    subject = inbox_line(draft, "subject")
    if subject is None:
        return
    line = shown(subject)
    long = length(line)
    if long > phones:
        beginning = _beginning(line, phones_show)
        cut = subject.find(line[len(beginning) :].lstrip())
        place = subject.place_of(cut, len(subject.rstrip())) if cut > 0 else subject.place
        yield Defect(
            place,
            f"the subject has {long} characters; a phone shows about “{beginning.rstrip()}…”",
            f"shorten it to {most} at most, and begin with what matters" if long > most else "fine where those words carry it; else put what matters in front",
            label="a phone cuts this off",
            level=None if long > most else "info",
        )


def _beginning(line: str, columns: int) -> str:
    """As much of the line as fits, which never ends within a letter and its marks."""
    end = min(columns, len(line))
    while end > 1 and length(line[:end]) > columns:
        end -= 1
    return line[:end]
