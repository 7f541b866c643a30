"""composer check: findings for drafts, and for settings and templates when they are named."""

from typing import Annotated

import typer

from composer.checks.reports.report import formats
from composer.cli.options import Color, Paths, ProjectFolder, StdinFilename

OutputFormat = Annotated[
    str,
    typer.Option("--output-format", envvar="COMPOSER_OUTPUT_FORMAT", metavar="FORMAT", help=f"One of {', '.join(formats())}.", autocompletion=formats),
]
Select = Annotated[
    list[str] | None, typer.Option("--select", metavar="RULE", help="Run these rules or areas only; commas between several.", show_default=False)
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="RULE", help="Leave these rules or areas out.", show_default=False)]


def check(
    paths: Paths = None,
    output_format: OutputFormat = "full",
    select: Select = None,
    ignore: Ignore = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail the check as well.")] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print findings and nothing else.")] = False,
    stdin_filename: StdinFilename = None,
    project: ProjectFolder = None,
    color: Color = "auto",
) -> None:
    """Check drafts before they are sent.

    Says what is wrong, where, and what to type instead.
    Settings (newsroom.yaml, newsletter.yaml) and templates are checked for themselves when they are named.

    Exit status: 0 nothing wrong, 1 errors found (with --strict: or warnings), 2 the check could not run.
    """
    from composer.checks.house_style import selected_rules
    from composer.checks.reports.report import Page, Summary, report_in
    from composer.cli import checking, reading, terminal

    report = report_in(output_format)
    newsroom = reading.project_for(project, paths or [])
    chosen = selected_rules(_names(select), _names(ignore))
    named = reading.named_by(paths or [], newsroom)
    stdin = reading.stdin_for(named.drafts, stdin_filename)
    found = []
    if named.drafts:
        found += checking.findings_of_settings(newsroom.root / "newsroom.yaml", newsroom, chosen)
        by_draft = checking.findings_of_drafts(named.drafts, newsroom, chosen, checking.occasion_now(newsroom), stdin)
        for findings in terminal.with_progress(by_draft, len(named.drafts), "drafts"):
            found += findings
    for path in named.settings:
        found += checking.findings_of_settings(path, newsroom, chosen)
    if named.templates:
        found += checking.findings_of_templates(named.templates, newsroom, chosen)
    found = checking.each_once(found)
    if not named.total and not quiet:
        terminal.note(f"No drafts found in {newsroom.shown(paths[0] if paths else newsroom.issues)}. composer new NEWSLETTER starts one.")
    summary = Summary.of(found, named.total, settings=len(named.settings) + len(named.templates))
    page = Page(reading.SourcesOnDisk(stdin), terminal.wants_color(color), terminal.width(), quiet or not named.total)
    terminal.say(report(found, summary, page))
    failing = summary.errors or (strict and summary.warnings)
    raise typer.Exit(1 if failing and not exit_zero else 0)


def _names(given: list[str] | None) -> tuple[str, ...]:
    """Rules and areas, however they were separated."""
    return tuple(name for part in given or () for name in part.replace(",", " ").split())
