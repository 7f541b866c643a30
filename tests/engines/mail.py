"""A newsroom's mail with merge fields wherever a writer may type one, and readers to send it to."""

from pathlib import Path
from typing import Any, NamedTuple

import yaml

from composer.draft.load import Draft, load_draft_text
from composer.project.project import Project
from tests.unit.cli.conftest import NEWSLETTER, NEWSROOM

SHEETS = Path(__file__).parents[1] / "cases" / "services"
LEAVE = "https://service.example/leave/z?u=1"
_UNSUBSCRIBE = "  url: https://pierpress.example/leave"
# Ours: a first name with words for a reader without one, and what is known of all.
NAME = "{{ reader.first_name | there }}"
MAIL = "{{ reader.email }}"


class Reader(NamedTuple):
    """Somebody on the list; `first` is empty where nobody knows the name."""

    first: str
    email: str


READERS = {
    "named": Reader("Zelda", "zelda@reader.example"),
    "nameless": Reader("", "zelda@reader.example"),
    # Every sign that HTML or an address gives a meaning to, in one word.
    "awkward": Reader("Zoë&O'Brien<i>\"+#?%41", "zoë+news@reader.example"),
}


def sheets() -> dict[str, dict[str, Any]]:
    """What is said of each service, by its name."""
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(SHEETS.glob("*.yaml"))}


def known_of(reader: Reader, sheet: dict[str, Any]) -> Any:
    """What the service's engine is told of a reader: the sheet's `reader` with FIRST, EMAIL and LEAVE filled in."""
    values = {"FIRST": reader.first or sheet["without_name"], "EMAIL": reader.email, "LEAVE": LEAVE}

    def filled(value: Any) -> Any:
        return {key: filled(inner) for key, inner in value.items()} if isinstance(value, dict) else values.get(value, value)

    return filled(sheet["reader"])


def built(folder: Path, sheet: dict[str, Any], changes: tuple[tuple[str, str], ...] = ()) -> tuple[Draft, Project]:
    """The draft, with `changes` as replacements in it and in the settings. A sheet says which fields its service can carry where."""
    subject = f"{sheet['subject']}, the cranes are back" if sheet["subject"] else "The cranes are back"
    draft = f"""\
newsletter: harbor-notes
date: 2030-03-12
subject: "{subject}"
preheader: "For {NAME}, before breakfast"
letter:
  headline: "What {NAME} should know of it’s cranes"
  body:
    - |
      Dear {NAME}, read [what we kept for {NAME}](https://pierpress.example/for{sheet["path"]}?to={MAIL}&who={sheet["query"]}&n=1) first.
    - figure:
        image: https://pictures.example/crane.png
        alt: "A crane waves at {sheet["picture"]}"
        width: 1200
        height: 600
closing:
  question: "Would {NAME} let a crane drive itself?"
  invitation: "Write to notes@pierpress.example, {NAME}."
digest:
  - "[A pier was sold](https://pierpress.example/pier) twice. (Pier Press)"
"""
    settings = NEWSLETTER.replace(_UNSUBSCRIBE, '  url: "{{ reader.unsubscribe_url }}"')
    files = {"newsroom.yaml": NEWSROOM, "templates/harbor-notes/newsletter.yaml": settings, "draft": draft}
    for old, new in changes:
        found = [name for name, text in files.items() if old in text]
        assert found, old
        files |= {name: files[name].replace(old, new) for name in found}
    for name in ("newsroom.yaml", "templates/harbor-notes/newsletter.yaml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(files[name], encoding="utf-8")
    project = Project(folder)
    loaded = load_draft_text(files["draft"].encode(), folder / "issues/harbor-notes/2030-03-12-cranes.yaml", project)
    assert loaded.problems == ()
    return loaded, project
