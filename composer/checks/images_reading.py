"""What the rules about pictures read: the figures of an issue, and the size at which readers see them."""

from collections.abc import Iterator

from composer.blocks.figure import Figure
from composer.checks.schema_reading import is_misspelt
from composer.checks.side_by_side import once_a_draft
from composer.draft.load import Draft
from composer.issue.pictures import Picture
from composer.place import Place
from composer.yaml_source.validation_problems import place_of_missing
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value, is_empty


class Shown:
    """A figure with what is known of its picture."""

    def __init__(self, figure: Figure, image: Scalar, file: Picture | None) -> None:
        self.figure = figure
        self.image = image
        self.file = file

    @property
    def size(self) -> tuple[int, int] | None:
        """The picture's own width and height: measured, else as typed."""
        if self.file is not None:
            return self.file.width, self.file.height
        return (self.figure.width, self.figure.height) if self.figure.width and self.figure.height else None

    @property
    def shown_size(self) -> tuple[int, int] | None:
        """The width and height at which a mail shows it: never wider than the text, never larger than it is."""
        if self.size is None:
            return None
        from composer.proof.page import TEXT_WIDTH

        width = min(TEXT_WIDTH, self.size[0])
        return width, max(1, round(self.size[1] * width / self.size[0]))


@once_a_draft
def figures(draft: Draft) -> tuple[Shown, ...]:
    """The figures that were typed, in reading order; a dozen rules ask for the same ones in turn."""
    issue = draft.issue
    if issue is None:
        return ()
    typed = ((m, m.image) for _, m in issue.models() if isinstance(m, Figure))
    return tuple(Shown(figure, image, issue.pictures.find(image) if figure.is_local else None) for figure, image in typed if isinstance(image, Scalar))


def figures_without_alt(draft: Draft) -> Iterator[tuple[Mapping, Place]]:
    """The figures of a draft, sound or not, that say nothing of what they show, with the place where it should stand."""
    if draft.root is None or Figure.type not in draft.source.text:
        return
    for figure in _typed_figures(draft.root):
        alt = figure.get("alt")
        if isinstance(alt, Scalar) and alt.strip():
            continue
        if isinstance(alt, Scalar) and not is_empty(alt):
            yield figure, alt.place
        elif (alt is None or is_empty(alt)) and not is_misspelt(figure, "alt", Figure.model_fields):
            yield figure, place_of_missing(figure, "alt", draft.source.top)


def _typed_figures(root: Mapping) -> Iterator[Mapping]:
    waiting: list[Value] = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            if value.key == Figure.type:
                yield value
            else:
                waiting += reversed(value.values())
        elif isinstance(value, Sequence):
            waiting += reversed(value)
