"""schema/unknown-field."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import defects_of, indented_fields
from composer.draft.load import Draft


@error
def unknown_field(draft: Draft) -> Iterator[Defect]:
    """A key that is no field, with the field that was probably meant.

    What it checks:
        That every key of the draft is a field of the place it stands in, and that every block of a body is of a
        kind there is. Where the key is another word for a field, or belongs to the left margin, the help line says so.

    Why it matters:
        What stands behind a misspelt key is printed nowhere, and nobody notices until a reader does.

    Example:
        essay:
          headlin: The port that learned to run itself

    Instead:
        essay:
          headline: The port that learned to run itself
    """
    indented = {problem.place: name for name, problem in indented_fields(draft)}
    for defect in defects_of(draft.problems, "unknown-field"):
        name = indented.get(defect.place)
        yield defect if name is None else defect._replace(help=f"move `{name}:` and what belongs to it to the left margin")
