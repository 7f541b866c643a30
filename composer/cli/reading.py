"""From the paths of a command line to the project, its drafts, its settings files and its templates."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from composer.errors import ComposerError, PathNotFound, ProjectNotFound, ProjectUnreadable
from composer.files import located, located_all
from composer.place import SourceText

if TYPE_CHECKING:
    from composer.project.newsletter import Newsletter
    from composer.project.project import Project

STDIN = Path("-")
TEMPLATE_SUFFIXES = (".j2", ".css")


class Named(NamedTuple):
    """What a command line names, in its order: drafts (`-` among them), settings files, templates."""

    drafts: list[Path]
    settings: list[Path]
    templates: list[Path]

    @property
    def total(self) -> int:
        """How many files that is."""
        return sum(map(len, self))


class Stdin(NamedTuple):
    """Standard input as a draft: the file it stands for, and what it holds."""

    name: Path
    content: bytes


def project_for(folder: Path | None, paths: list[Path]) -> "Project":
    """The project of `--project`, of the working folder, or of the first path. Raises ProjectNotFound, PathNotFound."""
    from composer.project.project import MARKER, Project

    if folder is not None:
        if not folder.is_dir():
            raise PathNotFound(f"{folder} is not a folder", f"--project takes the folder that holds {MARKER}")
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
    """Sort the paths into drafts, settings and templates; folders are searched for all three. Raises PathNotFound."""
    settings = _settings_of(project)
    named = Named([], [], [])
    for path in paths or [project.issues]:
        if path == STDIN:
            named.drafts.append(path)
        elif path.is_dir():
            named.drafts.extend(draft for draft, whole in located_all(_drafts_in(path, project)).items() if whole not in settings)
            named.settings.extend(_settings_in(path, settings))
            named.templates.extend(_templates_in(path, project))
        elif located(path) in settings:
            named.settings.append(path)
        elif path.exists() or path.is_symlink():
            (named.templates if path.suffix in TEMPLATE_SUFFIXES else named.drafts).append(path)
        elif paths:
            raise PathNotFound(f"{path} does not exist", _near(path))
    return Named(*map(_once, named))


def one_draft(path: Path) -> Path:
    """The path of a command that takes a single draft. Raises PathNotFound."""
    if not path.is_file():
        raise PathNotFound(f"{path} is not a draft" if path.exists() else f"{path} does not exist", "name one draft: issues/<newsletter>/<date>-<slug>.yaml")
    return path


def _settings_of(project: "Project") -> dict[Path, Path]:
    """newsroom.yaml and every newsletter.yaml, by where they stand."""
    from composer.project.project import MARKER

    files = [project.root / MARKER, *(project.newsletter_path(slug) for slug in project.newsletter_slugs)]
    return {located(path): path for path in files}


def _drafts_in(folder: Path, project: "Project") -> list[Path]:
    """The drafts under a folder; of a folder that holds the newsroom's issues, only those; of its templates, none."""
    resolved, issues = folder.resolve(), project.issues_located
    if resolved.is_relative_to(project.templates.resolve()):
        return []
    if issues.is_relative_to(resolved):
        folder = folder / issues.relative_to(resolved)
    return project.drafts([folder]) if folder.is_dir() else []


def _settings_in(folder: Path, settings: dict[Path, Path]) -> list[Path]:
    return [path for resolved, path in settings.items() if resolved.is_relative_to(folder.resolve())]


def _templates_in(folder: Path, project: "Project") -> list[Path]:
    resolved, templates = folder.resolve(), project.templates.resolve()
    if not resolved.is_relative_to(templates) and not templates.is_relative_to(resolved):
        return []
    return template_files(folder if resolved.is_relative_to(templates) else project.templates)


def template_files(folder: Path) -> list[Path]:
    """The templates, themes and style sheets under a folder, sorted."""
    return sorted(path for path in folder.rglob("*") if path.suffix in TEMPLATE_SUFFIXES and path.is_file())


def _once(paths: list[Path]) -> list[Path]:
    """Each file once, however often and however spelled it was named."""
    seen: dict[Path, Path] = {}
    for path, whole in located_all(paths).items():
        seen.setdefault(path if path == STDIN else whole, path)
    return list(seen.values())


def _near(path: Path) -> str:
    from composer.discovery import nearest

    names = [p.name for p in path.parent.iterdir() if not p.name.startswith(".")] if path.parent.is_dir() else []
    near = nearest(path.name, names)
    return f"did you mean {path.parent / near}?" if near else "check the spelling; drafts live in issues/<newsletter>/"


def stdin_for(drafts: list[Path], stdin_filename: Path | None) -> Stdin | None:
    """Standard input, read no further than a draft may reach, where `-` is among the drafts."""
    if STDIN not in drafts:
        if stdin_filename is not None:
            raise ComposerError("--stdin-filename says what `-` stands for, but `-` is not among the paths", "add `-`, or leave the option out")
        return None
    from composer.yaml_source.reader import MAX_BYTES

    return Stdin(stdin_filename or STDIN, sys.stdin.buffer.read(MAX_BYTES + 1))


class SourcesOnDisk:
    """The texts of files as they stand on disk or came by standard input; empty where a file is gone or no text."""

    def __init__(self, stdin: Stdin | None = None) -> None:
        self._stdin = stdin
        self._read: dict[str, SourceText] = {}

    def __call__(self, path: str) -> SourceText:
        """The text of the file that findings show by this path."""
        if path not in self._read:
            content = self._content(path)
            text = "" if b"\0" in content else content.decode("utf-8-sig", errors="replace")
            self._read[path] = SourceText(path, text)
        return self._read[path]

    def _content(self, path: str) -> bytes:
        if self._stdin is not None and path == self._stdin.name.as_posix():
            return self._stdin.content
        from composer.yaml_source.reader import MAX_BYTES

        try:
            with Path(path).open("rb") as file:
                return file.read(MAX_BYTES + 1)
        except OSError:
            return b""


def newsletter_of(slug: str, project: "Project") -> "Newsletter":
    """A newsletter by its slug. Raises UnknownName, or ProjectUnreadable with the first fault of its settings."""
    newsletter, problems = project.newsletter(slug), project.newsletter_settings(slug).problems
    if newsletter is None:
        place, message = (problems[0].place, problems[0].message) if problems else (None, "it is empty")
        where = f"{place.path}:{place.line}:{place.column}" if place else project.shown(project.newsletter_path(slug))
        raise ProjectUnreadable(
            f"the settings of {slug} cannot be used: {where}: {message}",
            f"see all that is wrong: composer check {project.shown(project.newsletter_path(slug))}",
        )
    return newsletter
