"""Newsletters with a single section, to see one section type or block at a time in an issue that is otherwise empty."""

import shutil
from pathlib import Path
from textwrap import indent
from typing import Any

import yaml
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from composer.draft.load import Draft, load_draft_text
from composer.press import proof_of
from composer.project.project import Project
from composer.proof.proof import Proof
from tests.cases.newsroom import ROOT
from tests.visible import soup_of, visible_words

STEM = "2026-11-24-case"
SUBJECT = "The subject"
# The last words of the nameplate and the first of the imprint: what stands between them is the section.
BEGINS = "Here the section begins."
ENDS = "Here the section ends."
HEAD = f"date: 2026-11-24\nsubject: {SUBJECT}\npreheader: A preview\n"


class ScratchNewsroom:
    """A newsroom in which every case gets a newsletter of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copy(ROOT / "newsroom.yaml", root)
        shutil.copytree(ROOT / "templates/_shared", root / "templates/_shared")

    def pictures_of(self, of: str) -> Path:
        """The folder for pictures beside the drafts of a sheet."""
        return self.root / "issues" / _slug(of) / STEM

    def draft(self, of: str, case: dict[str, Any]) -> tuple[Draft, int]:
        """The draft of a case, and by how much its own lines are indented in it."""
        lead, depth = _frame(of)
        content = HEAD + "part:\n" + lead + _placed(case["draft"], depth, in_list=bool(lead) or of == "blocks/brief")
        content += yaml.safe_dump(case.get("issue", {}), allow_unicode=True) if case.get("issue") else ""
        project = Project(self.root)
        self._write_settings(of, case)
        draft = load_draft_text(content.encode(), self.root / "issues" / _slug(of) / f"{STEM}.yaml", project)
        assert not project.newsletter_settings(_slug(of)).problems
        assert draft.catalogue is not None
        assert not draft.catalogue.problems
        return draft, depth

    def lines_above(self, of: str, case: dict[str, Any]) -> int:
        """How many lines of the file stand above the case's own."""
        return HEAD.count("\n") + 1 + _frame(of)[0].count("\n")

    def proof(self, of: str, case: dict[str, Any]) -> Proof:
        """The proof of a case whose draft must be without problems."""
        draft, _ = self.draft(of, case)
        assert draft.problems == ()
        proof = proof_of(draft, Project(self.root))
        assert proof.problems == []
        return proof

    def _write_settings(self, of: str, case: dict[str, Any]) -> None:
        kind = {"blocks/brief": "briefs"}.get(of, "kicker") if of.startswith("blocks/") else of.removeprefix("sections/")
        section = {"key": "part", "type": kind, "heading": case.get("heading"), "options": case.get("options")}
        settings = {
            "name": "The Sheet",
            "tagline": BEGINS,
            "sender": {"from": "sheet@harborreview.example", "list_id": "sheet.harborreview.example"},
            "unsubscribe": {"url": "https://harborreview.example/leave"},
            "imprint": {"reason": ENDS},
            "people": {"Ada Quay": {"title": "Harbor reporter", "email": "ada@harborreview.example"}, "Bo Lindqvist": {}},
            "sections": [{name: value for name, value in section.items() if value is not None}],
        }
        folder = self.root / "templates" / _slug(of)
        folder.mkdir(exist_ok=True)
        shutil.copy(ROOT / "templates/china-report/theme.css", folder)
        (folder / "newsletter.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _slug(of: str) -> str:
    return of.replace("/", "-").replace("_", "-")


def _frame(of: str) -> tuple[str, int]:
    """What stands between `part:` and the case's lines, and how deep they are indented."""
    if of == "blocks/brief":
        return "", 4
    return ("  body:\n", 6) if of.startswith("blocks/") else ("", 2)


def _placed(lines: str, depth: int, *, in_list: bool) -> str:
    placed = indent(lines.rstrip("\n") + "\n", " " * depth)
    return placed[: depth - 2] + "- " + placed[depth:] if in_list else placed


class ShownPart:
    """The section as it came out: its plain text, and its part of the HTML."""

    def __init__(self, text: str, soup: BeautifulSoup, tags: list[Tag]) -> None:
        self.text = text
        self._tags = {id(tag) for tag in tags}
        self._soup = soup

    @property
    def words(self) -> str:
        """What a reader sees of it."""
        return visible_words(str(self._soup))

    @property
    def links(self) -> list[str]:
        """Where its links go."""
        return [str(tag["href"]) for tag in self._soup.find_all("a") if id(tag) in self._tags]

    def count(self, selector: str) -> int:
        """How many of its elements a selector finds."""
        return sum(id(tag) in self._tags for tag in self._soup.select(selector))


def shown_part(proof: Proof) -> ShownPart:
    """The only section of a proof."""
    page = soup_of(proof.html)
    assert page.body is not None
    headline = not any(section.leads for section in proof.issue.sections.values())
    above = True
    tags: list[Tag] = []
    outside: list[NavigableString] = []
    for node in list(page.body.descendants):
        if isinstance(node, NavigableString):
            if node.strip().startswith(ENDS):
                above = None
            if above is not False:
                outside.append(node)
            if node.strip() == (SUBJECT if headline else BEGINS):
                above = False
        elif isinstance(node, Tag) and above is False:
            tags.append(node)
    assert above is None, "the section's end was not found"
    for node in outside:
        node.extract()
    return ShownPart(_text_of_part(proof.text, headline=headline), page, tags)


def _text_of_part(text: str, *, headline: bool) -> str:
    _, nameplate_ends, rest = text.partition("=" * 72 + "\n\n")
    part, section_ends, _ = rest.rpartition(f"\n\n--\n{ENDS}")
    assert nameplate_ends
    assert section_ends
    if headline:
        title, part = part.split("\n\n", 1)
        assert title == SUBJECT.upper()
    return part + "\n"
