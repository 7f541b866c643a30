"""editorial/unclosed-source-mark."""

import re
from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import fits_the_file
from composer.draft.load import Draft
from composer.finding import Edit
from composer.issue.issue import Issue
from composer.prose.markdown import Prose

_CLOSING = {"(": ")", "（": "）"}


@error
def unclosed_source_mark(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """A source's bracket is opened and never closed.

    What it checks:
        Every brief whose last bracket is opened and has no counterpart before the end of the text.

    Why it matters:
        It is among the commonest slips of a digest, and one that readers see.

    Example:
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power. (Bloomberg $"

    Instead:
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power. (Bloomberg $)"
    """
    for _, brief in issue.briefs():
        mark, text = brief.mark, brief.text
        if mark is None or mark.closed:
            continue
        start, end = _opening(text), len(text.markdown.rstrip())
        place = text.place(start, end)
        if place is None or place.path != draft.path:
            continue
        before_stop = end - 1 if text.markdown[end - 1] == "." else end
        closed = text.markdown[start:before_stop].rstrip() + _CLOSING[text.markdown[start]]
        yield Defect(
            place,
            f"the bracket of `{text.markdown[start:end]}` is never closed",
            f"close it: {closed}",
            label="never closed",
            edits=_edits(draft, text, start, before_stop, end),
        )


def _opening(text: Prose) -> int:
    """The last bracket that does not open a link's target."""
    return [match.start() for match in re.finditer(r"(?<!\])[(（]", text.searchable)][-1]


def _edits(draft: Draft, text: Prose, start: int, before_stop: int, end: int) -> tuple[Edit, ...]:
    """The closing bracket, in the place of a full stop: the sentence ends before its mark."""
    if text.origin is None or not fits_the_file(draft):
        return ()
    offsets = text.origin.offsets()
    return (Edit(offsets[before_stop], offsets[end], _CLOSING[text.markdown[start]]),)
