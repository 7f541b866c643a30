"""composer preview: the issue in the browser, as each mail client shows it, anew with every change."""

import os
import sys
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from composer.cli.options import ProjectFolder

if TYPE_CHECKING:
    from composer.preview.desk import Desk, Look
    from composer.preview.server import PreviewServer
    from composer.project.project import Project

# Free on most machines, and the same every week, so that a bookmark keeps leading there.
_USUAL_PORT = 8421


def preview(
    path: Annotated[Path | None, typer.Argument(metavar="PATH", help="A draft or a folder; all of issues/ where left out.", show_default=False)] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=0, max=65535, metavar="PORT", help=f"The port of the page: {_USUAL_PORT}, or a free one, where left out.", show_default=False
        ),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in your browser.")] = True,
    remote_pictures: Annotated[
        bool, typer.Option("--remote-pictures", help="Load pictures that a mail has from the web. Without it nothing leaves your machine.")
    ] = False,
    project: ProjectFolder = None,
) -> None:
    """Show an issue in the browser while you write it.

    The page shows the mail as each mail client does, on a phone and in a window, by day and in the dark, without pictures,
    as plain text and in the inbox, with what the rules say of it. It follows every file that you save: drafts, pictures,
    settings and templates. A click on words of the mail leads to their line in the draft, and a finding to its words.

    The page is for this machine only. Ctrl-C ends it.

    Exit status: 0 ended, 2 it could not be shown.
    """
    from composer.cli import reading, terminal
    from composer.cli.memory import give_memory_back
    from composer.errors import PathNotFound

    give_memory_back()
    named = [path] if path is not None else []
    newsroom = reading.project_for(project, named)
    if path is not None and (path == reading.STDIN or not reading.named_by(named, newsroom).drafts):
        raise PathNotFound(f"there is no draft at {path}", "name a draft, or a folder with drafts: issues/<newsletter>/")
    server = _server_for(_desk_for(newsroom, named), port, remote_pictures=remote_pictures)
    try:
        terminal.say(f"The preview is at {server.address}\nIt follows what you save. Ctrl-C ends it.")
        sys.stdout.flush()
        if browser and _has_windows():
            import webbrowser

            # Some browsers that $BROWSER names are waited for until they are closed.
            Thread(target=webbrowser.open, args=(server.address,), daemon=True).start()
        server.serve_forever()
    except KeyboardInterrupt:
        terminal.say("\nThe preview has ended.")
    finally:
        server.server_close()


def _desk_for(newsroom: "Project", named: list[Path]) -> "Desk":
    from composer.cli import reading
    from composer.preview.desk import Desk

    def drafts_of(project: "Project") -> list[Path]:
        # An editor that saves a draft takes it away for a moment.
        there = [path for path in named if path.exists()]
        return reading.named_by(there, project).drafts if there or not named else []

    return Desk(newsroom.root, named, drafts_of, _look)


def _look(project: "Project", path: Path) -> "Look":
    """A draft as it stands: rendered where that is possible, and checked as composer check does. Raises OSError."""
    from composer.checks.house_style import selected_rules
    from composer.cli import checking
    from composer.preview.desk import Look

    chosen = selected_rules()
    occasion = checking.occasion_now(project, chosen)
    draft = checking.draft_at(path, project, None)
    of_newsroom = checking.findings_of_settings(project.root / "newsroom.yaml", project, chosen)
    proof, findings = checking.rendered_and_checked(draft, project, chosen, occasion)
    of_templates = checking.as_findings(proof.problems, "template", chosen) if proof is not None else []
    return Look(draft, proof, checking.each_once([*of_newsroom, *findings, *of_templates]))


def _server_for(desk: "Desk", port: int | None, *, remote_pictures: bool) -> "PreviewServer":
    """The server, on the port that was asked for. Raises ComposerError where that is taken."""
    from composer.cli.reading import SourcesOnDisk
    from composer.errors import ComposerError
    from composer.preview.server import PreviewServer

    for wanted in (_USUAL_PORT, 0) if port is None else (port,):
        try:
            return PreviewServer(desk, SourcesOnDisk, wanted, remote_pictures=remote_pictures)
        except OSError as error:
            failed = error
    raise ComposerError(f"port {port} cannot be used: {failed.strerror or failed}", "leave --port out, and a free one is taken")


def _has_windows() -> bool:
    """Whether there is a screen that a browser could open on; in a terminal alone, one of letters would take its place."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
