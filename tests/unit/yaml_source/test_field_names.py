"""Which field a key was meant to be."""

import pytest

from composer.yaml_source.field_names import did_you_mean_field, field_meant

STORY = ("headline", "body", "url", "byline", "note", "more")


@pytest.mark.parametrize(
    ("key", "meant"),
    [("headlin", "headline"), ("title", "headline"), ("Author", "byline"), ("link", "url"), ("see-also", "more"), ("text", "body"), ("colour", None)],
)
def test_the_field_meant(key: str, meant: str | None) -> None:
    assert field_meant(key, STORY) == meant


def test_spelling_comes_before_meaning() -> None:
    assert field_meant("links", ("url", "link")) == "link"


def test_a_word_for_two_fields_is_no_hint() -> None:
    assert field_meant("address", ("url", "link")) is None
    assert did_you_mean_field("address", ("url", "link")) == "known here: `url`, `link`"


def test_a_word_for_a_field_of_another_place() -> None:
    assert field_meant("author", ("question", "invitation")) is None
