"""A reader of format=flowed, after RFC 3676, sections 4.1 to 4.4; nothing of it is Composer's."""

from typing import NamedTuple


class Paragraph(NamedTuple):
    """What a program shows as one line, as wide as its window allows; `lines` is how many it was in the message."""

    text: str
    lines: int


def paragraphs(flowed: str) -> list[Paragraph]:
    """The paragraphs of a text part whose lines end in LF; DelSp is no, so the space of a soft end is kept."""
    found: list[Paragraph] = []
    pending, count = "", 0
    for line in flowed.removesuffix("\n").split("\n"):
        assert not line.startswith(">"), "nothing here quotes"
        content = line.removeprefix(" ")
        pending, count = pending + content, count + 1
        if line.endswith(" ") and content != "-- ":
            continue
        found.append(Paragraph(pending, count))
        pending, count = "", 0
    return [*found, Paragraph(pending, count)] if count else found


def as_if_fixed(flowed: str) -> str:
    """The text with the line ends of the message: without soft ends' spaces and without stuffing."""
    return "\n".join(line.removeprefix(" ").removesuffix(" ") for line in flowed.split("\n"))
