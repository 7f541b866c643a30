"""schema/syntax."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import defects_of
from composer.draft.load import Draft


@error
def syntax(draft: Draft) -> Iterator[Defect]:
    """The file cannot be read as YAML.

    What it checks:
        That the file is UTF-8 text, holds something, and is YAML from its first line to its last: quotes are
        closed, indentation is even, no control character came in by pasting.

    Why it matters:
        Of a file that cannot be read nothing can be checked and nothing built.

    Example:
        subject: "The port that learned to run itself
        preheader: What happened to the crane drivers

    Instead:
        subject: "The port that learned to run itself"
        preheader: What happened to the crane drivers

    Source: YAML 1.1, chapter 5.1 (characters); RFC 3629 (UTF-8).
    """
    return defects_of(draft.problems, "syntax")
