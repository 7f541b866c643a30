"""JUnit XML, as CI servers read it: a suite for each file, a test for each finding.

An error is a failed test. A warning or an info is a test that passed with something to say, as the exit status has it.
A file without findings is one test that passed.
"""

from collections.abc import Collection, Sequence
from xml.etree import ElementTree as ET

from composer.checks.reports.report import Page, Summary, shown_text
from composer.finding import Finding


def report(findings: Sequence[Finding], summary: Summary, page: Page) -> str:
    """One `testsuites` with the files in their order, and behind them what else has a finding, such as settings."""
    by_file: dict[str, list[Finding]] = {path: [] for path in page.files}
    for finding in findings:
        by_file.setdefault(finding.place.path, []).append(finding)
    root = ET.Element("testsuites", {"name": "composer", **_counts(by_file.values())})
    for path, found in by_file.items():
        root.append(_suite(path, found))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _counts(files: Collection[list[Finding]]) -> dict[str, str]:
    tests = sum(max(1, len(found)) for found in files)
    failures = sum(finding.level == "error" for found in files for finding in found)
    return {"tests": str(tests), "failures": str(failures), "errors": "0"}


def _suite(path: str, found: list[Finding]) -> ET.Element:
    suite = ET.Element("testsuite", {"name": _safe(path), **_counts([found])})
    if not found:
        ET.SubElement(suite, "testcase", {"name": "no findings", "classname": _safe(path)})
    for finding in found:
        suite.append(_test(finding))
    return suite


def _test(finding: Finding) -> ET.Element:
    place = finding.place
    name = f"{finding.rule} {place.line}:{place.column}"
    test = ET.Element("testcase", {"name": name, "classname": _safe(place.path)})
    where = f"{place.path}:{place.line}:{place.column}: {finding.level} {finding.rule}"
    words = "\n".join([f"{where} {finding.message}", *([f"help: {finding.help}"] if finding.help else [])])
    if finding.level == "error":
        ET.SubElement(test, "failure", {"type": finding.level, "message": _safe(finding.message)}).text = _safe(words)
    else:
        ET.SubElement(test, "system-out").text = _safe(words)
    return test


def _safe(text: str) -> str:
    """Without the characters that XML 1.0 (2.2) has no way to write, and those that a reader cannot see."""
    lines = (shown_text(line) for line in text.split("\n"))
    return "\n".join(lines).replace("\ufffe", "‹U+FFFE›").replace("\uffff", "‹U+FFFF›")
