"""The base of every model read from YAML: it remembers its place and reports faults as problems.

`typed(model, value)` is the one way from what a file holds to a model's instance.
"""

from collections.abc import Callable, KeysView, Mapping as AnyMapping
from functools import cached_property, lru_cache
from typing import Any, ClassVar, NamedTuple, Self, TypeVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, ValidationError, ValidationInfo, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from composer.finding import Problem
from composer.place import Place
from composer.yaml_source.field_names import field_meant
from composer.yaml_source.validation_problems import OF_DRAFTS, Path, UnknownKey, problems_of_errors
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value, is_empty


class Typed(BaseModel):
    """A model of a part of a YAML file.

    `shorthand` names the field that a bare text or list fills, so that `catch_up: [...]` means
    `catch_up: {items: [...]}`; both may be typed, but only the short form is documented with `only_shorthand`.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True, arbitrary_types_allowed=True, populate_by_name=True, serialize_by_alias=True)
    shorthand: ClassVar[str | None] = None
    only_shorthand: ClassVar[bool] = False

    @cached_property
    def origin(self) -> Value | None:
        """What was typed in the file for it; None for a model made in Python."""
        # `_from_yaml` puts it where a cached property looks first. A private attribute of pydantic's takes three
        # microseconds to make, a dozen times as long, and one more whenever a rule asks for it.
        return None

    @model_validator(mode="wrap")
    @classmethod
    def _from_yaml(cls, data: Any, handler: Callable[[Any], Self], info: ValidationInfo) -> Self:
        given = data
        # Asking whether it is a model comes last: pydantic answers in Python, the other questions are answered at once.
        if isinstance(data, Mapping):
            # Always a plain mapping: pydantic may come here a second time with it, and what is wrong was said of the file's own.
            given = dict(data) if all(data.values()) else {key: value for key, value in data.items() if not is_empty(value)}
        elif not isinstance(data, dict):
            if isinstance(data, cls):
                return data
            if cls.shorthand is None:
                if isinstance(data, str) and not data.strip():
                    raise PydanticCustomError("empty_text", "empty")
                raise PydanticCustomError("wrong_type", "{expected}", _expected_fields(tuple(cls._known_keys())))
            given = {cls.shorthand: data}
        if cls.only_shorthand and cls.shorthand not in given:
            raise PydanticCustomError("wrong_type", "{expected}", _expected_list(data))
        known = cls._known_keys()
        if not given.keys() <= known:
            unknown = [key for key in given if key not in known]
            _report_unknown(unknown, data if isinstance(data, Mapping) else given, tuple(known), info)
        made = handler(given)
        if isinstance(data, (Mapping, Sequence, Scalar)):
            made.__dict__["origin"] = data
        return made

    # Every newsletter has a model of its own, which a preview that stays open makes anew with every save.
    @classmethod
    @lru_cache(maxsize=256)
    def _known_keys(cls) -> KeysView[str]:
        return {field.alias or name: None for name, field in cls.model_fields.items()}.keys()

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


def _expected_fields(known: tuple[str, ...]) -> dict[str, str]:
    fields = " and ".join(f"`{name}:`" for name in known) if len(known) < 3 else ", ".join(f"`{name}:`" for name in known)
    return {"expected": f"this part has fields of its own: {fields}", "help": f"indent them beneath the key, each on its line, beginning with `{known[0]}: …`"}


def _expected_list(data: AnyMapping[str, Any]) -> dict[str, str]:
    first = next(iter(data), "…")
    return {
        "expected": "a text or a list is expected here, not a mapping",
        "help": f"begin an item of its own with a dash: `- {first}: …`, and indent what belongs to it",
    }


def _report_unknown(unknown: list[str], parent: AnyMapping[str, Any], known: tuple[str, ...], info: ValidationInfo) -> None:
    if not isinstance(info.context, list):
        raise PydanticCustomError("unknown_field", "unknown field `{name}`", {"name": unknown[0]})
    open_fields = [name for name in known if name not in parent] or list(known)
    info.context.extend(UnknownKey(parent, key, open_fields) for key in unknown)


T = TypeVar("T", bound=Typed)


class Outcome(NamedTuple):
    """A model made from a file's mapping: None where it could not be, with all that was wrong."""

    made: Any
    problems: tuple[Problem, ...]
    broken: frozenset[str] = frozenset()


def typed(model: type[T], value: Value, *, top: Place, salvage: AnyMapping[str, Any] | None = None, explained: str = OF_DRAFTS) -> Outcome:
    """Make `model` of a mapping.

    With `salvage`, what is wrong is reported and left out, so that the rest can still be read; it holds stand-ins
    for the fields that a model cannot be without. `explained` says where a writer may read on. `broken` names the first keys from which something was left out.
    """
    problems: list[Problem] = []
    broken: list[str] = []
    data: Any = value
    for attempt in range(_MOST_ATTEMPTS):
        unknown: list[UnknownKey] = []
        errors: list[Any] = []
        made: T | None = None
        try:
            made = model.model_validate(data, context=unknown)
        except ValidationError as error:
            errors = error.errors(include_url=False)
        # What follows from leaving something out is no fault of the writer's.
        if attempt == 0 and (errors or unknown):
            problems = problems_of_errors(value, errors, unknown, top, explained)
            broken += [near for near in (field_meant(u.key, u.known) for u in unknown if u.parent is value) if near]
        if made is not None:
            if isinstance(value, Mapping):
                # A copy was validated where something was left out; the file's own mapping is what it came from.
                made.__dict__["origin"] = value
            return Outcome(made, tuple(problems), frozenset(broken))
        if salvage is None:
            break
        broken += [str(error["loc"][0]) for error in errors if error["loc"]]
        data = _salvaged(data, [error["loc"] for error in errors], salvage)
        if data is None:
            break
    return Outcome(None, tuple(problems), frozenset(broken))


# Each attempt leaves out everything that was wrong; what is then wrong follows from it, a few levels up at most.
_MOST_ATTEMPTS = 8


def _salvaged(data: Any, paths: list[Path], stand_ins: AnyMapping[str, Any]) -> Any:
    """The data without what stands at these paths: without a list's item where there is one, else without the first key."""
    if not isinstance(data, dict) or not all(paths):
        return None
    kept = dict(data)
    for key in dict.fromkeys(str(path[0]) for path in paths):
        below = [path[1:] for path in paths if str(path[0]) == key]
        rest = _without_items(kept.get(key), below)
        if key in stand_ins:
            kept[key] = stand_ins[key]
        elif rest is None:
            kept.pop(key, None)
        else:
            kept[key] = rest
    return kept


def _without_items(value: Any, paths: list[Path]) -> Any:
    """A section's value without the list items that the paths lead into; None where a path leads into none."""
    if isinstance(value, Sequence):
        indices = [next((part for part in path if isinstance(part, int)), None) for path in paths]
        items = [item for index, item in enumerate(value) if index not in indices]
        return value.holding(items) if items and None not in indices else None
    if isinstance(value, Mapping):
        names = {next((str(part) for part in path if part in value), None) for path in paths}
        if len(names) != 1 or None in names:
            return None
        (name,) = names
        rest = _without_items(value[str(name)], [path[path.index(name) + 1 :] for path in paths])
        return None if rest is None else value.holding({**value, str(name): rest})
    return None
