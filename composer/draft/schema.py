"""The JSON Schema of a newsletter's drafts, for completion and hints in editors.

Made from the same models that read a draft. It is a little more lenient than they are, never stricter: what the
checks accept must not be underlined by an editor.
"""

import json
from collections.abc import Callable
from typing import Any

from composer.issue.catalogue import Catalogue
from composer.project.newsletter import Newsletter, SectionEntry

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]
_NOTHING = {"type": "null"}

# Composer reads every scalar as text first; an editor sees `number: 42` as an integer and `headline: 1984` as one too.
_MOMENT = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}"
_TRUE_OR_FALSE = ["true", "false", "yes", "no", "on", "off"]


def shape_of(field: Schema, definitions: dict[str, Schema], choose: Callable[[list[Schema]], Schema], whole: str = "") -> tuple[str, Schema]:
    """What a field of the schema is, references followed and one of several forms chosen: the last model's name, and the form.

    The model called `whole` is not taken apart.
    """
    name = ""
    while "$ref" in field or "anyOf" in field:
        if "$ref" in field:
            name = field["$ref"].rsplit("/", 1)[-1]
            field = definitions[name]
            if name == whole:
                break
        else:
            field = choose(field["anyOf"])
    return name, field


def schema_of(catalogue: Catalogue) -> Schema:
    """The schema of one newsletter's drafts: its sections with their bounds, what is required, every field described."""
    newsletter = catalogue.newsletter
    made = catalogue.model.model_json_schema()
    definitions = {name: _for_editors(definition) for name, definition in made.pop("$defs", {}).items()}
    properties = {key: _for_editors(field) for key, field in made["properties"].items()}
    for entry in newsletter.sections:
        if entry.key in properties:
            properties[entry.key] = _with_bounds(properties[entry.key], entry)
    properties["newsletter"] = {"const": newsletter.slug, "description": properties["newsletter"]["description"]}
    if newsletter.people:
        properties["byline"]["examples"] = list(newsletter.people)
    required, either = _required(newsletter, properties)
    properties.update({key: _without_nothing(properties[key]) for key in required})
    schema = {
        "$schema": DIALECT,
        "title": f"{newsletter.name}: a draft",
        "description": f"{made.get('description', '')} Made by `composer schema` from newsletter.yaml; do not edit.".strip(),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
        "$defs": definitions,
    }
    if either:
        schema["allOf"] = [{"anyOf": [{"required": [key]} for key in keys]} for keys in either]
    return schema


def schema_text(catalogue: Catalogue) -> str:
    """The schema as it is kept in schemas/<newsletter>.json."""
    return json.dumps(schema_of(catalogue), ensure_ascii=False, indent=2) + "\n"


def _required(newsletter: Newsletter, properties: Schema) -> tuple[list[str], list[list[str]]]:
    """The keys that every draft has, and groups of keys of which it has at least one."""
    required = ["date", "subject", "preheader"]
    if newsletter.byline == "required":
        required.append("byline")
    either = []
    for entry in newsletter.sections:
        if not entry.required or entry.standing is not None or entry.key not in properties:
            continue
        substitutes = [other.key for other in newsletter.sections if other.replaces == entry.key]
        if substitutes:
            either.append([entry.key, *substitutes])
        else:
            required.append(entry.key)
    return required, either


def _with_bounds(field: Schema, entry: SectionEntry) -> Schema:
    """A section with the fewest and most items, whether it is written as a list or as a mapping with `items`."""
    bounds = {name: bound for name, bound in (("minItems", entry.min), ("maxItems", entry.max)) if bound is not None}
    return {**field, **bounds, "properties": {"items": bounds}} if bounds else field


def _without_nothing(field: Schema) -> Schema:
    """A field that every draft has: its key with nothing behind it will not do."""
    kinds = field.get("type")
    if isinstance(kinds, list):
        return {**field, "type": [kind for kind in kinds if kind != "null"]}
    if "anyOf" in field:
        return {**field, "anyOf": [choice for choice in field["anyOf"] if choice != _NOTHING]}
    return field


def _or_nothing(field: Schema) -> Schema:
    """A field that may be left empty: its key is then as good as absent."""
    kinds = field.get("type")
    if kinds is not None:
        kinds = kinds if isinstance(kinds, list) else [kinds]
        return {**field, "type": kinds if "null" in kinds else [*kinds, "null"]}
    choices = field.get("anyOf")
    if choices is None:
        return field
    return field if _NOTHING in choices else {**field, "anyOf": [*choices, _NOTHING]}


def _for_editors(schema: Any) -> Any:
    """A part of Pydantic's schema without its own names, and with the types that an editor takes unquoted words for."""
    if isinstance(schema, list):
        return [_for_editors(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    cleaned = {key: _part(key, part) for key, part in schema.items() if key not in ("title", "default", "discriminator")}
    choices = cleaned.get("anyOf")
    if isinstance(choices, list) and len(choices) == 1:
        cleaned = {**choices[0], **{key: part for key, part in cleaned.items() if key != "anyOf"}}
    if isinstance(choices, list) and len(choices) == 2 and choices[1] == _NOTHING and "type" in choices[0]:
        cleaned = _or_nothing({**choices[0], **{key: part for key, part in cleaned.items() if key != "anyOf"}})
    if "properties" in cleaned:
        must = cleaned.get("required", ())
        cleaned["properties"] = {name: field if name in must else _or_nothing(field) for name, field in cleaned["properties"].items()}
    return _with_unquoted(cleaned)


def _part(key: str, part: Any) -> Any:
    if key in ("properties", "$defs", "patternProperties"):
        return {name: _for_editors(inner) for name, inner in part.items()}
    return part if key in ("examples", "required", "enum", "const", "description") else _for_editors(part)


def _with_unquoted(schema: Schema) -> Schema:
    """Types and formats no stricter than the reader's."""
    kind, form = schema.get("type"), schema.get("format")
    if kind == "string" and form in (None, "markdown"):
        return {**schema, "type": ["string", "number"]}
    if form == "date-time":
        # Seconds and a time zone may be left out, which the format does not allow.
        return {**{key: part for key, part in schema.items() if key != "format"}, "pattern": _MOMENT}
    if form == "uri-reference":
        # Chinese characters may stand in an address.
        return {**schema, "format": "iri-reference"}
    if kind == "integer":
        return {**schema, "type": ["integer", "string"], "pattern": "^[0-9]+$"}
    if kind == "boolean":
        return {**{key: part for key, part in schema.items() if key != "type"}, "anyOf": [{"type": "boolean"}, {"enum": _TRUE_OR_FALSE}]}
    return schema
