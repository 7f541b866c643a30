"""Real editions as one archive: the rules that read it find what is listed here, each with the reason why it is true."""

import shutil
from pathlib import Path

import pytest

from composer.archive.archive import Archive
from composer.checks.rule import rules
from composer.draft.load import load_draft
from composer.project.project import Project
from tests.cases.newsroom import ORDINARY, ROOT, findings_in_draft
from tests.cases.places import shown
from tests.corpus.editions import DRAFTS, needs_corpus

READERS = {rule.name for rule in rules().values() if "archive" in rule.reads}
# (edition, rule, line and column): why it is true. None so far: the editions pass on few links, and none of them twice.
TRUE: dict[tuple[str, str, str], str] = {}


def newsroom_with(folder: Path, issues: Path) -> Project:
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copy(ROOT / "newsroom.yaml", folder)
    shutil.copytree(issues, folder / "issues")
    return Project(folder)


def test_the_shipped_issues_are_clean_as_an_archive(tmp_path: Path) -> None:
    project = newsroom_with(tmp_path, ROOT / "issues")
    archive = Archive.of(project)
    paths = project.drafts([])
    assert len(archive) == len(paths) > 1
    for path in paths:
        found = findings_in_draft(load_draft(path, project), project, ORDINARY._replace(archive=archive))
        assert found == [], shown(found)


@needs_corpus
def test_the_corpus_as_an_archive(tmp_path: Path) -> None:
    project = newsroom_with(tmp_path, DRAFTS)
    archive = Archive.of(project)
    found = {
        (path.stem, finding.rule, f"{finding.place.line}:{finding.place.column}")
        for path in project.drafts([])
        for finding in findings_in_draft(load_draft(path, project), project, ORDINARY._replace(archive=archive))
        if finding.rule in READERS
    }
    assert found == set(TRUE)
    assert all(len(why.split()) >= 8 for why in TRUE.values())


@needs_corpus
def test_a_brief_of_the_corpus_is_found_when_it_runs_again(tmp_path: Path) -> None:
    """The archive does read these editions: put a copy a week later, and every brief of it has run before."""
    project = newsroom_with(tmp_path, DRAFTS)
    (path,) = project.issues.glob("china-report/2024-06-25-*.yaml")
    later = path.with_name("2024-07-16-again.yaml")
    later.write_text(path.read_text(encoding="utf-8").replace("2024-06-25", "2024-07-16", 1), encoding="utf-8")
    draft = load_draft(later, project)
    found = [f.rule for f in findings_in_draft(draft, project, ORDINARY._replace(archive=Archive.of(project))) if f.rule in READERS]
    assert found.count("inbox/reused-subject") == 1
    assert found.count("editorial/repeated-story") >= 5


def test_the_rules_that_read_the_archive() -> None:
    assert {"editorial/repeated-story", "editorial/unusual-paywall", "inbox/reused-subject", "structure/numbering"} == READERS


@pytest.mark.parametrize("name", sorted(READERS))
def test_they_do_not_run_without_it(name: str, tmp_path: Path) -> None:
    project = newsroom_with(tmp_path, ROOT / "issues")
    (path,) = project.issues.glob("china-report/2026-11-24-*.yaml")
    shutil.copy(path, path.with_name("2026-11-17-before.yaml"))
    assert [f for f in findings_in_draft(load_draft(path, project), project) if f.rule == name] == []
