"""size/gmail-clip."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.size_reading import GMAIL_CUTS_AT, NEAR_THE_CUT, cut_offset, encoded_size, kilobytes, part_of, place_in_draft, size_at_most
from composer.draft.load import Draft
from composer.proof.proof import Proof


@error
def gmail_clip(draft: Draft, proof: Proof, *, clip: int = GMAIL_CUTS_AT, near: int = NEAR_THE_CUT) -> Iterator[Defect]:
    """The mail is so long that Gmail cuts it.

    What it checks:
        The size of the HTML as the mail carries it, encoded as quoted-printable: over 102,400 bytes is an error, over
        90,000 a warning, since services make every link longer. It points at the line where the cut would fall.

    Why it matters:
        Gmail shows what comes before and hides the rest, the way to unsubscribe with it, behind "View entire
        message". Opens are not counted either.

    Example:
        must_reads:
          # forty items, each with three follow-ups

    Instead:
        must_reads:
          # ten items

    Source: hteumeuleu/email-bugs, issue 41; Spam Resource, "What is Gmail clipping" (January 2022), which measured 105 KB.
    """
    if size_at_most(proof.html) <= min(near, clip):
        return
    size = encoded_size(proof.html)
    if size <= min(near, clip):
        return
    offset = cut_offset(proof.html, clip if size > clip else near)
    part = part_of(draft, proof, offset)
    place = place_in_draft(draft, proof, offset)
    if size > clip:
        yield Defect(
            place,
            f"the mail’s HTML has {kilobytes(size)}; Gmail cuts it in {part}",
            "take out what can wait for the next issue",
            label="Gmail shows nothing from about here on",
        )
    else:
        yield Defect(
            place,
            f"the mail’s HTML has {kilobytes(size)}, and Gmail cuts at {kilobytes(clip)}, soon after {part}",
            "take something out: services that count clicks make every link longer",
            label=f"{kilobytes(near)} are reached here",
            level="warning",
        )
