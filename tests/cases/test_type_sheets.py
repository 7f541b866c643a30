"""Every case of every sheet under tests/cases/sections and tests/cases/blocks: what becomes of what a writer types.

A sheet is a list of cases for one type. Each has a `name`, a reason (`because`) and a `draft`: the section's value or
the block, as it is typed. `heading` and `options` are what newsletter.yaml says of the section, `issue` holds further
fields of the draft, `beside` the pictures that lie beside it with their width and height.

What comes of it is either the proof: `text`, the section's plain text to the last space, heading, rule and notes
included; `shows`, the words a reader sees in the HTML, white space folded; `links`, where its links go, in order
(none, where left out); `marks_up`, how many elements a CSS selector finds. Or it is `problems`: `kind`, the place
`at` (line:column of the draft as given, or `the key` for that of the section itself), and parts of message and help.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from composer.finding import Problem
from tests.cases.scratch_newsletter import Frame, ScratchNewsroom, frame_of, shown_part

SHEETS = Path(__file__).parent
FIELDS = {"name", "because", "draft", "heading", "options", "issue", "beside", "text", "shows", "links", "marks_up", "problems"}
PROBLEM_FIELDS = {"kind", "at", "message_has", "help_has"}


def _sheets() -> dict[str, list[dict[str, Any]]]:
    paths = sorted([*SHEETS.glob("sections/*.yaml"), *SHEETS.glob("blocks/*.yaml")])
    return {f"{path.parent.name}/{path.stem}": yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths}


def _cases(having: str) -> list[Any]:
    return [pytest.param(of, case, id=f"{of}: {case['name']}") for of, cases in _sheets().items() for case in cases if having in case]


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> ScratchNewsroom:
    return ScratchNewsroom(tmp_path_factory.mktemp("sheets"))


@pytest.mark.parametrize(("of", "case"), _cases("text"))
def test_what_becomes_of_it(of: str, case: dict[str, Any], newsroom: ScratchNewsroom) -> None:
    for name, (width, height) in case.get("beside", {}).items():
        folder = newsroom.pictures_of(of)
        folder.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (width, height), "white").save(folder / name)
    proof = newsroom.proof(of, case)
    part = shown_part(proof)
    assert part.text == case["text"]
    assert part.words == case["shows"].strip()
    assert part.links == case.get("links", [])
    assert {selector: part.count(selector) for selector in case.get("marks_up", {})} == case.get("marks_up", {})


@pytest.mark.parametrize(("of", "case"), _cases("problems"))
def test_what_is_wrong_with_it(of: str, case: dict[str, Any], newsroom: ScratchNewsroom) -> None:
    draft = newsroom.draft(of, case)
    expected = case["problems"]
    found = [(p.kind, _place_given(p, frame_of(of))) for p in draft.problems]
    assert found == [(e["kind"], e["at"]) for e in expected], draft.problems
    for problem, expectation in zip(draft.problems, expected, strict=True):
        assert expectation.get("message_has", "") in problem.message
        assert expectation.get("help_has", "") in problem.help
        assert problem.help.strip(), "a problem says what to type instead"


def _place_given(problem: Problem, frame: Frame) -> str:
    """A problem's place as the sheet counts: from the first line of its own draft."""
    line, column = problem.place.line - frame.lines_above, problem.place.column - len(frame.indent)
    return f"{line}:{column}" if line > 0 else "the key"


@pytest.mark.parametrize(("of", "cases"), list(_sheets().items()), ids=list(_sheets()))
def test_a_sheet_is_complete(of: str, cases: list[dict[str, Any]]) -> None:
    assert len([case for case in cases if "text" in case]) >= 3, "a sheet shows at least three drafts as readers get them"
    assert len([case for case in cases if "problems" in case]) >= 2, "a sheet shows at least two mistakes"
    assert len({case["name"] for case in cases}) == len(cases)
    for case in cases:
        assert not set(case) - FIELDS, case["name"]
        assert case["because"].strip(), case["name"]
        assert ("problems" in case) != ("text" in case), case["name"]
        assert ("text" in case) == ("shows" in case), case["name"]
        for problem in case.get("problems", ()):
            assert set(problem) <= PROBLEM_FIELDS, case["name"]
            assert problem.get("message_has"), case["name"]
            assert problem.get("help_has"), case["name"]
