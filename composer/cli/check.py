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
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what has a fix, in the drafts. With `-`: print the mended draft, and the findings as notes.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change and write nothing; exit with 1 if there is anything.")] = False,
    send: Annotated[bool, typer.Option("--send", help="The send gate: approvals and dates count as well, and so does the newsroom's own identity.")] = False,
    network: Annotated[
        bool, typer.Option("--network", help="Look up every link and remote picture of the drafts; nothing else of them leaves this machine.")
    ] = False,
    spam: Annotated[
        bool, typer.Option("--spam", help="Ask SpamAssassin on this machine about each mail, about a second a draft; --send asks where it is installed.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail the check as well.")] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print findings and nothing else.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Check every draft anew, also what has not changed since it was last checked.")] = False,
    stdin_filename: StdinFilename = None,
    project: ProjectFolder = None,
    color: Color = "auto",
) -> None:
    """Check drafts before they are sent.

    Says what is wrong, where, and what to type instead.
    Settings (newsroom.yaml, newsletter.yaml) and templates are checked for themselves when they are named.

    Exit status: 0 nothing wrong, 1 errors found (with --strict: or warnings), 2 the check could not run.
    With --diff: 0 nothing to fix, 1 something to fix.
    """
    from composer.checks.house_style import selected_rules
    from composer.checks.kept_results import KeptResults
    from composer.checks.reports.report import Page, Summary, report_in
    from composer.cli import checking, reading, terminal
    from composer.cli.fixing import fixing_asked_for

    report = report_in(output_format)
    newsroom = reading.project_for(project, paths or [])
    kept = None if no_cache else KeptResults(newsroom)
    chosen = selected_rules(_names(select), _names(ignore))
    named = reading.named_by(paths or [], newsroom)
    stdin = reading.stdin_for(named.drafts, stdin_filename)
    occasion = checking.occasion_now(newsroom, chosen, at_send_gate=send)
    if spam or send:
        occasion = checking.asking_spamassassin(occasion, chosen, demanded=spam)
    if network:
        from composer.cli.link_lookup import link_answers_for

        occasion = occasion._replace(link_answers=link_answers_for(named.drafts, newsroom, stdin))
    fixing = fixing_asked_for(newsroom, chosen, occasion, named.drafts, stdin, fix=fix, diff=diff)
    found = []
    if named.drafts:
        found += checking.findings_of_settings(newsroom.root / "newsroom.yaml", newsroom, chosen)
        by_draft = checking.findings_of_drafts(named.drafts, newsroom, chosen, occasion, stdin, kept)
        by_draft = fixing.findings(named.drafts, by_draft) if fixing is not None else by_draft
        for findings in terminal.with_progress(by_draft, len(named.drafts), "drafts"):
            found += findings
    for path in named.settings:
        found += checking.findings_of_settings(path, newsroom, chosen)
    if named.templates:
        found += checking.findings_of_templates(named.templates, newsroom, chosen)
    found = checking.each_once(found)
    if not named.total and not quiet:
        terminal.note(f"No drafts found in {newsroom.shown(paths[0] if paths else newsroom.issues)}. composer new NEWSLETTER starts one.")
    for words in fixing.notes if fixing is not None else ():
        terminal.note(words)
    if fixing is not None and diff:
        terminal.say_difference(b"".join(fixing.differences), color)
        if not quiet:
            terminal.note(fixing.words)
        raise typer.Exit(1 if fixing.fixed and not exit_zero else 0)
    summary = Summary.of(found, named.total, len(named.settings) + len(named.templates), fixing.fixed if fixing is not None else None)
    stdin = fixing.stdin if fixing is not None else stdin
    files = tuple(stdin.name.as_posix() if stdin is not None and path == reading.STDIN else newsroom.shown(path) for paths in named for path in paths)
    page = Page(reading.SourcesOnDisk(stdin), terminal.wants_color(color), terminal.width(), quiet or not named.total, files)
    if fix and stdin is not None:
        terminal.say_exactly(stdin.content)
        terminal.note(report(found, summary, page).rstrip("\n"))
    else:
        terminal.say(report(found, summary, page))
    failing = summary.errors or (strict and summary.warnings)
    raise typer.Exit(2 if fixing is not None and fixing.failed else 1 if failing and not exit_zero else 0)


def _names(given: list[str] | None) -> tuple[str, ...]:
    """Rules and areas, however they were separated."""
    return tuple(name for part in given or () for name in part.replace(",", " ").split())
