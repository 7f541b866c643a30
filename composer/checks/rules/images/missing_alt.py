"""images/missing-alt."""

from collections.abc import Iterator

from composer.checks.images_reading import figures_without_alt
from composer.checks.rule import Defect, error
from composer.draft.load import Draft


@error
def missing_alt(draft: Draft) -> Iterator[Defect]:
    """A picture without words for readers who do not see it.

    What it checks:
        That every figure has an `alt` with words in it. Where the line is there under a misspelt name,
        schema/unknown-field says so instead.

    Why it matters:
        Many mail programs show no pictures until they are asked to, and blind readers never see them: the words are
        then all there is of the picture.

    Example:
        - figure:
            image: harbor-cranes.png

    Instead:
        - figure:
            image: harbor-cranes.png
            alt: An automated crane lifts containers at sunset.

    Source: WCAG 2.2, success criterion 1.1.1.
    """
    for figure, place in figures_without_alt(draft):
        is_typed = "alt" in figure.key_scalars
        yield Defect(
            place,
            "`alt` is empty" if is_typed else "the figure has no `alt`",
            "say in one sentence what the picture shows" if is_typed else "add a line `alt: …` that says in one sentence what the picture shows",
            label="nothing is said of this picture",
        )
