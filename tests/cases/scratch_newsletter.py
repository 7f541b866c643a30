"""Newsletters with a single section, to see one section type or block at a time in an issue that is otherwise empty."""

import shutil
from pathlib import Path
from textwrap import indent
from typing import Any, NamedTuple

import yaml
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

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

    def draft(self, of: str, case: dict[str, Any]) -> Draft:
        """The draft of a case, in an issue that holds nothing else."""
        self._write_settings(of, case)
        project = Project(self.root)
        frame = frame_of(of)
        content = HEAD + frame.above + frame.around(case["draft"])
        if "issue" in case:
            content += yaml.safe_dump(case["issue"], allow_unicode=True)
        draft = load_draft_text(content.encode(), self.root / "issues" / _slug(of) / f"{STEM}.yaml", project)
        assert not project.newsletter_settings(_slug(of)).problems
        assert draft.catalogue is not None
        assert not draft.catalogue.problems
        return draft

    def proof(self, of: str, case: dict[str, Any]) -> Proof:
        """The proof of a case whose draft must be without problems."""
        draft = self.draft(of, case)
        assert draft.problems == ()
        proof = proof_of(draft, Project(self.root))
        assert proof.problems == []
        return proof

    def _write_settings(self, of: str, case: dict[str, Any]) -> None:
        section = {"key": "part", "type": frame_of(of).section_type, "heading": case.get("heading"), "options": case.get("options")}
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
        (folder / "newsletter.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _slug(of: str) -> str:
    return of.replace("/", "-").replace("_", "-")


class Frame(NamedTuple):
    """What stands around the lines of a case in its draft."""

    section_type: str
    above: str
    indent: str
    first: str

    def around(self, lines: str) -> str:
        """The lines in their place."""
        placed = indent(lines.rstrip("\n") + "\n", self.indent)
        return self.first + placed[len(self.first) :]

    @property
    def lines_above(self) -> int:
        """How many lines of the draft stand above the case's own."""
        return (HEAD + self.above).count("\n")


def frame_of(of: str) -> Frame:
    """The frame for the cases of a sheet."""
    folder, name = of.split("/")
    if folder == "sections":
        return Frame(name, "part:\n", "  ", "")
    if name == "brief":
        return Frame("briefs", "part:\n", "    ", "  - ")
    return Frame("kicker", "part:\n  body:\n", "      ", "    - ")


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
    has_title = not any(section.leads for section in proof.issue.sections.values())
    nodes = list(page.body.descendants)
    begin = _place_of(nodes, SUBJECT if has_title else BEGINS)
    end = _place_of(nodes, ENDS)
    for node in [*nodes[: begin + 1], *nodes[end:]]:
        if isinstance(node, NavigableString):
            node.extract()
    tags = [node for node in nodes[begin + 1 : end] if isinstance(node, Tag)]
    return ShownPart(_text_of_part(proof.text, has_title=has_title), page, tags)


def _place_of(nodes: list[PageElement], words: str) -> int:
    """Which of the nodes is this text; the one and only."""
    (place,) = (i for i, node in enumerate(nodes) if isinstance(node, NavigableString) and node.strip().startswith(words))
    return place


def _text_of_part(text: str, *, has_title: bool) -> str:
    _, nameplate_ends, rest = text.partition("=" * 72 + "\n\n")
    part, section_ends, _ = rest.rpartition(f"\n\n--\n{ENDS}")
    assert nameplate_ends
    assert section_ends
    if has_title:
        title, part = part.split("\n\n", 1)
        assert title == SUBJECT.upper()
    return part + "\n"
