"""schema/text-lost-to-comment."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import defects_of
from composer.draft.load import Draft


@error
def text_lost_to_comment(draft: Draft) -> Iterator[Defect]:
    """Words that YAML takes for a comment.

    What it checks:
        That no text without quotes is cut short by a `#` behind a space with a word right behind it. A comment of
        your own has a space after its `#` and is left alone, unless the words in front of it break off and it ends in
        their source: `Price is 5 # not 6. (BBC)`.

    Why it matters:
        YAML drops everything from that `#` to the end of the line, and the sentence is printed without its end.

    Example:
        subject: Why everyone wants to be #1 in batteries

    Instead:
        subject: "Why everyone wants to be #1 in batteries"

    Source: YAML 1.1, chapter 6.6 (comments).
    """
    return defects_of(draft.problems, "text-lost-to-comment")
