"""Faults seeded into whole issues, and what the rules make of them.

A sheet, tests/cases/faults/<area>/<defect>.yaml, is a list of faults for one rule. Each names the `edition` it is
put into (a sample issue as `<newsletter>/<stem>`, or `healthy/<newsletter>`), the `edits` that make it, and the places
where the rule must find it: `at`, `at_text` or `at_start` (see tests/cases/places.py), more than one under `finds`.
`encoding`, `grown_to`, `earlier`, `today`, `send_gate`, `answers`, `settings`, `beside`, `message_edits`, `spam`, `for`, FINGERPRINT and `then` are as in tests/cases/rules;
`check` names templates that are checked instead of a draft. Nothing else may change: a fault that truly makes
another rule speak lists that rule under `also`, with the reason in `because`.
"""

import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from composer.checks.rule import rules
from composer.cli.checking import findings_of_templates
from composer.cli.reading import template_files
from composer.draft.load import Draft, load_draft_text
from composer.finding import Finding
from composer.project.project import Project
from tests.cases.newsroom import ROOT, approved, archive_of, copied_project, findings_in_draft, healthy, occasion_of, own_project, replaced
from tests.cases.pictures import put_beside
from tests.cases.places import expected_spot, spot

SHEETS = Path(__file__).parents[1] / "cases" / "faults"


class Fault(NamedTuple):
    """One fault of a rule's sheet."""

    rule: str
    number: int
    case: dict[str, Any]

    @property
    def name(self) -> str:
        """Its name in reports."""
        return f"{self.rule} #{self.number} in {self.case['edition']}"


class Verdict(NamedTuple):
    """What the rules made of a fault: places missed, and findings nobody asked for."""

    fault: Fault
    found: int
    missed: list[Any]
    false: list[Finding]


def faults() -> Iterator[Fault]:
    """Every fault of every sheet."""
    for sheet in sorted(SHEETS.glob("*/*.yaml")):
        rule = f"{sheet.parent.name}/{sheet.stem}".replace("_", "-")
        for number, case in enumerate(yaml.safe_load(sheet.read_text(encoding="utf-8")), 1):
            yield Fault(rule, number, case)


@cache
def edition_text(edition: str) -> str:
    """The text of an edition without fault."""
    newsletter, stem = edition.split("/")
    return healthy(stem) if newsletter == "healthy" else (ROOT / "issues" / newsletter / f"{stem}.yaml").read_text(encoding="utf-8")


def judged(fault: Fault) -> Verdict:
    """Seed a fault, run every rule, and compare."""
    case = fault.case
    if "check" in case:
        return _judged_in_templates(fault)
    with tempfile.TemporaryDirectory() as folder:
        project = copied_project(Path(folder), case.get("settings", {})) if case.get("settings") or case.get("beside") else own_project()
        text = replaced(edition_text(case["edition"]), case.get("edits", ()))
        text = approved(text, case, project, _newsletter(case["edition"]))
        findings = findings_in_draft(
            _draft(_content(text, case), case["edition"], project, case.get("beside", {})),
            project,
            occasion_of(case)._replace(archive=archive_of(case, _newsletter(case["edition"]))),
            case.get("message_edits", ()),
        )
        name = _path(case["edition"], own_project()).name
        expected = [expected_spot(e, text, project, name) for e in case.get("finds") or [case]]
    return _verdict(fault, findings, expected)


def _judged_in_templates(fault: Fault) -> Verdict:
    case = fault.case
    with tempfile.TemporaryDirectory() as folder:
        project = copied_project(Path(folder), case["settings"])
        named = project.root / case["check"]
        findings = findings_of_templates(template_files(named) if named.is_dir() else [named], project, list(rules().values()))
        expected = [expected_spot(e, "", project, "") for e in case.get("finds") or [case]]
    return _verdict(fault, findings, expected)


def _verdict(fault: Fault, findings: list[Finding], expected: list[Any]) -> Verdict:
    mine = [finding for finding in findings if finding.rule == fault.rule]
    spots = [spot(finding) for finding in mine]
    missed = [place for place in expected if place not in spots]
    false = [f for f, place in zip(mine, spots, strict=True) if place not in expected] + [
        f for f in findings if f.rule != fault.rule and f.rule not in fault.case.get("also", ())
    ]
    return Verdict(fault, len(expected) - len(missed), missed, false)


def _newsletter(edition: str) -> str:
    newsletter, stem = edition.split("/")
    return stem if newsletter == "healthy" else newsletter


def _path(edition: str, project: Project) -> Path:
    newsletter, stem = edition.split("/")
    return project.issues / stem / "2026-11-24-healthy.yaml" if newsletter == "healthy" else project.issues / newsletter / f"{stem}.yaml"


def _content(text: str, case: dict[str, Any]) -> bytes:
    content = text.encode(case.get("encoding", "utf-8"))
    return content + b"#" * (case.get("grown_to", 0) - len(content))


def _draft(content: bytes, edition: str, project: Project, pictures: dict[str, Any]) -> Draft:
    # Pictures lie beside the sample issues, so a draft keeps their folder even where the settings are a copy's.
    path = _path(edition, project)
    if project is not own_project() and edition.split("/", maxsplit=1)[0] != "healthy":
        beside = _path(edition, own_project()).with_suffix("")
        path.parent.mkdir(parents=True, exist_ok=True)
        if beside.is_dir() and not path.with_suffix("").exists():
            shutil.copytree(beside, path.with_suffix(""))
    if pictures:
        put_beside(path.with_suffix(""), pictures)
    return load_draft_text(content, path, project)
