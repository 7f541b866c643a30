"""Specimens show all there is: every section type, every block, in the full one every field, and the other way round."""

import pytest

from composer.blocks.block import models_in
from composer.blocks.body import block_types
from composer.draft.specimen import specimens_of
from composer.issue.catalogue import section_types
from composer.issue.issue import Issue
from composer.yaml_source.typed import Typed
from tests.cases.newsroom import NEWSLETTERS, own_project


def specimens(slug: str) -> list[Issue]:
    newsletter = own_project().newsletter(slug)
    assert newsletter is not None
    return list(specimens_of(newsletter))


@pytest.mark.parametrize("slug", NEWSLETTERS)
def test_each_has_its_sections(slug: str) -> None:
    full, bare, turned, headless = specimens(slug)
    assert {section.type for section in full.sections.values()} == set(section_types())
    assert {section.type for section in bare.sections.values()} >= set(section_types()) - {"corrections"}
    keys = [key for key in full.sections if key != "corrections"]
    assert [key for key in turned.sections if key != "corrections"] == keys[::-1]
    assert headless.sections
    assert not any(section.leads for section in headless.sections.values())


@pytest.mark.parametrize("slug", NEWSLETTERS)
def test_the_turned_one_has_the_other_settings(slug: str) -> None:
    full, bare, turned, _ = specimens(slug)
    assert full.of.direction == bare.of.direction != turned.of.direction
    assert full.of.nameplate == bare.of.nameplate != turned.of.nameplate
    assert not any(entry.heading for entry in turned.of.sections)
    assert turned.of.slug == slug


@pytest.mark.parametrize("slug", NEWSLETTERS)
def test_the_full_one_has_every_block_and_every_field(slug: str) -> None:
    full, *_ = specimens(slug)
    models = [model for section in full.sections.values() for model in models_in(section)]
    assert set(block_types().values()) <= {type(model) for model in models}
    filled: dict[type[Typed], set[str]] = {}
    for model in models:
        filled.setdefault(type(model), set()).update(name for name in type(model).model_fields if getattr(model, name) not in (None, [], ()))
    empty = {f"{model.__name__}.{name}" for model, names in filled.items() for name in set(model.model_fields) - names}
    assert empty == set()


def test_making_one_changes_nothing_of_the_newsletter() -> None:
    newsletter = own_project().newsletter(NEWSLETTERS[0])
    assert newsletter is not None
    before = newsletter.model_dump_json()
    list(specimens_of(newsletter))
    assert newsletter.model_dump_json() == before
