"""From the paths of a command line to the project, its drafts and its settings files."""

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from composer.errors import ComposerError, PathNotFound, ProjectNotFound
from composer.place import SourceText

if TYPE_CHECKING:
    from composer.project.project import Project

STDIN = Path("-")


class Named(NamedTuple):
    """What a command line names: drafts in order, `-` among them, and settings files."""

    drafts: list[Path]
    settings: list[Path]


def project_for(folder: Path | None, paths: list[Path]) -> "Project":
    """The project of `--project`, of the working folder, or of the first path. Raises ProjectNotFound, PathNotFound."""
    from composer.project.project import MARKER, Project

    if folder is not None:
        if not folder.is_dir():
            raise PathNotFound(f"{folder} is not a folder", "--project takes the folder that holds newsroom.yaml")
        if not (folder / MARKER).is_file():
            raise ProjectNotFound(f"no {MARKER} in {folder}", f"--project takes the folder that holds {MARKER}; composer init makes one")
        return Project(folder.resolve())
    try:
        return Project.containing(Path.cwd())
    except ProjectNotFound:
        beside = next((path for path in paths if path != STDIN and path.exists()), None)
        if beside is None:
            raise
        return Project.containing(beside if beside.is_dir() else beside.parent)


def named_by(paths: list[Path], project: "Project") -> Named:
    """Sort the paths into drafts and settings; folders are searched for both. Raises PathNotFound."""
    named = Named([], [])
    for path in paths or [project.issues]:
        if path == STDIN:
            named.drafts.append(path)
        elif path.is_dir():
            named.drafts.extend(_drafts_in(path, project))
            if paths:
                named.settings.extend(_settings_in(path, project))
        elif path.exists():
            (named.settings if _is_settings(path, project) else named.drafts).append(path)
        elif path != project.issues or paths:
            raise PathNotFound(f"{path} does not exist", _near(path))
    return Named(_once(named.drafts), _once(named.settings))


def _drafts_in(folder: Path, project: "Project") -> list[Path]:
    """The drafts under a folder; of a folder that holds the newsroom's issues, only those."""
    resolved, issues = folder.resolve(), project.issues.resolve()
    if issues.is_relative_to(resolved):
        folder = _spelled_under(folder, issues.relative_to(resolved))
    if not folder.is_dir():
        return []
    found = (path for path in project.drafts([folder]) if path.is_file() or path.is_symlink())
    return [path for path in found if not _is_settings(path, project)]


def _spelled_under(folder: Path, rest: Path) -> Path:
    return rest if folder == Path() else folder / rest


def _settings_in(folder: Path, project: "Project") -> list[Path]:
    """newsroom.yaml and the newsletter.yaml files under a folder, or the one it belongs to."""
    resolved = folder.resolve()
    newsletters = [project.newsletter_path(slug) for slug in project.newsletter_slugs]
    owned = [path for path in [_newsroom_path(project), *newsletters] if path.resolve().is_relative_to(resolved)]
    return owned or [path for path in newsletters if resolved.is_relative_to(path.parent.resolve())]


def _is_settings(path: Path, project: "Project") -> bool:
    resolved = path.resolve()
    return resolved == _newsroom_path(project).resolve() or resolved in {project.newsletter_path(slug).resolve() for slug in project.newsletter_slugs}


def _newsroom_path(project: "Project") -> Path:
    from composer.project.project import MARKER

    return project.root / MARKER


def _once(paths: list[Path]) -> list[Path]:
    """Each file once, however often and however spelled it was named."""
    seen: dict[Path, Path] = {}
    for path in paths:
        seen.setdefault(path if path == STDIN else path.resolve(), path)
    return list(seen.values())


def _near(path: Path) -> str:
    from composer.discovery import nearest

    folder = path.parent
    near = nearest(path.name, [p.name for p in folder.iterdir() if not p.name.startswith(".")]) if folder.is_dir() else None
    return f"did you mean {folder / near}?" if near else "check the spelling; drafts live in issues/<newsletter>/"


@cache
def standard_input() -> bytes:
    """What standard input holds, read once and no further than a draft may reach."""
    from composer.yaml_source.reader import MAX_BYTES

    return sys.stdin.buffer.read(MAX_BYTES + 1)


def name_of_stdin(drafts: list[Path], stdin_filename: Path | None) -> Path:
    """The file that standard input stands for. Raises ComposerError where it stands for none."""
    if stdin_filename is not None and STDIN not in drafts:
        raise ComposerError("--stdin-filename says what `-` stands for, but `-` is not among the paths", "add `-`, or leave the option out")
    return stdin_filename or STDIN


def source_of(path: str, stdin_name: Path) -> SourceText:
    """The text of a file for a frame; empty where it is gone or no text."""
    from composer.yaml_source.reader import MAX_BYTES

    if path == stdin_name.as_posix():
        content = standard_input()
    else:
        try:
            with Path(path).open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        except OSError:
            content = b""
    text = "" if b"\0" in content else content.decode("utf-8-sig", errors="replace")
    return SourceText(path, text)
