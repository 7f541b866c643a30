"""images/missing-file."""

from collections.abc import Iterator
from pathlib import PurePath

from composer.blocks.figure import Figure
from composer.checks.rule import Defect, error
from composer.discovery import nearest
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.yaml_source.values import Scalar


@error
def missing_file(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """A picture that is not beside the draft, or that cannot be read.

    What it checks:
        That every `image` without an address in front of it is a picture in the folder beside the draft that is
        named like the draft, and that the file really is a picture.

    Why it matters:
        Readers would see an empty frame.

    Example:
        - figure:
            image: habor-cranes.png

    Instead:
        - figure:
            image: harbor-cranes.png
    """
    for _, model in issue.models():
        if isinstance(model, Figure) and isinstance(model.image, Scalar) and model.is_local and issue.pictures.find(model.image) is None:
            message, help = _words(draft.path, issue.pictures.names, str(model.image))
            yield Defect(model.image.place, message, help, label="no picture of that name" if model.image not in issue.pictures.names else "not a picture")


def _words(path: str, names: list[str], image: str) -> tuple[str, str]:
    if path == "-":
        return (
            f"`{image}` cannot be looked for: standard input lies in no folder",
            "say which file it stands for: --stdin-filename issues/<newsletter>/<date>-<slug>.yaml",
        )
    folder = PurePath(path).with_suffix("").as_posix() + "/"
    if image in names:
        return f"`{image}` is not a picture that can be read", f"save it again as PNG or JPEG in {folder}"
    if "/" in image or "\\" in image:
        return f"`{image}` is not in the folder beside the draft", f"put the picture into {folder} and write its name alone"
    near = nearest(image, names)
    if near is not None:
        return f"`{image}` is not in {folder}", f"did you mean `{near}`?"
    there = f"; there is {', '.join(f'`{name}`' for name in names[:5])}" if names else ""
    return f"`{image}` is not in {folder}", f"put the picture there, or write its https address{there}"
