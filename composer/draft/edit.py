"""Fixes as edits of a draft's text: which can be made together, and the bytes of the file afterwards."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple, Self

from composer.draft.load import Draft
from composer.finding import Edit, Finding

_BOM = "\ufeff"


class DraftText(NamedTuple):
    """A draft's file as text, with what must come back as it was: the byte order mark and the line ends."""

    text: str
    bom: bool
    line_end: str

    @classmethod
    def of(cls, content: bytes) -> Self | None:
        """The text of a file; None where it is not UTF-8."""
        try:
            text = content.decode()
        except UnicodeDecodeError:
            return None
        bom = text.startswith(_BOM)
        text = text.removeprefix(_BOM) if bom else text
        return cls(text, bom, "\r\n" if "\r\n" in text and not re.search(r"(?<!\r)\n", text) else "\n")

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The file with these edits made; none of them may overlap another."""
        made, behind = "", len(self.text)
        for edit in sorted(edits, key=lambda e: (e.start, e.end), reverse=True):
            made = self._typed(edit.text) + self.text[edit.end : behind] + made
            behind = edit.start
        return ((_BOM if self.bom else "") + self.text[:behind] + made).encode("utf-8", "surrogatepass")

    def _typed(self, words: str) -> str:
        return re.sub(r"\r?\n", "\r\n", words) if self.line_end == "\r\n" else words


def fixable(findings: Iterable[Finding], draft: Draft, text: DraftText) -> list[Finding]:
    """The findings whose edits fit the file.

    Where quotes were put in to read on, offsets behind them are not the file's; only the edits that the reader itself
    offers, for the first such place, are then sound.
    """
    as_read = draft.source.text
    # A control character is read as a space, which moves nothing.
    fits = len(as_read) == len(text.text) and all(a in (b, " ") for a, b in zip(as_read, text.text, strict=True))
    of_reader = {problem.edits for problem in draft.document.problems}
    mine = (f for f in findings if f.edits and f.place.path == draft.path and _is_sound(f.edits, len(text.text)))
    return [f for f in mine if fits or f.edits in of_reader]


def _is_sound(edits: tuple[Edit, ...], length: int) -> bool:
    ordered = sorted(edits)
    within = all(0 <= edit.start <= edit.end <= length for edit in ordered)
    return within and all(one.end <= other.start and one[:2] != other[:2] for one, other in pairwise(ordered))


def fit_together(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose edits keep clear of each other; of two that do not, the first."""
    kept: list[Finding] = []
    taken: list[tuple[int, int]] = []
    for finding in findings:
        # Two edits that touch may mean the same place, so the second waits for its own round.
        if not any(edit.start <= end and start <= edit.end for edit in finding.edits for start, end in taken):
            kept.append(finding)
            taken += [(edit.start, edit.end) for edit in finding.edits]
    return kept
