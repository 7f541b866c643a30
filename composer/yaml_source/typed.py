"""The base of every model read from YAML: it remembers its place and reports faults as problems.

`typed(model, value)` is the one way from what a file holds to a model's instance.
"""

from collections.abc import Callable, Mapping as AnyMapping
from typing import Any, ClassVar, NamedTuple, Self, TypeVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, PrivateAttr, ValidationError, ValidationInfo, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from composer.discovery import did_you_mean
from composer.finding import Problem
from composer.place import Place
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value, is_empty

Path = tuple[str | int, ...]


class Typed(BaseModel):
    """A model of a part of a YAML file.

    `shorthand` names the field that a bare text or list fills, so that `catch_up: [...]` means
    `catch_up: {items: [...]}`; both may be typed, but only the short form is documented with `only_shorthand`.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True, arbitrary_types_allowed=True, populate_by_name=True, serialize_by_alias=True)
    shorthand: ClassVar[str | None] = None
    only_shorthand: ClassVar[bool] = False
    _origin: Value | None = PrivateAttr(default=None)

    @property
    def origin(self) -> Value | None:
        """What was typed in the file for it; None for a model made in Python."""
        return self._origin

    @model_validator(mode="wrap")
    @classmethod
    def _from_yaml(cls, data: Any, handler: Callable[[Any], Self], info: ValidationInfo) -> Self:
        if isinstance(data, cls):
            return data
        given = data
        if not isinstance(data, dict):
            if cls.shorthand is None:
                raise PydanticCustomError("wrong_type", "{expected}", {"expected": f"a mapping is expected here, with the fields `{'`, `'.join(cls._known_keys())}`"})
            given = {cls.shorthand: data}
        elif isinstance(data, Mapping):
            given = {key: value for key, value in data.items() if not is_empty(value)}
        unknown = [key for key in given if key not in cls._known_keys()]
        if unknown:
            _report_unknown(unknown, given, cls._known_keys(), info)
        made = handler(given)
        if isinstance(data, (Mapping, Sequence, Scalar)):
            made._origin = data
        return made

    @classmethod
    def _known_keys(cls) -> tuple[str, ...]:
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler(core_schema)
        resolved = handler.resolve_ref_schema(schema)
        resolved["additionalProperties"] = False
        if cls.shorthand is None:
            return schema
        short = dict(resolved["properties"][cls.shorthand])
        short.pop("title", None)
        whole = dict(resolved)
        forms = [short] if cls.only_shorthand else [short, whole]
        resolved.clear()
        resolved.update({"description": whole.get("description", ""), "anyOf": forms})
        return schema


def _report_unknown(unknown: list[str], given: AnyMapping[str, Any], known: tuple[str, ...], info: ValidationInfo) -> None:
    if not isinstance(info.context, list):
        raise PydanticCustomError("unknown_field", "unknown field `{name}`", {"name": unknown[0]})
    for key in unknown:
        value = given[key]
        info.context.append((key, value, [name for name in known if name not in given] or list(known)))


T = TypeVar("T", bound=Typed)


class Outcome(NamedTuple):
    """A model made from a file's mapping: None where it could not be, with all that was wrong."""

    made: Any
    problems: tuple[Problem, ...]
    broken: tuple[Path, ...] = ()


def typed(model: type[T], value: Value, *, top: Place, salvage: AnyMapping[str, Any] | None = None) -> Outcome:
    """Make `model` of a mapping.

    With `salvage`, what is wrong is reported and left out, so that the rest can still be read; it holds stand-ins
    for the fields that a model cannot be without. `broken` then names the first keys that were left out.
    """
    problems: list[Problem] = []
    broken: list[Path] = []
    data: Any = value
    for attempt in range(20):
        unknown: list[tuple[str, Any, list[str]]] = []
        try:
            made = model.model_validate(data, context=unknown)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            # What follows from leaving something out is no fault of the writer's.
            if attempt == 0:
                problems += [_problem(value, e, top) for e in errors]
                problems += _unknown_fields(value, unknown)
            if salvage is None:
                return Outcome(None, _sorted(problems))
            for e in errors:
                removed = tuple(e["loc"][:1])
                broken.append(removed)
                data = _without(data, removed, salvage)
            if data is None:
                return Outcome(None, _sorted(problems), tuple(broken))
            continue
        if attempt == 0:
            problems += _unknown_fields(value, unknown)
        if isinstance(value, Mapping):
            made._origin = value
        return Outcome(made, _sorted(problems), tuple(broken))
    return Outcome(None, _sorted(problems), tuple(broken))


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda p: (p.place.line, p.place.column)))


