"""Corrections and updates, printed last."""

import re
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from composer.prose.markdown import Prose
from composer.sections.section import Section
from composer.yaml_source.field_types import wrong

_LABEL = r"(?i)\s*(\*\*|__|\*|_)?(Update|Correction|Clarification)s?:"


def _labelled(line: Prose) -> Prose:
    label = re.match(_LABEL, line.markdown)
    if label is None:
        raise wrong("a correction begins with “Correction:” or “Update:”", 'such as - "Correction: the plant makes 40 megawatts, not 400."')
    if not line.markdown[label.end() :].strip(" \t\n*_"):
        raise wrong(f"nothing is said behind “{label[0].strip(' *_')}”", "write what was wrong, or what has happened since")
    return line


class Corrections(Section):
    """What earlier words had wrong, or what has happened since."""

    headed: ClassVar[bool] = False
    shorthand: ClassVar[str | None] = "items"
    counted: ClassVar[str | None] = "items"

    items: list[Annotated[Prose, AfterValidator(_labelled)]] = Field(
        description="One line each, beginning “Correction:” or “Update:”, in Markdown.", examples=[["Correction: the plant makes 40 megawatts, not 400."]]
    )
