"""The rules on real editions: exactly these findings, each of them true.

findings/<area>.yaml lists what the rules of an area find, edition by edition; an edition that no list names comes out
clean.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from composer.draft.load import load_draft
from composer.finding import Finding
from tests.cases.newsroom import findings_in_draft, own_project
from tests.corpus.editions import corpus_drafts, needs_corpus

SHEETS = {path.stem.replace("_", "-"): yaml.safe_load(path.read_text(encoding="utf-8")) or {} for path in (Path(__file__).parent / "findings").glob("*.yaml")}
EXPECTED = [(area, edition, finding) for area, editions in SHEETS.items() for edition, findings in editions.items() for finding in findings]


@cache
def found_in(path: Path) -> list[Finding]:
    return findings_in_draft(load_draft(path, own_project()), own_project())


@needs_corpus
@pytest.mark.parametrize("path", corpus_drafts(), ids=lambda path: path.stem)
def test_findings_of_an_edition(path: Path) -> None:
    found = sorted((f.rule, f"{f.place.line}:{f.place.column}") for f in found_in(path))
    assert found == sorted((finding["rule"], finding["at"]) for _, edition, finding in EXPECTED if edition == path.stem)


@needs_corpus
def test_every_listed_edition_is_there() -> None:
    assert {edition for _, edition, _ in EXPECTED} <= {path.stem for path in corpus_drafts()}


@pytest.mark.parametrize(("area", "edition", "finding"), EXPECTED, ids=[f"{edition}: {finding['rule']} {finding['at']}" for _, edition, finding in EXPECTED])
def test_every_finding_has_a_reason_and_its_areas_list(area: str, edition: str, finding: dict[str, Any]) -> None:
    assert finding["rule"].partition("/")[0] == area
    assert len(finding["why"].split()) >= 8
