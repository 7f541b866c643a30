"""GitLab's Code Quality report: findings appear in the widget and the changes of a merge request."""

import json
from collections.abc import Sequence
from typing import Any

from composer.checks.reports.report import Page, Summary, fingerprints, shown_text
from composer.finding import Finding

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def report(findings: Sequence[Finding], summary: Summary, page: Page) -> str:
    """A list with an object for each finding; an empty list where there is none."""
    names = fingerprints(findings, page)
    return json.dumps([_object(finding, name) for finding, name in zip(findings, names, strict=True)], ensure_ascii=False, indent=2) + "\n"


def _object(finding: Finding, fingerprint: str) -> dict[str, Any]:
    place = finding.place
    return {
        "description": shown_text(" – ".join(" ".join(words.split()) for words in (finding.message, finding.help) if words)),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.level],
        "location": {"path": place.path.removeprefix("./"), "lines": {"begin": place.line, "end": place.end_line}},
    }
