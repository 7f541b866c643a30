"""Findings of many files: drafts one by one or spread over processes, settings and templates for themselves."""

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from composer.cli.reading import STDIN, Stdin
from composer.files import located

if TYPE_CHECKING:
    from composer.checks.occasion import Occasion
    from composer.checks.rule import Rule
    from composer.draft.load import Draft
    from composer.finding import Finding, Problem
    from composer.project.project import Project

# Fewer drafts than this are done before processes have started.
_FEW = 50


def draft_at(path: Path, project: "Project", stdin: Stdin | None) -> "Draft":
    """The draft of a path, or of standard input. Raises OSError."""
    from composer.draft.load import load_draft, load_draft_text

    if path == STDIN and stdin is not None:
        return load_draft_text(stdin.content, stdin.name, project)
    return load_draft(path, project)


def occasion_now(project: "Project", *, at_send_gate: bool = False) -> "Occasion":
    """The occasion of a command that runs now, by the newsroom's calendar; SOURCE_DATE_EPOCH stands for the clock where it is set."""
    from zoneinfo import ZoneInfo

    from composer.checks.occasion import Occasion

    zone = ZoneInfo(project.newsroom.time_zone) if project.newsroom is not None else UTC
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), zone) if epoch.isdecimal() else datetime.now(zone)
    return Occasion(today=now.date(), at_send_gate=at_send_gate)


def findings_of_drafts(
    paths: list[Path], project: "Project", chosen: list["Rule"], occasion: "Occasion", stdin: Stdin | None = None
) -> Iterator[list["Finding"]]:
    """What the chosen rules say of each draft, in the order of the paths. Raises OSError."""
    from composer.press import findings_of

    if len(paths) > _FEW and (os.cpu_count() or 1) > 1 and stdin is None:
        yield from _over_processes(paths, project, chosen, occasion)
        return
    for path in paths:
        yield [_plain(finding) for finding in findings_of(draft_at(path, project, stdin), project, chosen, occasion)]


def findings_of_settings(path: Path, project: "Project", chosen: list["Rule"]) -> list["Finding"]:
    """What is wrong with newsroom.yaml or a newsletter.yaml, house style and section list included."""
    from composer.checks.house_style import house_style_problems
    from composer.issue.catalogue import catalogue_of
    from composer.project.newsletter import Newsletter

    slug = next((slug for slug in project.newsletter_slugs if located(project.newsletter_path(slug)) == located(path)), None)
    settings = project.newsroom_settings if slug is None else project.newsletter_settings(slug)
    problems = list(settings.problems)
    if isinstance(settings.made, Newsletter):
        problems += [*catalogue_of(settings.made).problems, *house_style_problems(settings.made)]
    return as_findings(problems, "schema", chosen)


def findings_of_templates(paths: list[Path], project: "Project", chosen: list["Rule"]) -> list["Finding"]:
    """Templates that Jinja cannot read."""
    from jinja2 import TemplateSyntaxError

    from composer.proof.jinja import environment_of
    from composer.proof.render import template_problem

    problems = []
    for path in paths:
        folder = path.parent.resolve()
        try:
            environment_of((folder,)).get_template(path.name)
        except TemplateSyntaxError as error:
            problems.append(template_problem(error, (folder,), project.shown))
    return as_findings(problems, "template", chosen)


def as_findings(problems: Iterable["Problem"], area: str, chosen: list["Rule"]) -> list["Finding"]:
    """Problems as the findings of the area's rules, where these were chosen."""
    from composer.finding import Finding

    rules = {rule.name: rule for rule in chosen}
    named = ((f"{area}/{problem.kind}", problem) for problem in problems)
    return [_plain(Finding(name, rules[name].level, p.place, p.message, p.help, None, p.edits, p.label)) for name, p in named if name in rules]


def each_once(findings: Iterable["Finding"]) -> list["Finding"]:
    """The findings without repetitions: a fault of newsletter.yaml is met again with every draft."""
    return list(dict.fromkeys(findings))


def _plain(finding: "Finding") -> "Finding":
    """The finding with texts that do not hold on to the whole draft, so that it travels lightly between processes."""
    return finding._replace(
        place=finding.place._replace(path=str(finding.place.path)),
        message=str(finding.message),
        help=str(finding.help),
        label=str(finding.label),
        section=str(finding.section) if finding.section is not None else None,
        edits=tuple(edit._replace(text=str(edit.text)) for edit in finding.edits),
    )


def _over_processes(paths: list[Path], project: "Project", chosen: list["Rule"], occasion: "Occasion") -> Iterator[list["Finding"]]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    workers = min(os.cpu_count() or 1, len(paths) // 10)
    # Forked workers share what is imported already; elsewhere the platform's own way is the safe one.
    context = get_context("fork" if sys.platform == "linux" else None)
    check_one = partial(_in_a_worker, project.root, tuple(rule.name for rule in chosen), occasion)
    # Ctrl-C is the parent's to answer; without this every worker prints a traceback of its own.
    with ProcessPoolExecutor(workers, context, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:
        yield from pool.map(check_one, paths, chunksize=max(1, min(25, len(paths) // (workers * 4))))


def _in_a_worker(root: Path, names: tuple[str, ...], occasion: "Occasion", path: Path) -> list["Finding"]:
    from composer.press import findings_of

    project, chosen = _desk(root, names)
    return [_plain(finding) for finding in findings_of(draft_at(path, project, None), project, chosen, occasion)]


@cache
def _desk(root: Path, names: tuple[str, ...]) -> tuple["Project", list["Rule"]]:
    """The project and the rules, made once a worker."""
    from composer.checks.rule import rules
    from composer.project.project import Project

    return Project(root), [rules()[name] for name in names]
