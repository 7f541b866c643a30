"""The contract of a section: one block of an issue, with the options its newsletter.yaml may set."""

from collections.abc import Iterator
from typing import Any, ClassVar

from composer.blocks.block import models_in
from composer.blocks.brief import Brief
from composer.yaml_source.typed import Typed


class SectionOptions(Typed):
    """What newsletter.yaml may set for a section beside its key, type, heading and bounds."""


class Section(Typed):
    """A section. Its `type` is the name of its file and of its template.

    `counted` names the field whose length `min` and `max` of newsletter.yaml bound; a section that is `headed` prints
    its standing heading. A section that `leads` brings a headline that may be the issue's own; of several, the first
    one's is.
    """

    options: ClassVar[type[SectionOptions]] = SectionOptions
    type: ClassVar[str]
    counted: ClassVar[str | None] = None
    headed: ClassVar[bool] = True
    leads: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.type = cls.__module__.rsplit(".", 1)[-1]

    @property
    def counted_items(self) -> list[Any]:
        """The items that the newsletter's bounds count; empty where the section counts none."""
        return list(getattr(self, self.counted)) if self.counted else []

    def briefs(self) -> Iterator[Brief]:
        """Every brief of the section, follow-ups included, in reading order."""
        return (model for model in models_in(self) if isinstance(model, Brief))
