"""Every `fixed` of the rule sheets goes through what `composer check --fix` does, not only through the rule's own edits."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from composer.checks.rule import rules
from composer.cli.fixing import Fixer
from tests.cases.newsroom import approved, archive_of, healthy, occasion_of, replaced
from tests.cases.places import shown
from tests.cases.test_rule_sheets import SHEETS, _findings, _project

STEM = "2026-11-24-case"


def sheet_cases() -> list[Any]:
    """Every case of every sheet that says what its fix amounts to."""
    found = []
    for sheet in sorted(SHEETS.glob("*/*.yaml")):
        rule = f"{sheet.parent.name}/{sheet.stem}".replace("_", "-")
        cases = yaml.safe_load(sheet.read_text(encoding="utf-8"))
        found += [pytest.param(rule, case, id=f"{rule}: {case['name']}") for case in cases if "fixed" in case]
    return found


@pytest.mark.parametrize(("rule", "case"), sheet_cases())
def test_fix(rule: str, case: dict[str, Any], tmp_path: Path) -> None:
    project = _project(case, tmp_path)
    newsletter = case.get("from") or case.get("newsletter", "china-report")
    text = case["draft"] if "draft" in case else replaced(healthy(newsletter), case.get("edits", ()))
    text = approved(text, case, project, newsletter)
    path = project.issues / newsletter / f"{STEM}.yaml"
    fixer = Fixer(project, [rules()[rule]], occasion_of(case)._replace(archive=archive_of(case, newsletter)))
    fixes = fixer.fixes_of(text.encode(), path, path.as_posix())
    assert fixes.after.decode() == replaced(text, case["fixed"]), fixes.held_back
    assert fixer.fixes_of(fixes.after, path, path.as_posix()).fixed == 0
    before, after = (_findings(content, case, project) for content in (text, fixes.after.decode()))
    assert len(after) <= len(before) - fixes.fixed, shown(after)