def _without(data: Any, path: Path, stand_ins: AnyMapping[str, Any]) -> Any:
    if not path or not isinstance(data, dict):
        return None
    if path[0] in stand_ins:
        return {**data, path[0]: stand_ins[str(path[0])]}
    return {key: item for key, item in data.items() if key != path[0]} if path[0] in data else None


def _unknown_fields(root: Value, unknown: list[tuple[str, Any, list[str]]]) -> list[Problem]:
    problems = []
    places = _key_places(root) if unknown else {}
    for key, value, known in unknown:
        place = places.get((key, id(value)))
        if place is not None:
            problems.append(Problem("unknown-field", place, f"`{key}` is not a field here", did_you_mean(key, known)))
    return problems


def _key_places(root: Value) -> dict[tuple[str, int], Place]:
    """Where every key stands, by its name and the identity of its value."""
    places: dict[tuple[str, int], Place] = {}
    waiting: list[Value] = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            for key, item in value.items():
                places[key, id(item)] = value.place_of_key(key)
                waiting.append(item)
        elif isinstance(value, Sequence):
            waiting += value
    return places


_WORDS = {
    "model_type": "a mapping of fields is expected here",
    "list_type": "a list is expected here, each item on its own line behind `- `",
    "dict_type": "a mapping is expected here: `name: value` lines, indented",
    "int_parsing": "a whole number is expected here, such as 12",
    "float_parsing": "a number is expected here, such as 1.5",
    "bool_parsing": "`true` or `false` is expected here",
    "literal_error": "one of {expected} is expected here",
    "string_type": "a text is expected here",
}


def _problem(root: Value, error: Any, top: Place) -> Problem:
    parent, key, found = _walk(root, error["loc"])
    kind, words = error["type"], error["msg"]
    if kind == "missing":
        place = place_of_missing(parent, str(key), top)
        return Problem("missing-field", place, f"`{key}` is missing", f"add a line `{key}: …`")
    if kind == "empty_text":
        return Problem("missing-field", found.place if found is not None else top, f"`{key}` is empty", f"write the text behind `{key}:`")
    if kind == "union_tag_invalid" and isinstance(found, Mapping):
        name = next(iter(found.key_scalars))
        kinds = [tag.strip("' ") for tag in error["ctx"]["expected_tags"].split(",")]
        return Problem("unknown-field", found.place_of_key(name), f"`{name}` is not a kind of block", did_you_mean(name, [k for k in kinds if k != "text"]))
    message = _WORDS.get(kind, words).format_map(_Lenient(error.get("ctx", {})))
    if found is not None:
        place = found.place
    elif isinstance(parent, Mapping) and isinstance(key, str) and key in parent.key_scalars:
        place = parent.place_of_key(key)
    else:
        place = parent.place if parent is not None else top
    help = str(error.get("ctx", {}).get("help", "")) or "see the field's description: composer schema, or docs/draft-format.md"
    return Problem("wrong-type", place, message, help)


class _Lenient(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def place_of_missing(parent: Value | None, key: str, top: Place) -> Place:
    """Where a missing child is reported: at its own empty key, else at its parent's key or item, else at the top."""
    if isinstance(parent, Mapping) and key in parent.key_scalars:
        return parent.place_of_key(key)
    if parent is None or parent.is_root:
        return top
    return parent.key.place if parent.key is not None else parent.place


def _walk(root: Value, path: Path) -> tuple[Value | None, str | int, Value | None]:
    """Follow a validation error's path; parts that stand only in the model (tags, shorthands) are passed over."""
    parent: Value | None = None
    key: str | int = path[-1] if path else ""
    value: Value | None = root
    for part in path:
        if (isinstance(value, Mapping) and isinstance(part, str) and part in value) or (isinstance(value, Sequence) and isinstance(part, int) and part < len(value)):
            parent, value = value, value[part]
    if path and isinstance(path[-1], str) and isinstance(value, Mapping) and path[-1] not in value:
        return value, path[-1], None
    return parent, key, value
