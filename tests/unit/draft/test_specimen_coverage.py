"""Every piece of our own templates is printed by some specimen, and a fault in any of them is found at its place."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from composer.checks.template_reading import checked_newsletter
from composer.draft.specimen import specimens_of
from composer.project.newsletter import Newsletter
from composer.project.project import Project
from composer.proof.page import Page
from composer.proof.source_map import SourceMap
from composer.proof.templates import Templates
from composer.proof.traced import Piece, TracedMjml, TracedTemplates
from tests.cases.newsroom import NEWSLETTERS, own_project
from tests.newsrooms import NewsroomFolder
from tests.unit.draft.printed import Watched

# Templates of which no valid draft of ours prints a word, and why.
UNREACHED = {
    "blocks/brief.j2": "a body takes no briefs; the file is for a newsroom's own section that sets a brief with t.block",
}


def _newsletter(project: Project, slug: str) -> Newsletter:
    newsletter = project.newsletter(slug)
    assert newsletter is not None
    return newsletter


@pytest.mark.parametrize("slug", NEWSLETTERS)
def test_every_piece_is_printed(slug: str) -> None:
    project = own_project()
    watched = Watched(tuple(project.template_folders(slug)))
    watched.print(specimens_of(_newsletter(project, slug)), project)
    assert len(watched.pieces) > 300
    assert [str(piece) for piece in watched.silent if piece.template not in UNREACHED] == []
    assert {piece.template for piece in watched.silent} == set(UNREACHED)


class _Fault:
    """A fault to put into a template: the words, and where in the piece they go."""

    def __init__(self, piece: Piece, traced: TracedMjml, start: int) -> None:
        states = list(_states(traced.mjml, start, start + piece.end - piece.start))
        where, words, ahead = next(((k, f, n) for state, f, n in _FAULTS for k, at in enumerate(states) if at == state))
        self.offset, self.words = piece.start + where, words
        # Where the finding points: behind what only makes room for the fault.
        self.ahead = ahead


# In the order of what is best: between tags, inside one, inside a value. The number says what stands in front of the fault itself.
_FAULTS = (("outside", "<mj-fault />", 0), ("tag", " fault=1 ", 1), ("value", '" fault=1 x="', 2))


def _states(mjml: str, start: int, end: int) -> Iterator[str]:
    """What each place between two offsets is: outside of tags, in a tag, in a value, or in a style sheet."""
    state, style = "outside", False
    for offset in range(end):
        if offset >= start:
            yield "style" if style and state == "outside" else state
        character = mjml[offset]
        if state == "outside" and character == "<" and not style:
            state, style = "tag", mjml.startswith(("<mj-style", "<style"), offset)
        elif state == "outside" and mjml.startswith(("</mj-style", "</style"), offset):
            state, style = "tag", False
        elif state == "tag" and character == ">":
            state = "outside"
        elif character == '"' and state != "outside":
            state = "value" if state == "tag" else "tag"


def _pieces(newsletter: Newsletter, project: Project) -> Iterator[tuple[Piece, TracedMjml, int]]:
    """Every literal piece that specimens print as MJML, where it is printed first."""
    templates = Templates(project, newsletter.slug)
    tracer = TracedTemplates(templates.folders, project.shown)
    seen: set[tuple[str, int]] = set()
    for issue in specimens_of(newsletter):
        traced = tracer.mjml_of(Page(issue, project, templates, marked=True), SourceMap())
        for piece, offset in zip(traced._pieces, traced._offsets, strict=True):
            if (piece.source.path, piece.start) not in seen:
                seen.add((piece.source.path, piece.start))
                yield piece, traced, offset


@pytest.mark.parametrize("slug", NEWSLETTERS)
def test_a_fault_in_any_piece_is_found_at_its_place(slug: str, own_newsroom: NewsroomFolder) -> None:
    project = own_newsroom.project
    faults: dict[str, list[_Fault]] = {}
    for piece, traced, offset in _pieces(_newsletter(project, slug), project):
        faults.setdefault(piece.source.path, []).append(_Fault(piece, traced, offset))
    expected = set()
    for path, seeded in faults.items():
        file = own_newsroom.root / path
        text, shift = file.read_text(encoding="utf-8"), 0
        for fault in sorted(seeded, key=lambda fault: fault.offset):
            at = fault.offset + shift
            text, shift = text[:at] + fault.words + text[at:], shift + len(fault.words)
            before = text[: at + fault.ahead]
            expected.add((path, before.count("\n") + 1, len(before) - before.rfind("\n")))
        file.write_text(text, encoding="utf-8")
    assert len(expected) > 150
    changed = Project(own_newsroom.root)
    files = {path for folder in changed.template_folders(slug) for path in Path(folder).rglob("*.j2")}
    found = checked_newsletter(_newsletter(changed, slug), changed, files).problems
    places = {(problem.place.path, problem.place.line, problem.place.column) for problem in found}
    assert sorted(expected - places) == []
