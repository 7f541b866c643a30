"""Making models of what a file holds: each fault is said once, whichever models were made before."""

import pytest
from pydantic import Field, create_model

from composer.blocks.brief import Brief
from composer.yaml_source.reader import read_text
from composer.yaml_source.typed import Typed, typed


@pytest.mark.parametrize(("of", "text"), [(Brief, "item:\n  text: Words\n  mroe: []\n"), (list[Brief], "item:\n  - text: Words\n    mroe: [more]\n")])
def test_a_misspelt_field_is_said_once_by_a_model_that_is_made_after_its_parts(of: type, text: str) -> None:
    """pydantic then asks the part twice; a second newsletter's sections are such models."""
    assert Brief.model_validate("Words").mark is None
    root = read_text(text, "draft.yaml").root
    assert root is not None
    whole = create_model("Whole", __base__=Typed, item=(of, Field()))
    assert [(problem.kind, problem.place.line) for problem in typed(whole, root, top=root.source.top).problems] == [("unknown-field", 3)]
