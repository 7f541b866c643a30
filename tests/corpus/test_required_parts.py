"""Each required part of a complete draft removed in turn: one rule speaks, at the right place, and no other.

The drafts are the healthy ones of tests/cases and, where they are at hand, the published editions without errors.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
import yaml

from composer.place import Place
from composer.yaml_source.reader import read_text
from composer.yaml_source.validation_problems import place_of_missing
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value
from tests.cases.newsroom import NEWSLETTERS, draft_of, findings_in_draft, healthy, own_project
from tests.corpus.editions import corpus_drafts

Path_ = tuple[str | int, ...]
Where = Callable[[Value], Place]


class Part(NamedTuple):
    """A part of a draft, the rule that misses it, and where."""

    path: Path_
    rule: str
    where: Where


def _at(root: Value, path: Path_) -> Value:
    value = root
    for step in path:
        value = value[step]  # type: ignore[index, assignment]
    assert isinstance(value, (Mapping, Sequence, Scalar))
    return value


def _has(root: Value, path: Path_) -> bool:
    try:
        _at(root, path)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def top(root: Value) -> Place:
    return root.source.top


def key_of(*path: str | int) -> Where:
    """The key of what stands at a path."""

    def where(root: Value) -> Place:
        parent = _at(root, path[:-1])
        assert isinstance(parent, Mapping)
        return parent.place_of_key(str(path[-1]))

    return where


def start_of(*path: str | int) -> Where:
    """Where what stands at a path begins."""
    return lambda root: _at(root, path).place


def _section(key: str) -> Part:
    return Part((key,), "structure/missing-section", top)


def _field(*path: str | int) -> Part:
    return Part(path, "schema/missing-field", start_of(*path[:-1]) if isinstance(path[-2], int) else key_of(*path[:-1]))


PARTS = {
    "china-report": [
        Part(("date",), "schema/missing-field", top),
        Part(("subject",), "inbox/missing-subject", top),
        Part(("preheader",), "inbox/missing-preheader", top),
        Part(("byline",), "schema/missing-field", top),
        _section("essay"),
        _field("essay", "body"),
        Part(("sign_off",), "sign-off/missing", top),
        Part(("sign_off", "question"), "sign-off/missing-question", key_of("sign_off")),
        Part(("sign_off", "invitation"), "sign-off/missing-reply-address", key_of("sign_off")),
        _section("catch_up"),
        _section("lost_in_translation"),
        _field("lost_in_translation", "publication"),
        _field("lost_in_translation", "body"),
        _section("one_more_thing"),
        _field("one_more_thing", "body"),
    ],
    "the-download": [
        Part(("date",), "schema/missing-field", top),
        Part(("subject",), "inbox/missing-subject", top),
        Part(("preheader",), "inbox/missing-preheader", top),
        _section("stories"),
        _field("stories", 0, "headline"),
        _field("stories", 0, "body"),
        Part(("stories", 0, "byline"), "sign-off/missing-byline", start_of("stories", 0)),
        Part(("stories", 1, "note"), "sign-off/missing-byline", start_of("stories", 1)),
        _section("must_reads"),
        Part(("must_reads", 3), "structure/too-few-items", key_of("must_reads")),
        _field("must_reads", 9, "headline"),
        _field("must_reads", 9, "url"),
        _field("must_reads", 9, "dek"),
        _section("quote_of_the_day"),
        _field("quote_of_the_day", "quote"),
        _field("quote_of_the_day", "attribution"),
        _section("big_story"),
        _field("big_story", "headline"),
        _field("big_story", "date"),
        _field("big_story", "body"),
        _field("big_story", "url"),
        _field("big_story", "byline"),
        _section("nice_things"),
        _field("nice_things", "items"),
    ],
}


def _drafts() -> Iterator[Any]:
    for newsletter in NEWSLETTERS:
        texts = {"invented": healthy(newsletter)}
        texts.update({p.stem: p.read_text(encoding="utf-8") for p in corpus_drafts() if p.parent.name == newsletter})
        for name, text in texts.items():
            root = read_text(text, name).root
            for part in PARTS[newsletter]:
                if root is not None and _has(root, part.path):
                    yield pytest.param(newsletter, text, part, id=f"{name}: {'.'.join(map(str, part.path))}")


@pytest.mark.parametrize(("newsletter", "text", "part"), list(_drafts()))
def test_a_part_removed(newsletter: str, text: str, part: Part) -> None:
    before = _errors(text, newsletter)
    without = yaml.dump(_removed(yaml.load(text, yaml.BaseLoader), part.path), allow_unicode=True, sort_keys=False, width=10**6)
    root = read_text(without, "case").root
    assert root is not None
    rule, place = part.rule, part.where(root)
    if len(part.path) == 2 and _at(root, part.path[:1]) == {}:
        rule, place = "structure/empty-section", _at(root, part.path[:1]).place
    after = _errors(without, newsletter)
    assert [error for error in after if error[0] == rule] == [(rule, place.line, place.column)]
    # A fault of the edition's own stays what it was; it stands on another line now.
    assert {other for other, _, _ in after} - {rule} <= {other for other, _, _ in before}


@pytest.mark.parametrize("newsletter", NEWSLETTERS)
def test_the_healthy_drafts_are_healthy(newsletter: str) -> None:
    project = own_project()
    assert findings_in_draft(draft_of(healthy(newsletter), project, newsletter), project) == []


@pytest.mark.parametrize("newsletter", NEWSLETTERS)
def test_every_required_section_is_removed_by_some_case(newsletter: str) -> None:
    settings = own_project().newsletter(newsletter)
    assert settings is not None
    required = {entry.key for entry in settings.sections if entry.required and entry.standing is None}
    assert required <= {part.path[0] for part in PARTS[newsletter] if len(part.path) == 1}


def test_an_empty_key_is_reported_at_the_key() -> None:
    root = read_text("a:\n  b:\n", "case").root
    assert isinstance(root, Mapping)
    inner = root["a"]
    assert place_of_missing(inner, "b", root.source.top).line == 2


def _errors(text: str, newsletter: str) -> list[tuple[str, int, int]]:
    project = own_project()
    findings = findings_in_draft(draft_of(text, project, newsletter), project)
    return [(f.rule, f.place.line, f.place.column) for f in findings if f.level == "error"]


def _removed(data: Any, path: Path_) -> Any:
    parent = data
    for step in path[:-1]:
        parent = parent[step]
    del parent[path[-1]]
    return data
