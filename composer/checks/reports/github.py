"""GitHub's workflow commands: findings appear as annotations beside the lines of a pull request."""

from collections.abc import Sequence

from composer.checks.reports.report import Page, Summary, shown_text
from composer.finding import Finding

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def report(findings: Sequence[Finding], summary: Summary, page: Page) -> str:
    """`::error file=…,line=…,col=…,endColumn=…,title=…::message` for each finding."""
    return "".join(f"{_command(finding)}\n" for finding in findings)


def _command(finding: Finding) -> str:
    place = finding.place
    properties = {"file": place.path, "line": place.line}
    # GitHub takes columns only for a span within one line.
    if place.end_line == place.line:
        properties |= {"col": place.column, "endColumn": place.end_column}
    else:
        properties |= {"endLine": place.end_line}
    properties["title"] = finding.rule
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    message = "\n".join([finding.message, *([f"help: {finding.help}"] if finding.help else [])])
    return f"::{_COMMANDS[finding.level]} {written}::{_escaped(message)}"


def _escaped(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return shown_text(escaped)


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
