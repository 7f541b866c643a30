"""Pictures typed in Markdown, `![words](address)`, which goes out as it stands: a picture is a figure here."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.link_reading import Link


def typed_pictures(text: str) -> Iterator[re.Match[str]]:
    """Every picture of a text, from its `!` to its last bracket."""
    return _picture().finditer(text) if "![" in text else iter(())


def is_of_a_picture(link: Link) -> bool:
    """Whether the address is a typed picture's."""
    return any(found.start() < link.start < found.end() for found in typed_pictures(link.text))


@cache
def _picture() -> re.Pattern[str]:
    # Behind a word a `!` is the sentence's, which forgot a space: "Look![Here](…)".
    return re.compile(r"(?<![\w\\!?.,”’\"')\]])!\[[^\[\]\n]*\]\([^)\n]{1,2000}+\)")
