"""composer schema: JSON Schema for editors, one newsletter's on standard output or all of them into schemas/."""

from typing import TYPE_CHECKING, Annotated

import typer

from composer.cli.options import ProjectFolder

if TYPE_CHECKING:
    from composer.project.project import Project


def schema(
    newsletter: Annotated[
        str | None, typer.Argument(metavar="NEWSLETTER", help="Print this newsletter's schema; where left out, all are written.", show_default=False)
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 if a file in schemas/ is not up to date.")] = False,
    project: ProjectFolder = None,
) -> None:
    """Write JSON Schemas for editors.

    They give completion and hints while a draft is typed.

    Without a name, schemas/<newsletter>.json is written for every newsletter. With one, its schema is printed.

    Exit status: 0 done, 1 with --check: a file is out of date, 2 the command could not run.
    """
    from composer.cli import reading, terminal
    from composer.files import write_together

    newsroom = reading.project_for(project, [])
    texts = {slug: _text(slug, newsroom) for slug in ([newsletter] if newsletter else newsroom.newsletter_slugs)}
    if newsletter and not check:
        terminal.say(texts[newsletter])
        return
    files = {newsroom.schemas / f"{slug}.json": text.encode() for slug, text in texts.items()}
    stale = [path for path, content in files.items() if not path.is_file() or path.read_bytes() != content]
    if check:
        for path in stale:
            terminal.say(f"{newsroom.shown(path)} is not up to date; write it with: composer schema")
        raise typer.Exit(1 if stale else 0)
    write_together(files)
    for path in files:
        terminal.say(f"wrote {newsroom.shown(path)}")


def _text(slug: str, project: "Project") -> str:
    from composer.cli.reading import newsletter_of
    from composer.draft.schema import schema_text
    from composer.issue.catalogue import catalogue_of

    return schema_text(catalogue_of(newsletter_of(slug, project)))
