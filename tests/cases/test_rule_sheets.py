"""Every case of every sheet under tests/cases/rules: what a rule finds, exactly where, and what it lets pass.

A sheet is a list of cases. Each has a `name`, a reason (`because`), and a draft: `draft` whole, or `from` the healthy
draft of a newsletter with `edits`. It passes (`pass: true`) or `finds` findings, each with its place: `at` a line and
column, `at_text` exactly these words (the `nth`, if they stand there more than once), or `at_start` of them.
`in` names another file of the newsroom, `today` another day, `send_gate: true` the moment before sending, `answers` what web servers say.
`message_edits` change the built message before the rules read it, as a step behind Composer might; `spam` answers in
SpamAssassin's place: its `score`, and `reasons` of rule, points and words. `for` is the sending service of `build --for`.
`earlier` are issues of the archive by their files' names, each a text or edits of the healthy draft.
FINGERPRINT stands for the draft's own; `then` are edits made after it was taken. `also` lists rules of level error that
speak too. `check` names what is checked instead of a draft: a folder or file of templates. `fixed` holds the replacements that the rule's own edits amount to; afterwards the rule must be silent.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from composer.checks.rule import rules
from composer.cli.checking import findings_of_templates
from composer.cli.reading import template_files
from composer.finding import Finding
from composer.project.project import Project
from tests.cases.newsroom import approved, archive_of, copied_project, draft_of, findings_in_draft, healthy, occasion_of, own_project, replaced
from tests.cases.pictures import put_beside
from tests.cases.places import expected_spot, shown, spot

CASE = "2026-11-24-case.yaml"
SHEETS = Path(__file__).parent / "rules"


def _cases() -> list[Any]:
    sheets = {f"{sheet.parent.name}/{sheet.stem}".replace("_", "-"): sheet for sheet in sorted(SHEETS.glob("*/*.yaml"))}
    read = {rule: yaml.safe_load(sheet.read_text(encoding="utf-8")) for rule, sheet in sheets.items()}
    return [pytest.param(rule, case, id=f"{rule}: {case['name']}") for rule, cases in read.items() for case in cases]


@pytest.mark.parametrize(("rule", "case"), _cases())
def test_case(rule: str, case: dict[str, Any], tmp_path: Path) -> None:
    project = _project(case, tmp_path)
    newsletter = case.get("from") or case.get("newsletter", "china-report")
    text = case["draft"] if "draft" in case else replaced(healthy(newsletter), case.get("edits", ()))
    text = approved(text, case, project, newsletter)
    findings = _findings(text, case, project)
    mine = [f for f in findings if f.rule == rule]
    expected = case.get("finds", [])
    assert bool(expected) != case.get("pass", False), "a case passes or finds something"
    assert [spot(f) for f in mine] == [expected_spot(e, text, project, CASE) for e in expected], shown(findings)
    for finding, expectation in zip(mine, expected, strict=True):
        _compare(finding, expectation, rule)
    others = {f.rule for f in findings if f.level == "error" and f.rule != rule}
    assert others == set(case.get("also", ())), shown(findings)
    _compare_fix(rule, case, text, mine, project)


def _project(case: dict[str, Any], tmp_path: Path) -> Project:
    if not case.get("settings") and not case.get("beside"):
        return own_project()
    project = copied_project(tmp_path, case.get("settings", {}))
    folder = project.issues / (case.get("from") or "china-report") / "2026-11-24-case"
    if case.get("beside"):
        put_beside(folder, case["beside"])
    return project


def _findings(text: str, case: dict[str, Any], project: Project) -> list[Finding]:
    if "check" in case:
        named = project.root / case["check"]
        return findings_of_templates(template_files(named) if named.is_dir() else [named], project, list(rules().values()))
    content = text.encode(case.get("encoding", "utf-8"))
    content += b"#" * (case.get("grown_to", 0) - len(content))
    draft = draft_of(content, project, case.get("from") or case.get("newsletter", "china-report"))
    return findings_in_draft(
        draft,
        project,
        occasion_of(case)._replace(archive=archive_of(case, case.get("from") or case.get("newsletter", "china-report"))),
        case.get("message_edits", ()),
    )


def _compare(finding: Finding, expectation: dict[str, Any], rule: str) -> None:
    assert finding.level == expectation.get("level", rules()[rule].level)
    assert expectation.get("message_has", "") in finding.message
    assert expectation.get("help_has", "") in finding.help
    if "section" in expectation:
        assert finding.section == expectation["section"]
    assert finding.message.strip(), "a finding says what is wrong"
    assert finding.help.strip(), "a finding says what to type instead"


def _compare_fix(rule: str, case: dict[str, Any], text: str, mine: list[Finding], project: Project) -> None:
    edits = sorted((edit for f in mine for edit in f.edits), key=lambda edit: edit.start, reverse=True)
    if "fixed" not in case:
        assert not edits or case.get("fix") == "not shown", "this rule offers a fix: the case must say what comes of it"
        return
    mended = text
    for edit in edits:
        mended = mended[: edit.start] + edit.text + mended[edit.end :]
    assert mended == replaced(text, case["fixed"])
    assert [f for f in _findings(mended, case, project) if f.rule == rule] == []
