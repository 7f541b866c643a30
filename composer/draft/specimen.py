"""Specimens: drafts that nobody wrote, made to show every section and block there is.

A newsletter's templates are tried with them, so that every word of a template that a valid draft can bring forth is
brought forth by one of them. The full one fills every field, from the examples that the models give; the bare one fills
only what must be there; the turned one fills every field in another way; the last one has no section with a headline
of its own.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, get_args, get_origin

from composer.blocks.body import blocks_of_bodies
from composer.draft.schema import Schema, schema_of, shape_of
from composer.issue.catalogue import Catalogue, catalogue_of, issue_of, section_type, section_types
from composer.issue.issue import Issue
from composer.issue.pictures import Pictures
from composer.project.newsletter import Newsletter, SectionEntry, SocialLink, Unsubscribe
from composer.project.newsroom import Publisher
from composer.sections.section import Section
from composer.yaml_source.reader import read_text

_DAY = date(2030, 3, 12)
_MARKDOWN = "A word with *stress*, a [link](https://newsroom.example/a?b=1&c=2) and `code`."
_LIST = "- one\n- two"
_BRIEF = (
    "[A line](https://newsroom.example/a) with its sources. ([The Specimen Morning Post](https://newsroom.example/b) $, The Specimen Evening Post, in French)"
)
_ADDRESS = "specimen@newsroom.example"
_LONG_MARKDOWN = f"## A subhead\n\n{_MARKDOWN}\n\n- one\n- two\n\n1. first\n\n> Somebody’s words.\n\n---\n\nThe end: 中文。"
# Fields that speak to Composer, not to readers.
_NOT_SHOWN = ("newsletter", "date", "slug", "send_at", "approvals")
# As deep as anything nests: a follow-up of a follow-up.
_DEEPEST = 2

# Which fields are filled, and in which way.
_Way = Literal["full", "bare", "turned"]


def specimens_of(newsletter: Newsletter) -> Iterator[Issue]:
    """A full, a bare and a turned issue with a section of every type, and a bare one of a single section that brings no headline.

    The full one's settings are filled in as well, and the turned one has other choices than the newsletter's: its
    sections stand in the opposite order and without headings. The bare ones have the newsletter's own.
    """
    whole = _with_every_type(newsletter)
    ways: list[tuple[Newsletter, _Way]] = [
        (_with_every_setting(whole), "full"),
        (whole, "bare"),
        (_turned(whole), "turned"),
        (_without_headline(whole), "bare"),
    ]
    for changed, way in ways:
        issue = _issue(catalogue_of(changed.called(newsletter.slug)), way)
        if issue is not None:
            yield issue


def _issue(catalogue: Catalogue, way: _Way) -> Issue | None:
    words = _Specimen(schema_of(catalogue), way).text
    document = read_text(words, "specimen")
    assert document.root is not None, "a specimen is well-formed"
    return issue_of(catalogue, document.root, stem=f"{_DAY}-specimen", pictures=Pictures(None), top=document.source.top)[0]


def _with_every_setting(newsletter: Newsletter) -> Newsletter:
    """The newsletter with what readers see of its settings, where it leaves that out."""
    address = "https://newsroom.example/specimen"
    settings = {
        "tagline": "Specimen",
        "view_online": address,
        "unsubscribe": Unsubscribe(url=address, manage_url=address),
        "publisher": Publisher(name="Specimen", postal_address="Specimen"),
        "legal_footer": "Specimen\nSpecimen",
        "social": [SocialLink(name="Mastodon", url=address), SocialLink(name="Specimen", url=address)],
        "imprint": newsletter.imprint.model_copy(update={"credits": newsletter.imprint.credits or "Specimen"}),
    }
    missing = {name: value for name, value in settings.items() if name == "imprint" or not getattr(newsletter, name)}
    return newsletter.model_copy(update=missing)


def _turned(newsletter: Newsletter) -> Newsletter:
    """The newsletter with the other choice wherever a setting has two, its sections turned round and without headings."""
    choices = {name: get_args(field.annotation) for name, field in Newsletter.model_fields.items() if get_origin(field.annotation) is Literal}
    others: dict[str, Any] = {name: next(choice for choice in of if choice != getattr(newsletter, name)) for name, of in choices.items()}
    sections = [entry.model_copy(update={"heading": None}) for entry in reversed(newsletter.sections)]
    return newsletter.model_copy(update={**others, "sections": sections})


def _without_headline(newsletter: Newsletter) -> Newsletter:
    """The newsletter with the first of its sections that brings no headline for the issue, and with no other."""
    quiet = [entry for entry in newsletter.sections if entry.type in section_types() and not section_type(entry.type).leads]
    return newsletter.model_copy(update={"sections": quiet[:1]})


def _with_every_type(newsletter: Newsletter) -> Newsletter:
    used = {entry.type for entry in newsletter.sections}
    missing = [name for name in section_types() if name not in used and name != "corrections"]
    added = [_entry(f"specimen_of_{name}", name, section_type(name)) for name in missing]
    return newsletter.model_copy(update={"sections": [*newsletter.sections, *added]})


def _entry(key: str, name: str, kind: type[Section]) -> SectionEntry:
    return SectionEntry(key=key, type=name, heading="Specimen" if kind.headed else None)


class _Specimen:
    """Fills a schema in."""

    def __init__(self, schema: Schema, way: _Way) -> None:
        self._definitions = schema["$defs"]
        self._full, self._turned = way == "full", way == "turned"
        self._every = way != "bare"
        fields = {"date": _DAY.isoformat(), "newsletter": schema["properties"]["newsletter"]["const"]}
        needed = schema.get("required", ())
        for key, field in schema["properties"].items():
            if key not in _NOT_SHOWN and (self._every or key in needed or self._is_section(field)):
                fields[key] = self._value(field, 0)
        # JSON is YAML, and says of every text that it is one.
        self.text = json.dumps(fields, ensure_ascii=False, indent=1)

    def _is_section(self, field: Schema) -> bool:
        return any("$ref" in choice for choice in field.get("anyOf", ()))

    def _value(self, field: Schema, depth: int) -> Any:
        name, shape = self._shape(field)
        if name == "Body":
            return self._body(depth)
        if "properties" in shape:
            # Where nothing must be there, something must: an empty section is none.
            needed = shape.get("required") or list(shape["properties"])[:1]
            deeper = depth + (name == "Brief")
            wanted = (k for k, f in shape["properties"].items() if k in needed or (self._every and not (deeper > _DEEPEST and _is_list(f))))
            return {k: self._value(shape["properties"][k], deeper) for k in wanted}
        if _is_list(shape):
            return self._list(field, shape, depth)
        return self._word(field, shape)

    def _list(self, field: Schema, shape: Schema, depth: int) -> list[Any]:
        """Three lines, or two of anything longer; one where little is enough."""
        fewest = max(field.get("minItems", 0), shape.get("minItems", 0), 1)
        if "$ref" in shape["items"]:
            return [self._short_brief(shape["items"]) if number == 1 else self._value(shape["items"], depth) for number in range(max(fewest, 1 + self._full))]
        listed = [*field.get("examples", ()), *shape.get("examples", ())]
        lines = listed[0] if listed and isinstance(listed[0], list) else listed or [self._word(shape["items"], shape["items"])]
        return [lines[number % len(lines)] for number in range(max(fewest, 3 if self._full else 1))]

    def _short_brief(self, item: Schema) -> Any:
        """The second of two: a brief as one line, with its source in brackets; anything else as the first."""
        return _BRIEF if self._shape(item)[0] == "Brief" else self._value(item, _DEEPEST)

    def _word(self, field: Schema, shape: Schema) -> str:
        examples = [*field.get("examples", ()), *shape.get("examples", ()), *shape.get("enum", ())]
        if self._turned and _is_number(shape):
            return _smallest(shape)
        if self._turned and shape.get("format") == "email":
            return _ADDRESS
        if examples:
            return str(examples[0])
        return _MARKDOWN if shape.get("format") == "markdown" else "Specimen"

    def _body(self, depth: int) -> Any:
        if not self._full:
            return _LIST if self._turned else _MARKDOWN
        parts: list[Any] = [_LONG_MARKDOWN]
        for name, block in blocks_of_bodies().items():
            shape = self._definitions.get(block.__name__, {"properties": {}})
            everything = self._value(shape, depth)
            small = {k: _smallest(shape["properties"][k]) if _is_number(shape["properties"][k]) else value for k, value in everything.items()}
            parts += [
                {name: everything},
                {name: {k: everything[k] for k in shape.get("required", ())}},
                *([{name: small}] if small != everything else []),
                _MARKDOWN,
            ]
        return parts

    def _shape(self, field: Schema) -> tuple[str, Schema]:
        """The name of the model behind a field and its longest form; Body's own where it is one."""
        return shape_of(field, self._definitions, _longest if self._every else _first_whole, whole="Body")


def _longest(choices: list[Schema]) -> Schema:
    return next((choice for choice in choices if _is_model(choice)), next((choice for choice in choices if _is_list(choice)), choices[0]))


def _first_whole(choices: list[Schema]) -> Schema:
    return next((choice for choice in choices if _is_model(choice)), choices[0])


def _is_model(choice: Schema) -> bool:
    return "properties" in choice or "$ref" in choice


def _smallest(shape: Schema) -> str:
    """The smallest number that a field takes."""
    return str(shape.get("minimum", shape.get("exclusiveMinimum", 0) + 1))


def _is_number(shape: Schema) -> bool:
    return "integer" in shape.get("type", ())


def _is_list(shape: Schema) -> bool:
    return shape.get("type") == "array" or "array" in shape.get("type", ())
