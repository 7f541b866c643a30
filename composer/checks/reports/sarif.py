"""SARIF 2.1.0, for code scanning and for editors: findings with their fixes, and the rules that found them."""

import json
import os
from collections.abc import Sequence
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from composer.checks.reports.report import Page, Summary, fingerprints
from composer.checks.rule import Rule, rules
from composer.checks.rule_pages import markdown_of, parts_of
from composer.finding import Finding
from composer.place import Place
from composer.version import __version__

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def report(findings: Sequence[Finding], summary: Summary, page: Page) -> str:
    """One run. Lines and columns count from 1, columns in code points; an end is exclusive, as in SARIF itself."""
    names = sorted({finding.rule for finding in findings})
    prints = fingerprints(findings, page)
    run = {
        "tool": {"driver": {"name": "Composer", "semanticVersion": __version__, "rules": [_rule(name) for name in names]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, names.index(finding.rule), name, page) for finding, name in zip(findings, prints, strict=True)],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(name: str) -> dict[str, Any]:
    rule = rules().get(name)
    return {"id": name} if rule is None else _described(rule)


def _described(rule: Rule) -> dict[str, Any]:
    about = {part.heading: " ".join(part.text.split()) for part in parts_of(rule)}
    return {
        "id": rule.name,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": about["What it checks"]},
        "help": {"text": rule.documentation, "markdown": markdown_of(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {"tags": [rule.area]},
    }


def _result(finding: Finding, rule: int, fingerprint: str, page: Page) -> dict[str, Any]:
    artifact = {"uri": _uri(finding.place.path)}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": artifact, "region": _region(finding.place)}}
    if finding.section is not None:
        location["logicalLocations"] = [{"name": finding.section, "kind": "element"}]
    result = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _LEVELS[finding.level],
        "message": {"text": "\n".join([finding.message, *([f"help: {finding.help}"] if finding.help else [])])},
        "locations": [location],
        "partialFingerprints": {"composer/v1": fingerprint},
    }
    replacements = _replacements(finding, page)
    if replacements:
        change = {"artifactLocation": artifact, "replacements": replacements}
        result["fixes"] = [{"description": {"text": finding.help or finding.message}, "artifactChanges": [change]}]
    return result


def _region(place: Place) -> dict[str, int]:
    return {"startLine": place.line, "startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column}


def _replacements(finding: Finding, page: Page) -> list[dict[str, Any]]:
    source = page.sources(finding.place.path)
    # A file that has become shorter since it was checked is no longer the one to mend.
    if any(edit.end > len(source.text) for edit in finding.edits):
        return []
    return [{"deletedRegion": _region(source.place(edit.start, edit.end)), "insertedContent": {"text": edit.text}} for edit in finding.edits]


def _uri(path: str) -> str:
    """The path as a URI: relative where it is, `file:///…` where it is not."""
    from urllib.parse import quote_from_bytes

    windows = PureWindowsPath(path)
    if windows.drive and windows.is_absolute():
        return windows.as_uri()
    quoted = quote_from_bytes(os.fsencode(path.removeprefix("./")), safe="/")
    return f"file://{quoted}" if PurePosixPath(path).is_absolute() else quoted
