"""inbox/preheader-length."""

from collections.abc import Iterator

from composer.checks.inbox_reading import inbox_line, length, shown
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft


@warning
def preheader_length(draft: Draft, *, fewest: int = 30, most: int = 100) -> Iterator[Defect]:
    """A preheader too short to say something, or longer than any inbox shows.

    What it checks:
        That the preheader has 30 to 100 characters; Chinese characters count as two.

    Why it matters:
        It is the second and last line with which a mail can ask to be opened. A phone shows up to a hundred
        characters of it.

    Example:
        preheader: And more

    Instead:
        preheader: What happened to the people who used to sit in the cranes

    Source: emailtooltester.com, "Email subject lines character limit" (read 2026-11-22): 99 characters in Apple Mail on a phone.
    """
    preheader = inbox_line(draft, "preheader")
    if preheader is None:
        return
    long = length(shown(preheader))
    if long < fewest:
        yield Defect(
            preheader.place,
            f"the preheader has {long} characters, and the inbox room for more",
            f"say in {fewest} to {most} characters what the subject does not",
            label="short",
        )
    elif long > most:
        yield Defect(
            preheader.place,
            f"the preheader has {long} characters; no inbox shows more than about {most}",
            f"shorten it to {most} at most; its end is not seen",
            label="long",
        )
