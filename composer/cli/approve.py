"""composer approve: records an editor's sign-off in the draft."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from composer.cli.options import Color, ProjectFolder

if TYPE_CHECKING:
    from composer.draft.load import Draft
    from composer.finding import Edit
    from composer.project.project import Project


def approve(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="The draft that was read and found good.", show_default=False)],
    role: Annotated[str, typer.Option("--as", metavar="ROLE", help="The role that approves it: one of `approvals` in newsletter.yaml.", show_default=False)],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who approves it.", show_default=False)],
    project: ProjectFolder = None,
    color: Color = "auto",
) -> None:
    """Record an editor's sign-off.

    Writes role, name, time and a fingerprint of the content under `approvals` in the draft. Any later change of words, links,
    pictures or stets makes it stale; layout, other comments and `send_at` do not. A draft with errors cannot be approved.

    Exit status: 0 recorded, 1 the draft has errors, 2 it could not be recorded.
    """
    from composer import press
    from composer.approval import fingerprint
    from composer.checks.gate import is_about_approval
    from composer.checks.house_style import selected_rules
    from composer.checks.reports import full
    from composer.checks.reports.report import Page, Summary
    from composer.cli import checking, reading, terminal
    from composer.cli.clock import now_in
    from composer.draft.approvals import approval_edit
    from composer.draft.edit import DraftText
    from composer.files import write_whole

    newsroom = reading.project_for(project, [draft])
    path = reading.one_draft(draft)
    name = " ".join(by.split())
    if not name:
        raise typer.BadParameter("say who approves it, such as --by 'Noor Hale'", param_hint="--by")
    before = path.read_bytes()
    read = checking.draft_at(path, newsroom, None)
    chosen = selected_rules()
    found = press.findings_of(read, newsroom, chosen, checking.occasion_now(newsroom, chosen))
    errors = [finding for finding in found if finding.level == "error" and not is_about_approval(finding)]
    if errors:
        page = Page(reading.SourcesOnDisk(None), terminal.wants_color(color), terminal.width(), quiet=True)
        terminal.say(full.report(errors, Summary.of(errors, 1), page))
        terminal.note(f"not approved: {read.path} has errors; mend them, read it again, and approve what will be sent.")
        raise typer.Exit(1)
    assert read.newsletter is not None
    _refuse_unknown_role(role, read)
    edit = approval_edit(read, role, name, now_in(newsroom.time_zone_of(read.newsletter)), fingerprint(read))
    text = DraftText.of(before)
    assert text is not None, "what is no text has errors"
    after = text.edited([edit])
    if not _is_recorded(after, path, newsroom, read, role):
        raise _cannot_write(read, edit)
    _refuse_if_changed(path, before, read)
    write_whole(path, after)
    terminal.say(f"{read.path}: approved by {name} as {role}. The approval holds until the content changes.")


def _refuse_unknown_role(role: str, draft: "Draft") -> None:
    from composer.discovery import did_you_mean
    from composer.errors import UnknownName

    assert draft.newsletter is not None
    roles = draft.newsletter.approvals
    if role not in roles:
        named = f"{draft.newsletter.slug} has no role called `{role}`" if roles else f"{draft.newsletter.slug} asks for no approvals"
        raise UnknownName(named, did_you_mean(role, roles) if roles else f"name the roles in its newsletter.yaml: `approvals: [{role}]`")


def _is_recorded(content: bytes, path: Path, project: "Project", before: "Draft", role: str) -> bool:
    """Whether the edited draft holds the approval, every other one, and the same content."""
    from composer.approval import standings
    from composer.draft.load import load_draft_text

    after = load_draft_text(content, path, project)
    if after.issue is None or before.issue is None or len(after.problems) > len(before.problems):
        return False
    others = {name: given for name, given in after.issue.approvals.items() if name != role}
    kept = others == {name: given for name, given in before.issue.approvals.items() if name != role}
    return kept and any(standing.role == role and standing.is_valid for standing in standings(after))


def _cannot_write(draft: "Draft", edit: "Edit") -> Exception:
    from composer.errors import ComposerError

    return ComposerError(
        f"{draft.path} is laid out so that the approval cannot be written into it", f"type it at the end of the draft yourself: {edit.text.strip()}"
    )


def _refuse_if_changed(path: Path, before: bytes, draft: "Draft") -> None:
    from composer.errors import ComposerError

    if path.read_bytes() != before:
        raise ComposerError(f"{draft.path} was changed while it was being read", "look at the change, then approve again")
