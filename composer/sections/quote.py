"""A quote, with who said it."""

from pydantic import Field

from composer.prose.markdown import Prose
from composer.sections.section import Section


class Quote(Section):
    """Words somebody said, set large."""

    quote: Prose = Field(
        description="The words, without quotation marks of their own.",
        examples=["We asked for a digital twin of the bridge. What we got was a digital cousin who has never visited."],
    )
    attribution: Prose = Field(
        description="Who said it, where, and about what; Markdown.", examples=["Ilse Marchetti, a structural engineer, in *Engineering Weekly*."]
    )
