"""An issue: one dated number of a newsletter, typed."""

from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar

from pydantic import Field

from composer.blocks.block import models_in, texts_in
from composer.blocks.brief import Brief
from composer.issue.pictures import Pictures
from composer.project.newsletter import Newsletter
from composer.project.people import Names
from composer.prose.markdown import Prose
from composer.sections.corrections import Corrections
from composer.sections.section import Section, SectionOptions
from composer.yaml_source.field_types import Day, Line, Moment, Slug
from composer.yaml_source.typed import Typed


class Approval(Typed):
    """An editor's sign-off, bound to the content it was given for."""

    by: Line = Field(description="Who approved it.", examples=["Noor Hale"])
    at: Moment = Field(description="When.", examples=["2026-11-23T18:04:00+00:00"])
    fingerprint: Line = Field(description="The fingerprint of the content that was approved; `composer approve` writes it.")


class Issue(Typed):
    """The fields of every issue. A newsletter's own model adds its sections (composer/issue/catalogue.py)."""

    section_keys: ClassVar[tuple[str, ...]] = ()

    newsletter: Slug | None = Field(default=None, description="Which newsletter this is an issue of; the folder under issues/ says it where left out.")
    date: Day = Field(description="The day it goes out, in the newsletter's time zone.", examples=["2026-11-24"])
    number: int | None = Field(default=None, ge=0, description="The issue's number.", examples=[42])
    subject: Line | None = Field(
        default=None, description="The line in the inbox; also the headline where a section gives none.", examples=["The port that learned to run itself"]
    )
    preheader: Line | None = Field(
        default=None, description="The preview text behind the subject in the inbox.", examples=["What happened to the people who used to sit in the cranes"]
    )
    byline: Names | None = Field(default=None, description="Who wrote it: a name, or a list of names.", examples=["Wen Castellan"])
    slug: Slug | None = Field(default=None, description="The name in web addresses; from the file's name where left out.", examples=["quiet-port"])
    send_at: Moment | None = Field(default=None, description="When it is planned to be sent.", examples=["2026-11-24T06:00"])
    approvals: dict[str, Approval] = Field(default_factory=dict, description="The editors' sign-offs, by role; `composer approve` writes them.")
    corrections: Corrections | None = Field(default=None, description="What earlier words had wrong, or what has happened since; printed last.")

    def placed(self, of: Newsletter, stem: str, sections: dict[str, Section], options: dict[str, SectionOptions], pictures: Pictures) -> None:
        """Tell the issue what its draft does not say; the catalogue does, once, when it makes the issue."""
        # The five properties beneath are cached ones: told here, they are read as quickly as fields.
        self.__dict__.update(of=of, stem=stem, sections=sections, options=options, pictures=pictures)

    @cached_property
    def of(self) -> Newsletter:
        """The newsletter it is an issue of."""
        raise AssertionError("an Issue is made by catalogue.issue_of")

    @cached_property
    def stem(self) -> str:
        """The name of its files: the draft's file name without the ending."""
        return ""

    @cached_property
    def sections(self) -> dict[str, Section]:
        """Its sections by key in the newsletter's order, standing ones included; corrections last."""
        return {}

    @cached_property
    def pictures(self) -> Pictures:
        """The pictures beside the draft."""
        return Pictures(None)

    @cached_property
    def options(self) -> dict[str, SectionOptions]:
        """What newsletter.yaml sets for each section, by key."""
        return {}

    @property
    def web_slug(self) -> str:
        """The slug in web addresses."""
        day = self.date.isoformat()
        return str(self.slug) if self.slug else self.stem.removeprefix(day).lstrip("-") or self.stem

    def briefs(self) -> Iterator[tuple[str, Brief]]:
        """Every brief with the key of its section, in reading order."""
        return ((key, model) for key, model in self._models if isinstance(model, Brief))

    def texts(self) -> Iterator[tuple[str | None, Prose | str]]:
        """Every text typed in the draft, with the key of its section, in the draft's order."""
        for name in type(self).model_fields:
            if name in ("newsletter", "approvals", "slug"):
                continue
            key = name if name in self.section_keys else None
            yield from ((key, text) for text in texts_in(getattr(self, name)))

    def prose(self) -> Iterator[tuple[str | None, Prose]]:
        """Every Markdown text typed in the draft, with the key of its section."""
        return ((key, text) for key, text in self.texts() if isinstance(text, Prose))

    def models(self) -> Iterator[tuple[str, Typed]]:
        """Every section, block and item with the key of its section."""
        return iter(self._models)

    @cached_property
    def _models(self) -> tuple[tuple[str, Typed], ...]:
        """Kept, since a dozen rules walk through them in turn, and each walk took a tenth of a millisecond."""
        return tuple((key, model) for key, section in self.sections.items() for model in models_in(section))
