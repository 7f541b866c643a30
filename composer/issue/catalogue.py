"""The model of one newsletter's issues, made from the section list of its newsletter.yaml.

This is why no line of Composer names a newsletter or one of its section keys.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from pydantic import Field, create_model

import composer.sections
from composer.discovery import did_you_mean, module_names
from composer.finding import Problem
from composer.issue.issue import Issue
from composer.issue.pictures import Pictures
from composer.place import Place
from composer.project.newsletter import Newsletter, SectionEntry
from composer.sections.section import Section, SectionOptions
from composer.yaml_source.typed import Typed, typed
from composer.yaml_source.validation_problems import OF_SETTINGS
from composer.yaml_source.values import Mapping, Scalar, Value


class Catalogue(NamedTuple):
    """A newsletter's issues as a model, with the options and standing content of its sections."""

    newsletter: Newsletter
    model: type[Issue]
    options: dict[str, SectionOptions]
    standing: dict[str, Section]
    problems: tuple[Problem, ...]
    unusable: frozenset[str]
    """The keys of sections that newsletter.yaml names and cannot have."""


@cache
def section_types() -> dict[str, str]:
    """Every section type's module by its name: the files of composer/sections."""
    names = (name for name in module_names(composer.sections) if not name.endswith(".section"))
    return {name.rsplit(".", 1)[-1]: name for name in names}


@cache
def section_type(name: str) -> type[Section]:
    """The class of a section type; only the types that a newsletter uses are imported."""
    module = import_module(section_types()[name])
    return next(v for v in vars(module).values() if isinstance(v, type) and issubclass(v, Section) and v.__module__ == module.__name__)


def catalogue_of(newsletter: Newsletter) -> Catalogue:
    """The model of a newsletter's issues; faults in its section list come back as problems of newsletter.yaml."""
    origin = newsletter.origin
    top = origin.source.top if origin is not None else Place("newsletter.yaml", 1, 1, 1, 1)
    fields: dict[str, Any] = {}
    options: dict[str, SectionOptions] = {}
    standing: dict[str, Section] = {}
    problems: list[Problem] = []
    for entry in newsletter.sections:
        if entry.type not in section_types():
            problems.append(
                Problem("wrong-type", _place(entry, "type", top), f"`{entry.type}` is not a section type", did_you_mean(entry.type, section_types()))
            )
            continue
        taken = "used twice" if entry.key in fields else _taken_by_every_issue(entry.key)
        if taken:
            problems.append(Problem("duplicate-key", _place(entry, "key", top), f"`{entry.key}` is {taken}", "choose another key"))
            continue
        kind = section_type(entry.type)
        problems += _without_effect(entry, kind, top)
        about = f"{entry.heading}: {_first_line(kind)}" if entry.heading else _first_line(kind)
        fields[entry.key] = (kind | None, Field(default=None, description=about))
        options[entry.key] = _made(kind.options, entry.options, top, problems) or kind.options()
        if entry.standing is not None:
            made = _made(kind, entry.standing, top, problems)
            if isinstance(made, Section):
                standing[entry.key] = made
    for entry in newsletter.sections:
        if entry.replaces is not None and entry.replaces not in fields:
            place = entry.replaces.place if isinstance(entry.replaces, Scalar) else top
            problems.append(Problem("wrong-type", place, f"no section has the key `{entry.replaces}`", did_you_mean(entry.replaces, fields)))
    name = "".join(part.capitalize() for part in newsletter.slug.split("-")) + "Issue"
    model: type[Issue] = create_model(name, __base__=Issue, __doc__=f"An issue of {newsletter.name}.", **fields)
    model.section_keys = (*fields, "corrections")
    unusable = frozenset(entry.key for entry in newsletter.sections).difference(model.section_keys)
    return Catalogue(newsletter, model, options, standing, tuple(problems), unusable)


