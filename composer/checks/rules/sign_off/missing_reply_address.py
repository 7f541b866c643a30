"""sign-off/missing-reply-address."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import is_misspelt
from composer.checks.sign_off_reading import ClosingWords, closing_words, writers_address
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.sections.sign_off import SignOff


@error
def missing_reply_address(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """Readers have nowhere to write.

    What it checks:
        That an address for answers is known: in the invitation or the question, in `reply_to`, or as the `email`
        of the byline's person in newsletter.yaml.

    Why it matters:
        A question without an address is asked into the void, and the reply button of the mail has nowhere to lead.

    Example:
        sign_off:
          question: Would you let a crane drive itself?
          invitation: Let me know what you think.

    Instead:
        sign_off:
          question: Would you let a crane drive itself?
          invitation: Let me know what you think at wen@newsroom.example.
    """
    for words in closing_words(draft):
        # A `reply_to` that is no address, and words that are no text, are schema/wrong-type's to report.
        if words.words.address or words.has("reply_to") or writers_address(issue) or _is_misspelt(words) or _is_no_text(words):
            continue
        yield Defect(
            words.place_of_lacking("invitation"),
            "readers have no address to write to",
            "add the address to the invitation, or a `reply_to:` line",
            label="readers have no address to write to",
        )


def _is_misspelt(words: ClosingWords) -> bool:
    return any(not words.has(f) and is_misspelt(words.mapping, f, SignOff.model_fields) for f in ("invitation", "reply_to"))


def _is_no_text(words: ClosingWords) -> bool:
    return any(words.has(field) and getattr(words.words, field) is None for field in ("question", "invitation"))
