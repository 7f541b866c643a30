"""Findings of many files: drafts one by one or spread over processes, settings and templates for themselves."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from composer.cli.reading import STDIN, Stdin, template_files
from composer.files import located
from composer.workers import in_groups, is_worth_spreading, spread

if TYPE_CHECKING:
    from composer.archive.archive import Archive
    from composer.checks.kept_results import KeptResults
    from composer.checks.occasion import Occasion
    from composer.checks.rule import Rule
    from composer.checks.template_problems import CheckedTemplates
    from composer.draft.load import Draft
    from composer.finding import Finding, Problem
    from composer.project.newsletter import Newsletter
    from composer.project.project import Project
    from composer.proof.proof import Proof


def draft_at(path: Path, project: "Project", stdin: Stdin | None) -> "Draft":
    """The draft of a path, or of standard input. Raises OSError."""
    from composer.draft.load import load_draft, load_draft_text

    if path == STDIN and stdin is not None:
        return load_draft_text(stdin.content, stdin.name, project)
    return load_draft(path, project)


def rendered_and_checked(draft: "Draft", project: "Project", chosen: list["Rule"], occasion: "Occasion") -> "tuple[Proof | None, list[Finding]]":
    """A draft's proof, None where nothing can be rendered, and what the rules say of both."""
    from composer import press

    proof = press.proof_of(draft, project) if draft.issue is not None and project.newsroom is not None else None
    return proof, press.findings_of(draft, project, chosen, occasion, proof)


def occasion_now(project: "Project", chosen: Iterable["Rule"], *, at_send_gate: bool = False) -> "Occasion":
    """The occasion of a command that runs now, by the newsroom's calendar; with the archive where a chosen rule reads it."""
    from composer.checks.occasion import Occasion
    from composer.cli.clock import now_in

    now = now_in(project.newsroom.time_zone if project.newsroom is not None else None)
    return Occasion(today=now.date(), at_send_gate=at_send_gate, archive=_archive_for(chosen, project), now=now if at_send_gate else None)


def asking_spamassassin(occasion: "Occasion", chosen: Iterable["Rule"], *, demanded: bool) -> "Occasion":
    """The occasion with SpamAssassin to ask, where a chosen rule wants its verdict.

    Raises SpamAssassinFailed where it was demanded and is not installed; at the send gate that is only worth a note.
    """
    if not any("spam_verdict" in rule.reads for rule in chosen):
        return occasion
    from composer.cli.terminal import note
    from composer.lookups.spamassassin import is_installed, not_installed, verdict_on

    if is_installed():
        return occasion._replace(ask_spamassassin=verdict_on)
    if demanded:
        raise not_installed()
    note("note: SpamAssassin is not installed, so nobody has said how much like spam the mail looks (delivery/spam-score).")
    return occasion


def _archive_for(chosen: Iterable["Rule"], project: "Project") -> "Archive | None":
    if not any("archive" in rule.reads for rule in chosen):
        return None
    from composer.archive.archive import Archive

    return Archive.of(project)


def findings_of_drafts(
    paths: list[Path], project: "Project", chosen: list["Rule"], occasion: "Occasion", stdin: Stdin | None = None, kept: "KeptResults | None" = None
) -> Iterator[list["Finding"]]:
    """What the chosen rules say of each draft, in the order of the paths; results kept from earlier runs where there are any. Raises OSError."""
    if kept is None or stdin is not None:
        return _found_anew(paths, project, chosen, occasion, stdin)
    return kept.or_found(paths, chosen, occasion, lambda new: _found_anew(new, project, chosen, occasion))


def _found_anew(paths: list[Path], project: "Project", chosen: list["Rule"], occasion: "Occasion", stdin: Stdin | None = None) -> Iterator[list["Finding"]]:
    from composer.checks.side_by_side import DRAFTS_SIDE_BY_SIDE

    few = in_groups(paths, DRAFTS_SIDE_BY_SIDE)
    if stdin is None and is_worth_spreading(len(paths)):
        names = tuple((rule.name, rule.by_name) for rule in chosen)
        found = spread(_in_a_worker, few, _sit_down, (project.root, names, occasion))
    else:
        found = (_findings_of_few(some, project, chosen, occasion, stdin) for some in few)
    for of_few in found:
        yield from of_few


