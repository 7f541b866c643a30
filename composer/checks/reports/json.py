"""JSON, version 1: for programs. Fields are added within a version, never renamed or taken away."""

import json
from collections.abc import Sequence
from typing import Any

from composer.checks.reports.report import Page, Summary
from composer.finding import Finding

VERSION = 1


def report(findings: Sequence[Finding], summary: Summary, page: Page) -> str:
    """One object: `version`, `findings`, `summary`. Lines and columns count from 1, `end_column` is exclusive."""
    counts = {name: getattr(summary, name) for name in ("files", "errors", "warnings", "infos", "fixed")}
    whole = {"version": VERSION, "findings": [_object(finding) for finding in findings], "summary": counts}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _object(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "rule": finding.rule,
        "level": finding.level,
        "message": finding.message,
        "help": finding.help,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "section": finding.section,
        "fixable": finding.fixable,
    }