def issue_of(catalogue: Catalogue, value: Value, *, stem: str, pictures: Pictures, top: Place) -> tuple[Issue | None, tuple[Problem, ...], frozenset[str]]:
    """The issue that a draft's mapping holds, what is wrong with it, and the sections that had to be left out.

    A required section whose key has nothing behind it is left to the rules; it is no problem here.
    """
    filled = _without_empty_sections(catalogue, value)
    outcome = typed(catalogue.model, filled, top=top, salvage={"date": date.min})
    issue: Issue | None = outcome.made
    if issue is not None:
        sections: dict[str, Section] = {}
        for key in (entry.key for entry in catalogue.newsletter.sections if entry.key not in catalogue.unusable):
            section = getattr(issue, key, None)
            if section is None and key in catalogue.standing and key not in outcome.broken and not _replaced(catalogue, issue, key):
                section = catalogue.standing[key]
            if section is not None:
                sections[key] = section
        if issue.corrections is not None:
            sections["corrections"] = issue.corrections
        issue.placed(catalogue.newsletter, stem, sections, catalogue.options, pictures)
    return issue, outcome.problems, outcome.broken


def _taken_by_every_issue(key: str) -> str | None:
    """What a section's key would be in the way of; None where it is free."""
    if key in Issue.model_fields:
        return "a field of every issue"
    return "a word that Composer needs for itself" if hasattr(Issue, key) or key.startswith("_") else None


def _replaced(catalogue: Catalogue, issue: Issue, key: str) -> bool:
    others = (entry.key for entry in catalogue.newsletter.sections if entry.replaces == key and entry.key not in catalogue.unusable)
    return any(getattr(issue, other, None) is not None for other in others)


def is_empty_section(value: object) -> bool:
    """Whether a section's key has nothing behind it: no value, `null`, an empty text, or lists and mappings of nothing else."""
    if isinstance(value, Scalar):
        return not value.strip() or (value.is_plain and value in ("~", "null", "Null", "NULL"))
    if isinstance(value, dict):
        return all(map(is_empty_section, value.values()))
    return isinstance(value, list) and all(map(is_empty_section, value))


def _without_empty_sections(catalogue: Catalogue, value: Value) -> Any:
    if not isinstance(value, Mapping):
        return value
    empty = [key for key in catalogue.model.section_keys if key in value and is_empty_section(value[key])]
    if not empty:
        return value
    return value.holding({key: item for key, item in value.items() if key not in empty})


def _made(model: type[Typed], value: Any, top: Place, problems: list[Problem]) -> Any:
    if value is None:
        return None
    outcome = typed(model, value, top=top, explained=OF_SETTINGS)
    problems += outcome.problems
    return outcome.made


def _without_effect(entry: SectionEntry, kind: type[Section], top: Place) -> Iterator[Problem]:
    """Settings that sections of this type cannot follow; to pass over them would be to keep it from the newsroom."""
    if entry.heading is not None and not kind.headed:
        yield Problem("unknown-field", _place(entry, "heading", top), f"a section of the type `{entry.type}` prints no heading", "delete the line")
    if entry.min is not None and entry.max is not None and entry.min > entry.max:
        place = entry.origin.place_of_key("min") if isinstance(entry.origin, Mapping) else top
        yield Problem("wrong-type", place, f"no list has {entry.min} items or more and {entry.max} at most", "write the smaller number behind `min:`")
    for bound in ("min", "max"):
        if getattr(entry, bound) is not None and kind.counted is None:
            place = entry.origin.place_of_key(bound) if isinstance(entry.origin, Mapping) else top
            yield Problem("unknown-field", place, f"a section of the type `{entry.type}` has no items to count", "delete the line")


def _place(entry: SectionEntry, field: str, top: Place) -> Place:
    value = getattr(entry, field)
    return value.place if isinstance(value, Scalar) else top


def _first_line(kind: type[Section]) -> str:
    return (kind.__doc__ or "").strip().split("\n", 1)[0]