def _findings_of_few(paths: Sequence[Path], project: "Project", chosen: list["Rule"], occasion: "Occasion", stdin: Stdin | None) -> list[list["Finding"]]:
    from composer.press import findings_of_each

    drafts = [draft_at(path, project, stdin) for path in paths]
    return [[_plain(finding) for finding in found] for found in findings_of_each(drafts, project, chosen, occasion)]


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
    """What the rules about templates say of each by its source, and of each newsletter's together."""
    from composer.checks.run import findings_in_templates
    from composer.checks.template_reading import checked_files, checked_newsletter

    by_newsletter = _by_newsletter(paths, project)
    of_all = any(_is_shared(path, project) for path in paths)
    checks: list[tuple[CheckedTemplates, Newsletter | None]] = [(checked_files(by_newsletter.get(None, []), project), None)]
    for slug in project.newsletter_slugs:
        newsletter = project.newsletter(slug)
        if of_all or slug in by_newsletter:
            asked = _asked(slug, by_newsletter, project)
            checks.append((checked_files(asked - set(by_newsletter.get(None, [])), project), newsletter))
            if newsletter is not None:
                checks.append((checked_newsletter(newsletter, project, asked), newsletter))
    found: list[Finding] = []
    for templates, newsletter in checks:
        broken = (problem.as_problem for problem in templates.problems if problem.kind == "broken")
        found += [*as_findings(broken, "template", chosen), *map(_plain, findings_in_templates(templates, newsletter, chosen))]
    return sorted(_without_followers(each_once(found)), key=lambda f: (f.place.path, f.place.line, f.place.column, f.rule))


def _without_followers(found: list["Finding"]) -> "Iterator[Finding]":
    """The findings but for a template that is broken for a reason which a finding at that very place gives."""
    explained = {finding.place[:3] for finding in found if finding.rule != "template/broken"}
    return (finding for finding in found if finding.rule != "template/broken" or finding.place[:3] not in explained)


def _by_newsletter(paths: list[Path], project: "Project") -> "dict[str | None, list[Path]]":
    """Templates by the newsletter whose folder they lie in; those of all newsletters, and those of none, under None."""
    grouped: dict[str | None, list[Path]] = {}
    for path in paths:
        grouped.setdefault(next((s for s in project.newsletter_slugs if located(path).is_relative_to(located(project.templates / s))), None), []).append(path)
    return grouped


def _is_shared(path: Path, project: "Project") -> bool:
    from composer.project.project import SHARED

    return located(path).is_relative_to(located(project.templates / SHARED))


def _asked(slug: str, by_newsletter: "dict[str | None, list[Path]]", project: "Project") -> set[Path]:
    """The files to speak of while a newsletter's templates are set: those named; all that it uses, where its own were all named."""
    own, shared = by_newsletter.get(slug, []), by_newsletter.get(None, [])
    asked = {*own, *shared}
    if own and {located(path) for path in own} >= {located(path) for path in template_files(project.templates / slug)}:
        names: set[str] = set()
        for folder in project.template_folders(slug):
            files = {path.relative_to(folder).as_posix(): path for path in template_files(folder)}
            # A newsletter's own file stands for the shared one; every theme.css counts.
            asked.update(path for name, path in files.items() if name not in names or path.name == "theme.css")
            names.update(files)
    return asked


def as_findings(problems: Iterable["Problem"], area: str, chosen: list["Rule"]) -> list["Finding"]:
    """Problems of settings and templates as the findings of the area's rules, where these were chosen; only drafts are fixed."""
    from composer.finding import Finding

    rules = {rule.name: rule for rule in chosen}
    named = ((f"{area}/{problem.kind}", problem) for problem in problems)
    return [_plain(Finding(name, rules[name].level, p.place, p.message, p.help, None, (), p.label)) for name, p in named if name in rules]


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


# What a worker has before it, from its start on: the archive is too much to be handed over with every few drafts.
_desk: "list[tuple[Project, list[Rule], Occasion]]" = []


def _sit_down(root: Path, names: tuple[tuple[str, bool], ...], occasion: "Occasion") -> None:
    from composer.checks.rule import chosen_by_name, rules
    from composer.project.project import Project

    chosen = [chosen_by_name(rules()[name]) if by_name else rules()[name] for name, by_name in names]
    _desk[:] = [(Project(root), chosen, occasion)]


def _in_a_worker(paths: Sequence[Path]) -> list[list["Finding"]]:
    ((project, chosen, occasion),) = _desk
    return _findings_of_few(paths, project, chosen, occasion, None)
