"""sign-off/missing-question."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import is_misspelt
from composer.checks.sign_off_reading import QUESTION_MARKS, closing_words, missing_sign_offs
from composer.draft.load import Draft
from composer.prose.markdown import Prose
from composer.sections.sign_off import SignOff


@error
def missing_question(draft: Draft) -> Iterator[Defect]:
    """The closing words ask nothing.

    What it checks:
        That the sign-off has a `question`, and that it or the invitation holds a question mark. Where another
        section stands in the sign-off's place with a reply address in it, its lack of a question is a warning.

    Why it matters:
        Readers answer questions. "Let me know your thoughts" alone brings few letters.

    Example:
        sign_off:
          invitation: Let me know your thoughts at wen@newsroom.example.

    Instead:
        sign_off:
          question: Would you let a crane drive itself?
          invitation: Let me know your thoughts at wen@newsroom.example.
    """
    for words in closing_words(draft):
        if not words.has("question"):
            if not is_misspelt(words.mapping, "question", SignOff.model_fields):
                yield Defect(
                    words.place_of_lacking("question"),
                    "`question` is missing",
                    "write `question: …` that ends in a question mark",
                    label="readers are asked nothing",
                )
        elif words.words.question is not None and not _asks(words.words.question) and not _asks(words.words.invitation):
            yield Defect(
                words.mapping["question"].place,
                "the closing words ask nothing",
                "end the question in a question mark, or ask one",
                label="readers are asked nothing",
            )
    for entry, address in missing_sign_offs(draft):
        if address is not None:
            yield Defect(
                address.place,
                f"this stands in the place of `{entry.key}`, and so the issue has no closing question",
                f"add `{entry.key}:` with a `question:` if you want readers to answer one",
                label="an address, but no closing question",
                level="warning",
            )


def _asks(text: Prose | None) -> bool:
    return text is not None and any(mark in text.visible for mark in QUESTION_MARKS)
