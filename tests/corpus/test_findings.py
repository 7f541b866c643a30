"""The rules on real editions: exactly these findings, each of them true."""

from pathlib import Path

import pytest
import yaml

from composer.draft.load import load_draft
from tests.cases.newsroom import findings_in_draft, own_project
from tests.corpus.editions import corpus_drafts, needs_corpus

EXPECTED = yaml.safe_load((Path(__file__).parent / "findings.yaml").read_text(encoding="utf-8"))


@needs_corpus
@pytest.mark.parametrize("path", corpus_drafts(), ids=lambda path: path.stem)
def test_findings_of_an_edition(path: Path) -> None:
    project = own_project()
    found = [(f.rule, f"{f.place.line}:{f.place.column}") for f in findings_in_draft(load_draft(path, project), project)]
    assert found == [(e["rule"], e["at"]) for e in EXPECTED.get(path.stem, [])]


@needs_corpus
def test_every_edition_is_there() -> None:
    assert sorted(EXPECTED) == sorted(path.stem for path in corpus_drafts())


@pytest.mark.parametrize("finding", [f for findings in EXPECTED.values() for f in findings], ids=lambda f: f["rule"])
def test_every_finding_has_a_reason(finding: dict[str, str]) -> None:
    assert len(finding["why"].split()) >= 8
