"""A body: Markdown text with typed blocks between its paragraphs."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Annotated, Any, ClassVar

from pydantic import Discriminator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, Tag, create_model
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

import composer.blocks
from composer.blocks.block import Block
from composer.discovery import module_names
from composer.prose.markdown import Prose
from composer.yaml_source.typed import Typed

_NOT_BLOCK_FILES = ("block", "body")
# A brief stands in lists of its own.
_NOT_IN_BODIES = ("brief",)


class InBody(Typed):
    """`- figure: {...}`: a block behind its name."""

    @property
    def block(self) -> Block:
        """The block itself."""
        return getattr(self, next(iter(type(self).model_fields)))  # type: ignore[no-any-return]


@cache
def block_types() -> dict[str, type[Block]]:
    """Every block type by its name: the files of this folder."""
    return {stem: _block_in(module) for stem, module in _modules().items()}


def _modules() -> dict[str, str]:
    """The module of each block type, by its file's name."""
    modules = {name.rsplit(".", 1)[-1]: name for name in module_names(composer.blocks)}
    return {stem: name for stem, name in modules.items() if stem not in _NOT_BLOCK_FILES}


def _block_in(module: str) -> type[Block]:
    return next(v for v in vars(import_module(module)).values() if isinstance(v, type) and issubclass(v, Block) and v.__module__ == module)


def blocks_of_bodies() -> dict[str, type[Block]]:
    """The block types that may stand in a body, by their names."""
    return {name: block for name, block in block_types().items() if name not in _NOT_IN_BODIES}


def names_of_blocks() -> list[str]:
    """The names of the block types that may stand in a body, for documentation; no block is imported for them."""
    return [stem for stem in _modules() if stem not in _NOT_IN_BODIES]


def _tag(value: Any) -> str:
    if isinstance(value, dict) and value:
        return str(next(iter(value)))
    return value.block.type if isinstance(value, InBody) else "text"


def _item_type() -> Any:
    choices: list[Any] = [Annotated[Prose, Tag("text")]]
    for name, block in blocks_of_bodies().items():
        title = f"{block.__name__}InBody"
        wrapper = create_model(title, __base__=InBody, __doc__=block.__doc__, **{name: (block, Field(description=block.__doc__))})  # type: ignore[call-overload]
        choices.append(Annotated[wrapper, Tag(name)])
    union = choices[0]
    for choice in choices[1:]:
        union = union | choice
    return Annotated[union, Discriminator(_tag)]


class _AnyBlock:
    """Stands in an annotation for the union of all block types, which only discovery knows."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler.generate_schema(_item_type())


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, (str, Prose)) else value


class _TextOrList:
    """Lets one Markdown text stand for a list of one, and says so in the JSON Schema."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_as_list, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string", "minLength": 1, "format": "markdown"}, handler(schema)]}


class Body(Typed):
    """A Markdown text, or a list of Markdown texts and blocks."""

    shorthand: ClassVar[str | None] = "items"
    only_shorthand: ClassVar[bool] = True

    items: Annotated[list[Annotated[Prose | InBody, _AnyBlock()]], _TextOrList()] = Field(min_length=1, description="Markdown texts and blocks, in order.")

    @property
    def parts(self) -> Iterator[Prose | Block]:
        """Texts and blocks in order."""
        return (item if isinstance(item, Prose) else item.block for item in self.items)

    @property
    def prose(self) -> list[Prose]:
        """Its Markdown texts."""
        return [item for item in self.items if isinstance(item, Prose)]
