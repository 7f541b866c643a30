"""The contract of a block: a typed part of a section's body, written `- figure: {...}` in a draft."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, ClassVar

from composer.prose.markdown import Prose
from composer.yaml_source.typed import Typed

# Most fields hold a text or nothing, and are passed over before a generator is made for them.
_HOLDS_MODELS = (Typed, list, tuple)


class Block(Typed):
    """A block. Its `type` is the name of its file, its key in a body and the name of its template."""

    type: ClassVar[str]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.type = cls.__module__.rsplit(".", 1)[-1]


# Every newsletter has a model of its own, which a preview that stays open makes anew with every save.
@lru_cache(maxsize=256)
def fields_of(model: type[Typed]) -> tuple[str, ...]:
    """The names of a model's fields; pydantic asks for them through two descriptors each time."""
    return tuple(model.model_fields)


def texts_in(value: object) -> Iterator[Prose | str]:
    """Every text that a model holds, in the order of its fields: prose as Prose, plain lines as str."""
    if isinstance(value, (Prose, str)):
        yield value
    elif isinstance(value, Typed):
        for name in fields_of(type(value)):
            yield from texts_in(getattr(value, name))
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)


def models_in(value: object) -> Iterator[Typed]:
    """Every model that a model holds, itself first, in the order of their fields."""
    if isinstance(value, Typed):
        yield value
        for name in fields_of(type(value)):
            inner = getattr(value, name)
            if isinstance(inner, _HOLDS_MODELS):
                yield from models_in(inner)
    elif isinstance(value, (list, tuple)):
        for item in value:
            if isinstance(item, _HOLDS_MODELS):
                yield from models_in(item)
