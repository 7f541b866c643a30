"""schema/needs-quotes."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import defects_of
from composer.draft.load import Draft


@error
def needs_quotes(draft: Draft) -> Iterator[Defect]:
    """Words that YAML twists unless they stand in quotes.

    What it checks:
        That no text begins with a sign that means something to YAML (`[ { * & ! @ % |`), holds a colon with a space
        behind it, or is split at a comma. The help line shows the text as it should be typed.

    Why it matters:
        YAML makes a list or a mapping of such a sentence, drops a word of it, or stops reading.

    Example:
        subject: The Harbor: ships, and more ships

    Instead:
        subject: "The Harbor: ships, and more ships"

    Source: YAML 1.1, chapter 5.3 (indicator characters).
    """
    return defects_of(draft.problems, "needs-quotes")
