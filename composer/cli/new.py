"""composer new: the next draft of a newsletter."""

from datetime import date
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from composer.cli.options import ProjectFolder

if TYPE_CHECKING:
    from composer.project.newsletter import Newsletter
    from composer.project.project import Project


def new(
    newsletter: Annotated[str, typer.Argument(metavar="NEWSLETTER", help="The newsletter: the name of its folder under templates/.", show_default=False)],
    day: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The day it goes out; the newsletter's next weekday where left out.", show_default=False)
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TITLE", help="Its subject; the file is named after it.", show_default=False)] = None,
    like: Annotated[
        Path | None,
        typer.Option(
            "--like", metavar="DRAFT", help="Copy this draft, its pictures too, with the new date and number, instead of starting from TKs.", show_default=False
        ),
    ] = None,
    project: ProjectFolder = None,
) -> None:
    """Start the next draft of a newsletter.

    It has date, number and every section in order, with TKs where words are to come.

    The date is the newsletter's next weekday after today and after its newest issue. With --like, a draft is copied:
    date and number move on, its slug, sending time, approvals and corrections stay behind, all other words are kept.

    Nothing is ever overwritten.
    """
    from composer.cli import reading, terminal
    from composer.draft import scaffold
    from composer.files import write_together
    from composer.issue.catalogue import catalogue_of

    newsroom = reading.project_for(project, [])
    settings = reading.newsletter_of(newsletter, newsroom)
    earlier = scaffold.earlier_issues(newsroom, newsletter)
    when = _day(day) if day else scaffold.next_day(settings, _today(settings, newsroom), earlier)
    number = scaffold.next_number(earlier)
    subject = scaffold.one_line(title) if title else None
    target = newsroom.issues / newsletter / f"{when}-{scaffold.slug_of(subject)}.yaml"
    _refuse_overwriting(target, newsroom)
    if like is not None:
        files = _copied(like, target, settings, newsroom, when, number, subject)
    else:
        files = {target: scaffold.scaffold(catalogue_of(settings), when, number, subject, earlier).encode()}
    write_together(files)
    for path in files:
        terminal.say(f"wrote {newsroom.shown(path)}")
    if not scaffold.is_its_weekday(settings, when):
        terminal.note(f"note: {when} is a {when:%A}; {settings.name} goes out on {', '.join(d.capitalize() for d in settings.weekdays)}.")
    if any(issue.day == when for issue in earlier):
        terminal.note(f"note: there is already a draft for {when}.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"`{text}` is not a day of the calendar; write it as year-month-day, such as 2026-11-24", param_hint="--date") from None


def _today(newsletter: "Newsletter", project: "Project") -> date:
    """Today where the newsletter is published."""
    from composer.cli.clock import now_in

    return now_in(project.time_zone_of(newsletter)).date()


def _refuse_overwriting(target: Path, project: "Project") -> None:
    from composer.errors import WouldOverwrite

    if target.exists() or target.is_symlink():
        raise WouldOverwrite(f"{project.shown(target)} is there already", "give the new draft a --title or another --date")


def _copied(like: Path, target: Path, newsletter: "Newsletter", project: "Project", day: date, number: int | None, title: str | None) -> dict[Path, bytes]:
    """The copy of a draft and of the pictures beside it. Raises ComposerError where there is nothing to copy."""
    from composer.draft.load import load_draft
    from composer.draft.scaffold import carried_forward
    from composer.errors import ComposerError, PathNotFound

    if not like.is_file():
        raise PathNotFound(f"{like} does not exist" if not like.exists() else f"{like} is not a draft", "--like takes the path of a draft")
    draft = load_draft(like, project)
    if draft.newsletter is not None and draft.newsletter.slug != newsletter.slug:
        raise ComposerError(
            f"{draft.path} is a draft of {draft.newsletter.slug}, not of {newsletter.slug}", f"composer new {draft.newsletter.slug} --like {quote(str(like))}"
        )
    text = carried_forward(draft, day, number, title)
    if text is None:
        raise ComposerError(
            f"{draft.path} cannot be copied: it is unreadable, has no date, or stands in braces as a whole",
            f"composer check {quote(str(like))} says what is wrong",
        )
    pictures = like.parent / like.stem
    beside = {target.parent / target.stem / p.name: p.read_bytes() for p in sorted(pictures.iterdir()) if p.is_file()} if pictures.is_dir() else {}
    for path in beside:
        _refuse_overwriting(path, project)
    return {target: text.encode(), **beside}
