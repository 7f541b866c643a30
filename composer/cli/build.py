"""composer build: checks drafts, then writes each as email HTML, plain text and a message."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from composer.cli.options import Color, Paths, ProjectFolder, StdinFilename

if TYPE_CHECKING:
    from composer.checks.occasion import Occasion
    from composer.checks.rule import Rule
    from composer.delivery.service import Service
    from composer.draft.load import Draft
    from composer.finding import Finding
    from composer.project.project import Project
    from composer.proof.proof import Proof

_NO_COUNTERPART = "delivery/merge-field"


def build(
    paths: Paths = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the editions go: DIR/<newsletter>/<draft>.html, .txt and .eml.")] = Path(
        "dist"
    ),
    proof: Annotated[bool, typer.Option("--proof", help="Build drafts with errors too; every edition says that it is a proof, not for sending.")] = False,
    service: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="SERVICE",
            help="Write merge fields as this sending service wants them, such as listmonk; docs/sending.md lists the services.",
            show_default=False,
        ),
    ] = None,
    web: Annotated[bool, typer.Option("--web", help="Write the page that “View in browser” leads to as well: <draft>.web.html.")] = False,
    keep_mjml: Annotated[bool, typer.Option("--keep-mjml", help="Write the MJML as well.")] = False,
    stdin_filename: StdinFilename = None,
    project: ProjectFolder = None,
    color: Color = "auto",
) -> None:
    """Check drafts, then write them as mail.

    An issue becomes email HTML, a plain text, and a message file that any mail program opens.
    Nothing is written for a draft with errors, unless --proof. The files of a draft are written together or not at all.
    With --for, nothing is written where a merge field has no counterpart in the service.

    Exit status: 0 built, 1 errors found, 2 the build could not run.
    """
    from composer.checks.house_style import selected_rules
    from composer.checks.reports import full
    from composer.checks.reports.report import Page, Summary
    from composer.cli import checking, reading, terminal
    from composer.delivery.service import service_called
    from composer.files import write_together

    wanted = service_called(service) if service is not None else None
    if web and wanted is not None:
        raise typer.BadParameter("a page shows fallbacks where a mail has fields; build it on its own, without --for", param_hint="--web")
    newsroom = reading.project_for(project, paths or [])
    named = reading.named_by(paths or [], newsroom)
    if out.exists() and not out.is_dir():
        raise _no_folder(out)
    stdin = reading.stdin_for(named.drafts, stdin_filename)
    if stdin is not None and stdin_filename is None:
        raise _unnamed_stdin()
    if not named.drafts:
        terminal.note(f"No drafts found in {newsroom.shown(paths[0] if paths else newsroom.issues)}. composer new NEWSLETTER starts one.")
        return
    drafts = [checking.draft_at(path, newsroom, stdin) for path in named.drafts]
    _refuse_two_at_one_place(drafts, out)
    chosen = selected_rules()
    occasion = checking.occasion_now(newsroom, chosen)._replace(service=wanted)
    page = Page(reading.SourcesOnDisk(stdin), terminal.wants_color(color), terminal.width(), quiet=True)
    said: list[Finding] = []

    def say_new(findings: "list[Finding]") -> None:
        new = [finding for finding in checking.each_once(findings) if finding not in said]
        said.extend(new)
        terminal.say(full.report(new, Summary.of(new, 1), page))

    of_newsroom = checking.findings_of_settings(newsroom.root / "newsroom.yaml", newsroom, chosen)
    say_new(of_newsroom)
    written = 0
    for draft in drafts:
        built = _built(draft, newsroom, chosen, occasion, out, marked=proof, keep_mjml=keep_mjml, web=web, held_back=_errors(of_newsroom) > 0)
        say_new(built.findings)
        if built.editions:
            write_together(built.editions)
            written += 1
        terminal.say(_written(built.editions) if built.editions else _not_written(draft, out))
    summary = Summary.of(said, len(drafts))
    terminal.say(f"\n{summary.words}")
    if written and wanted is not None:
        terminal.say(f"Merge fields are written for {wanted.name}, which fills them in and sets the headers for leaving.")
    if written:
        terminal.say(
            "To look at an issue as its readers will, open the .html in a browser or the .eml in a mail program; composer preview shows it as each client does."
        )
    raise typer.Exit(1 if summary.errors else 0)


class _Built(NamedTuple):
    """What the rules say of a draft, and its files with their contents; none where it may not be built."""

    findings: "list[Finding]"
    editions: dict[Path, bytes]


def _built(
    draft: "Draft",
    project: "Project",
    chosen: "list[Rule]",
    occasion: "Occasion",
    out: Path,
    *,
    marked: bool,
    keep_mjml: bool,
    web: bool,
    held_back: bool,
) -> _Built:
    from composer import press
    from composer.checks.gate import held_to_approval
    from composer.cli.checking import as_findings, rendered_and_checked

    unmarked, findings = rendered_and_checked(draft, project, chosen, occasion)
    if unmarked is None:
        return _Built(findings, {})
    if not marked:
        findings = held_to_approval(findings)
    if (held_back or _errors(findings)) and not marked:
        return _Built(findings, {})
    made = _to_be_written(unmarked, draft, project, occasion.service, marked=marked)
    editions = press.editions_of(made, out, keep_mjml=keep_mjml, web=web)
    if made.problems:
        return _Built([*findings, *(f for f in as_findings(made.problems, "template", chosen) if f not in findings)], {})
    # Not even a proof can be written in words that the service does not have.
    if any(finding.rule == _NO_COUNTERPART and finding.level == "error" for finding in findings):
        return _Built(findings, {})
    return _Built(findings, editions)


def _to_be_written(unmarked: "Proof", draft: "Draft", project: "Project", service: "Service | None", *, marked: bool) -> "Proof":
    """The proof that becomes files: marked as one, and for the service, where that is wanted."""
    from composer import press
    from composer.checks.service_reading import proof_for_service

    if marked:
        return press.proof_of(draft, project, marked=True, service=service)
    return proof_for_service(unmarked, service) if service is not None else unmarked


def _errors(findings: "list[Finding]") -> int:
    return sum(finding.level == "error" for finding in findings)


def _refuse_two_at_one_place(drafts: "list[Draft]", out: Path) -> None:
    """Raises WouldOverwrite where two drafts would be written to the same files, before anything is written."""
    from composer.errors import WouldOverwrite

    taken: dict[str, Draft] = {}
    for draft in drafts:
        if draft.newsletter is None:
            continue
        target = out / draft.newsletter.slug / draft.stem
        # Some file systems take two names that differ in capitals for one.
        first = taken.setdefault(str(target).casefold(), draft)
        if first is not draft:
            raise WouldOverwrite(
                f"{first.path} and {draft.path} would both be written to {target}.html",
                "give one of them another file name, or build them one after the other with different --out folders",
            )


def _no_folder(out: Path) -> Exception:
    from composer.errors import ComposerError

    return ComposerError(f"{out} is not a folder", "--out takes the folder that the editions go into")


def _unnamed_stdin() -> Exception:
    from composer.errors import ComposerError

    return ComposerError(
        "a draft from standard input has no name for its editions", "say which file it stands for: --stdin-filename issues/<newsletter>/<date>-<slug>.yaml"
    )


def _written(editions: dict[Path, bytes]) -> str:
    longest = max(len(path.as_posix()) for path in editions)
    return "".join(f"wrote {path.as_posix():<{longest}} {_size(len(content)):>9}\n" for path, content in editions.items())


def _size(count: int) -> str:
    return f"{count:,} B" if count < 1000 else f"{count / 1000:,.1f} kB"


def _not_written(draft: "Draft", out: Path) -> str:
    words = f"not built: {draft.path}"
    if draft.newsletter is not None and (out / draft.newsletter.slug / f"{draft.stem}.html").exists():
        words += f" (the editions in {out.as_posix()}/{draft.newsletter.slug} are from an earlier build)"
    return words
