"""Specimens: drafts that nobody wrote, made to show every section and block there is.

A newsletter's templates are tried with them. The full one fills every field, from the examples that the models give;
the bare one fills only what must be there.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from composer.blocks.body import block_types
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
_LONG_MARKDOWN = f"## A subhead\n\n{_MARKDOWN}\n\n- one\n- two\n\n1. first\n\n> Somebody’s words.\n\n---\n\nThe end: 中文。"
# Fields that speak to Composer, not to readers.
_NOT_SHOWN = ("newsletter", "date", "slug", "send_at", "approvals")
# As deep as anything nests: a follow-up of a follow-up.
_DEEPEST = 2


def specimens_of(newsletter: Newsletter) -> Iterator[Issue]:
    """A full and a bare issue with every section that the newsletter has, and one of each type that it has not.

    The full one's settings are filled in as well; the bare one has the newsletter's own.
    """
    whole = _with_every_type(newsletter)
    for full in (True, False):
        issue = _issue(catalogue_of(_with_every_setting(whole) if full else whole), full=full)
        if issue is not None:
            yield issue


def _issue(catalogue: Catalogue, *, full: bool) -> Issue | None:
    words = _Specimen(schema_of(catalogue), full=full).text
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


def _with_every_type(newsletter: Newsletter) -> Newsletter:
    used = {entry.type for entry in newsletter.sections}
    missing = [name for name in section_types() if name not in used and name != "corrections"]
    added = [_entry(f"specimen_of_{name}", name, section_type(name)) for name in missing]
    whole = newsletter.model_copy(update={"sections": [*newsletter.sections, *added]})
    whole.called(newsletter.slug)
    return whole


def _entry(key: str, name: str, kind: type[Section]) -> SectionEntry:
    return SectionEntry(key=key, type=name, heading="Specimen" if kind.headed else None)


class _Specimen:
    """Fills a schema in."""

    def __init__(self, schema: Schema, *, full: bool) -> None:
        self._definitions = schema["$defs"]
        self._full = full
        fields = {"date": _DAY.isoformat(), "newsletter": schema["properties"]["newsletter"]["const"]}
        needed = schema.get("required", ())
        for key, field in schema["properties"].items():
            if key not in _NOT_SHOWN and (full or key in needed or self._is_section(field)):
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
            wanted = (k for k, f in shape["properties"].items() if k in needed or (self._full and not (deeper > _DEEPEST and _is_list(f))))
            return {k: self._value(shape["properties"][k], deeper) for k in wanted}
        if _is_list(shape):
            listed = [*field.get("examples", ()), *shape.get("examples", ())]
            if listed and isinstance(listed[0], list) and "$ref" not in shape["items"]:
                return listed[0]
            count = max(field.get("minItems", 0), shape.get("minItems", 0), 2 if self._full else 1)
            return [self._short_brief(shape["items"]) if number == 1 else self._value(shape["items"], depth) for number in range(count)]
        return self._word(field, shape)

    def _short_brief(self, item: Schema) -> Any:
        """The second of two: a brief as one line, with its source in brackets; anything else as the first."""
        name, shape = self._shape(item)
        return self._word(item, shape["properties"]["text"]) if name == "Brief" else self._value(item, _DEEPEST)

    def _word(self, field: Schema, shape: Schema) -> str:
        examples = [*field.get("examples", ()), *shape.get("examples", ()), *shape.get("enum", ())]
        if examples:
            return str(examples[0])
        return _MARKDOWN if shape.get("format") == "markdown" else "Specimen"

    def _body(self, depth: int) -> Any:
        if not self._full:
            return _MARKDOWN
        parts: list[Any] = [_LONG_MARKDOWN]
        for name, block in block_types().items():
            if name == "brief":
                continue
            shape = self._definitions.get(block.__name__, {"properties": {}})
            everything = self._value(shape, depth)
            parts += [{name: everything}, {name: {k: everything[k] for k in shape.get("required", ())}}, _MARKDOWN]
        return parts

    def _shape(self, field: Schema) -> tuple[str, Schema]:
        """The name of the model behind a field and its longest form; Body's own where it is one."""
        return shape_of(field, self._definitions, _longest, whole="Body")


def _longest(choices: list[Schema]) -> Schema:
    return next((choice for choice in choices if "properties" in choice or "$ref" in choice), choices[0])


def _is_list(shape: Schema) -> bool:
    return shape.get("type") == "array" or "array" in shape.get("type", ())
