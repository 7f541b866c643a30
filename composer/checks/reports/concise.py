"""One line for each finding, for reading quickly, for `grep` and for editors that jump to `path:line:column`."""

from collections.abc import Sequence

from composer.checks.reports.report import Page, Summary, shown_text
from composer.finding import Finding


def report(findings: Sequence[Finding], summary: Summary, page: Page) -> str:
    """`path:line:column: level rule message`, then the summary."""
    lines = [shown_text(f"{f.place.path}:{f.place.line}:{f.place.column}: {f.level} {f.rule} {f.message}") for f in findings]
    return "".join(f"{line}\n" for line in (lines if page.quiet else [*lines, summary.words]))
