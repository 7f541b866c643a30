"""How the lists among the facts are read: a line for each fact, and lines beginning with `#` that say where they come from."""

from importlib.resources import files


def lines_of(name: str) -> list[str]:
    """The facts in a text file of this folder, in its order; spaces around them do not count, tabs within them do."""
    lines = files("composer.facts").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
