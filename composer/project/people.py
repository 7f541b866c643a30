"""The people of a newsletter, and the names a byline may hold."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from composer.yaml_source.field_types import Address, Line, Url
from composer.yaml_source.typed import Typed


class Person(Typed):
    """Somebody who writes for the newsletter."""

    title: Line | None = Field(default=None, description="What they do.", examples=["China reporter"])
    email: Address | None = Field(default=None, description="Where readers may write to them.", examples=["wen@newsroom.example"])
    url: Url | None = Field(default=None, description="Their page.", examples=["https://newsroom.example/people/wen"])


def _names(value: Any) -> Any:
    return value if isinstance(value, (list, tuple)) else [value]


_SCHEMA = {"anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1}]}

# one name, or a list of names
Names = Annotated[list[Line], Field(min_length=1), BeforeValidator(_names), WithJsonSchema(_SCHEMA)]
