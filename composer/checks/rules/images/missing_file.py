"""images/missing-file."""

from collections.abc import Iterator
from pathlib import PurePath

from composer.blocks.figure import Figure
from composer.checks.link_reading import host_of
from composer.checks.rule import Defect, error
from composer.discovery import nearest
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.yaml_source.values import Scalar


@error
def missing_file(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """A picture that is neither beside the draft nor on the web, or that cannot be read.

    What it checks:
        That every `image` without an address in front of it is a picture in the folder beside the draft that is
        named like the draft, and that the file really is a picture. An address must be a whole one, with `https://` and
        a host: not `//host/cranes.png`, `ftp://…`, or a path on somebody's disk.

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
        if not isinstance(model, Figure) or not isinstance(model.image, Scalar):
            continue
        if not model.is_local:
            if _leads_nowhere(model.image):
                message = f"`{model.image}` is neither a picture beside the draft nor an address on the web"
                yield Defect(model.image.place, message, _address_help(draft.path, model.image), label="leads nowhere from a mail")
        elif issue.pictures.find(model.image) is None:
            message, help = _words(draft.path, issue.pictures.names, str(model.image))
            yield Defect(model.image.place, message, help, label="no picture of that name" if model.image not in issue.pictures.names else "not a picture")


def _leads_nowhere(image: str) -> bool:
    """An address that no mail program can fetch; links/forbidden-scheme and images/embedded speak of theirs."""
    scheme = image.partition(":")[0].lower()
    if image.startswith("{{") or scheme in ("javascript", "vbscript", "file", "data"):
        return False
    return scheme not in ("http", "https") or not ("{{" in image or host_of(image))


def _address_help(path: str, image: str) -> str:
    if image.startswith("//") and host_of(f"https:{image}"):
        return f"write https:{image}"
    return f"write its whole https address, or put the picture into {PurePath(path).with_suffix('').as_posix()}/ and write its name alone"


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
