"""What pydantic says against a file's values, as problems at their places in the words of a newsroom."""

from typing import Any, NamedTuple

from composer.discovery import did_you_mean
from composer.finding import Problem
from composer.place import Place
from composer.yaml_source.field_names import did_you_mean_field, field_meant
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value

Path = tuple[str | int, ...]


class UnknownKey(NamedTuple):
    """A key that its model does not have, with the mapping it stands in and the fields it may have meant."""

    parent: Any
    key: str
    known: list[str]


# Where a field of a draft is explained, and where one of newsletter.yaml or newsroom.yaml.
OF_DRAFTS = "composer schema NEWSLETTER explains every field, with an example"
OF_SETTINGS = "Composer's docs/newsletters.md explains every field, with an example"


def problems_of_errors(root: Value, errors: list[Any], unknown: list[UnknownKey], top: Place, explained: str = OF_DRAFTS) -> list[Problem]:
    """All that is wrong, in the file's order. A missing field that is only misspelt is one fault, not two."""
    misspelt = {(id(u.parent), field_meant(u.key, u.known)) for u in unknown}
    problems = [_unknown_field(u) for u in unknown if isinstance(u.parent, Mapping)]
    for error in errors:
        parent, key, _ = _walk(root, error["loc"])
        if error["type"] != "missing" or (id(parent), key) not in misspelt:
            problems.append(_problem(root, error, top, explained))
    return sorted(problems, key=lambda p: (p.place.line, p.place.column))


def _unknown_field(unknown: UnknownKey) -> Problem:
    return Problem(
        "unknown-field", unknown.parent.place_of_key(unknown.key), f"`{unknown.key}` is not a field here", did_you_mean_field(unknown.key, unknown.known)
    )


_WORDS = {
    "model_type": "a mapping of fields is expected here",
    "list_type": "a list is expected here, each item on its own line behind `- `",
    "dict_type": "a mapping is expected here: `name: value` lines, indented",
    "int_type": "a whole number is expected here, such as 12",
    "int_parsing": "a whole number is expected here, such as 12",
    "int_parsing_size": "a whole number is expected here, such as 12",
    "float_type": "a number is expected here, such as 1.5",
    "float_parsing": "a number is expected here, such as 1.5",
    "bool_type": "`true` or `false` is expected here",
    "bool_parsing": "`true` or `false` is expected here",
    "greater_than": "a number over {gt} is expected here",
    "greater_than_equal": "a number of {ge} or more is expected here",
    "less_than_equal": "a number of {le} or less is expected here",
    "too_short": "this list needs {min_length} or more items",
    "too_long": "this list may have {max_length} items at most",
    "literal_error": "one of {expected} is expected here",
    "string_type": "a text is expected here",
}


def _problem(root: Value, error: Any, top: Place, explained: str) -> Problem:
    parent, key, found = _walk(root, error["loc"])
    kind, words = error["type"], error["msg"]
    if kind == "missing":
        place = place_of_missing(parent, str(key), top)
        is_typed = isinstance(parent, Mapping) and key in parent.key_scalars
        return Problem("missing-field", place, f"`{key}` is missing", f"write it behind `{key}:`" if is_typed else f"add a line `{key}: …`")
    if kind == "empty_text" or (kind == "too_short" and found is not None and not found):
        return _empty_text(key, found, top)
    if kind == "union_tag_invalid" and isinstance(found, Mapping):
        name = next(iter(found.key_scalars))
        kinds = [tag.strip("' ") for tag in error["ctx"]["expected_tags"].split(",")]
        return Problem("unknown-field", found.place_of_key(name), f"`{name}` is not a kind of block", did_you_mean(name, [k for k in kinds if k != "text"]))
    # Only our own words hold fields to fill in; a writer's own braces may stand in the others.
    message = _WORDS[kind].format_map(_Lenient(error.get("ctx", {}))) if kind in _WORDS else words
    if found is not None:
        place = found.place
    elif isinstance(parent, Mapping) and isinstance(key, str) and key in parent.key_scalars:
        place = parent.place_of_key(key)
    else:
        place = parent.place if parent is not None else top
    help = str(error.get("ctx", {}).get("help", "")) or explained
    return Problem("wrong-type", place, message, help)


def _empty_text(key: str | int, found: Value | None, top: Place) -> Problem:
    """Quotes or brackets with nothing between them; the error's own key may be one that stands only in the model."""
    place = found.place if found is not None else top
    if isinstance(found, Scalar) and found.key is None and not found.is_root:
        return Problem("missing-field", place, "this item is empty", "write the text behind the dash, or delete the line")
    name = found.key if found is not None and found.key is not None else key
    return Problem("missing-field", place, f"`{name}` is empty", f"write the text behind `{name}:`")


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
        child = _child(value, part)
        if child is not None:
            parent, value = value, child
    if path and isinstance(path[-1], str) and isinstance(value, Mapping) and path[-1] not in value:
        return value, path[-1], None
    return parent, key, value


def _child(value: Value | None, part: str | int) -> Value | None:
    """What a part of a path leads to; None where it stands only in the model."""
    if isinstance(value, Mapping):
        return value.get(part) if isinstance(part, str) else None
    if isinstance(value, Sequence):
        return value[part] if isinstance(part, int) and part < len(value) else None
    return None
