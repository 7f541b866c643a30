"""schema/forbidden-yaml."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import defects_of
from composer.draft.load import Draft


@error
def forbidden_yaml(draft: Draft) -> Iterator[Defect]:
    """Anchors, aliases, tags, merge keys, directives or a second document.

    What it checks:
        That the draft keeps to the part of YAML that writers need: texts, lists and mappings.

    Why it matters:
        A few nested aliases expand to gigabytes, a tag can turn words into numbers, and neither is ever meant in a
        newsletter: a `*` or `&` in front of a word is nearly always a part of the words.

    Example:
        byline: &author Wen Castellan
        sign_off: *author

    Instead:
        Write the text out where it is needed, or put it in quotes if the sign is part of it.
    """
    return defects_of(draft.problems, "forbidden-yaml")
