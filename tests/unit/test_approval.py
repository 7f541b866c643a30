"""The fingerprint: which changes of a draft are changes of its content."""

from pathlib import Path

import pytest

from composer.approval import fingerprint
from tests.cases.newsroom import copied_project, draft_of, healthy, own_project, replaced

BRIEF = '  - "[Two provinces began to lend each other spare wind power](https://harborreview.example/wind), at night only. (Harbor Wire $)"\n'
CRANE = '  - "[A port crane was taught to wave](https://harborreview.example/crane) at school classes. (The Quayside Post)"\n'


def of(text: str) -> str:
    return fingerprint(draft_of(text, own_project()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("paraffin, and kept a copy in a tin", "paraffin, and kept a copy in a box"),
        ("](https://harborreview.example/crane)", "](https://harborreview.example/crain)"),
        ('(Harbor Wire $)"\n  - text', '(Harbor Wire)"\n  - text'),
        ("paywall: true", "paywall: false"),
        ("date: 2026-11-24", "date: 2026-12-01"),
        ("## A voice made of paraffin", "### A voice made of paraffin"),
        ("a lamp on a rock".capitalize(), "A *lamp* on a rock"),
        (BRIEF, ""),
        (CRANE, CRANE + CRANE.replace("wave", "nod")),
        ("byline: Ines Okafor", "byline: [Ines Okafor, Marit Solheim]"),
        ("byline: Ines Okafor", "byline: Ines Okafor # stet: sign-off/unknown-person a guest"),
        ("keeper. People wrote", "keeper.\n\n    People wrote"),
        ("date: 2026-11-20", "date: 2026-11-21"),
    ],
)
def test_content_counts(old: str, new: str) -> None:
    assert of(replaced(healthy("china-report"), [{"replace": old, "with": new}])) != of(healthy("china-report"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("keeper. People wrote", "keeper.\n    People wrote"),
        ("byline: Ines Okafor", "byline: 'Ines Okafor' # as ever"),
        ("number: 7\n", "number: 7\nsend_at: 2026-11-24T06:00\n"),
        ("number: 7\n", "number: 7\napprovals: {editor: {by: Noor, at: 2026-11-23T10:00, fingerprint: x}}\n"),
        ("number: 7\n", "number: 7\n\n# a comment\n\n"),
        ("dek: The keeper retired", "dek:   The keeper\n    retired"),
        ("newsletter: china-report\n", "newsletter: china-report\ncorrections:\n"),
    ],
)
def test_layout_does_not(old: str, new: str) -> None:
    assert of(replaced(healthy("china-report"), [{"replace": old, "with": new}])) == of(healthy("china-report"))


def test_the_order_of_keys_is_layout_and_the_order_of_items_is_not() -> None:
    text = healthy("china-report")
    head, tail = text.split("number: 7\n")
    assert of(f"{head}{tail.rstrip()}\nnumber: 7\n") == of(text)
    assert of(text.replace(CRANE, "").replace(BRIEF, CRANE + BRIEF)) != of(text)


def test_a_picture_beside_the_draft_is_content(tmp_path: Path) -> None:
    from PIL import Image

    project = copied_project(tmp_path, {})
    text = replaced(healthy("china-report"), [{"replace": "    - post:", "with": "    - figure: {image: crane.png, alt: A crane waving}\n    - post:"}])
    path = project.issues / "china-report" / "2026-11-24-case" / "crane.png"
    path.parent.mkdir(parents=True)
    Image.new("RGB", (20, 10), "white").save(path)
    before = fingerprint(draft_of(text, project))
    Image.new("RGB", (20, 10), "black").save(path)
    assert fingerprint(draft_of(text, project)) != before


def test_a_draft_that_cannot_be_typed_has_none() -> None:
    with pytest.raises(ValueError, match="no content"):
        of("- a list\n")
