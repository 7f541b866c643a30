"""A newsroom's folder: its settings, newsletters and drafts, read once each."""

import os
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from composer.discovery import did_you_mean
from composer.errors import PathNotFound, ProjectNotFound, UnknownName
from composer.files import inside, located, shipped
from composer.finding import Problem
from composer.project.icons import icon_problems
from composer.project.newsletter import Newsletter
from composer.project.newsroom import Newsroom
from composer.yaml_source.reader import read_file
from composer.yaml_source.typed import Typed, typed
from composer.yaml_source.validation_problems import OF_SETTINGS

MARKER = "newsroom.yaml"
SHARED = "_shared"


class Settings(NamedTuple):
    """A settings file as read: what it says, None where it cannot be used, and what is wrong with it."""

    made: Typed | None
    problems: tuple[Problem, ...]


class Project:
    """The newsroom at `root`. Paths in findings are shown relative to the folder the command runs in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._newsletters: dict[str, Settings] = {}
        self._followed = cache(os.path.realpath)

    @classmethod
    def containing(cls, start: Path) -> "Project":
        """The project of a folder: the nearest one upwards with newsroom.yaml. Raises ProjectNotFound."""
        folder = start.resolve()
        for candidate in (folder, *folder.parents):
            if (candidate / MARKER).is_file():
                return cls(candidate)
        raise ProjectNotFound(
            f"no {MARKER} in {start} or any folder above it", "go to your newsroom's folder, name it with --project, or make one: composer init"
        )

    @property
    def templates(self) -> Path:
        """The newsroom's own templates."""
        return self.root / "templates"

    @property
    def issues(self) -> Path:
        """The folder of drafts."""
        return self.root / "issues"

    @cached_property
    def issues_located(self) -> Path:
        """The folder of drafts without links in its path; following them for every draft took a tenth of reading it."""
        return self.issues.resolve()

    @property
    def schemas(self) -> Path:
        """The folder of JSON Schemas."""
        return self.root / "schemas"

    @property
    def cache(self) -> Path:
        """A folder for what can be made again at any time."""
        return self.root / ".composer"

    def template_folders(self, newsletter: str) -> list[Path]:
        """Where a newsletter's templates are looked for: its own folder, the newsroom's shared one, Composer's."""
        folders = [self.templates / newsletter, self.templates / SHARED, shipped() / "templates" / SHARED]
        return [folder for folder in dict.fromkeys(folders) if folder.is_dir()]

    @cached_property
    def newsroom_settings(self) -> Settings:
        """newsroom.yaml as read."""
        return self._read(self.root / MARKER, Newsroom)

    @property
    def newsroom(self) -> Newsroom | None:
        """What all newsletters share; None where newsroom.yaml cannot be used."""
        made = self.newsroom_settings.made
        return made if isinstance(made, Newsroom) else None

    def time_zone_of(self, newsletter: Newsletter) -> str:
        """A newsletter's time zone by its name in the tz database: its own, else the newsroom's, else UTC."""
        return newsletter.time_zone or (self.newsroom.time_zone if self.newsroom is not None else "UTC")

    @cached_property
    def newsletter_slugs(self) -> list[str]:
        """The newsletters: folders under templates/ with a newsletter.yaml, sorted."""
        return sorted(p.parent.name for p in self.templates.glob("*/newsletter.yaml") if not p.parent.name.startswith(("_", ".")))

    def newsletter_path(self, slug: str) -> Path:
        """The settings file of a newsletter."""
        return self.templates / slug / "newsletter.yaml"

    def newsletter_settings(self, slug: str) -> Settings:
        """newsletter.yaml as read. Raises UnknownName with the nearest name that exists."""
        if slug not in self._newsletters:
            if slug not in self.newsletter_slugs:
                raise UnknownName(
                    f"no newsletter is called `{slug}`", did_you_mean(slug, self.newsletter_slugs) or "add a folder with a newsletter.yaml under templates/"
                )
            settings = self._read(self.newsletter_path(slug), Newsletter)
            if isinstance(settings.made, Newsletter):
                settings.made.called(slug)
                missing = icon_problems(settings.made, tuple(self.template_folders(slug)))
                settings = settings._replace(problems=(*settings.problems, *missing))
            self._newsletters[slug] = settings
        return self._newsletters[slug]

    def newsletter(self, slug: str) -> Newsletter | None:
        """A newsletter by its slug; None where its settings cannot be used. Raises UnknownName."""
        made = self.newsletter_settings(slug).made
        return made if isinstance(made, Newsletter) else None

    def located(self, path: Path) -> Path:
        """As files.py has it; the links of a folder are followed once."""
        return located(path, self._followed)

    def shown(self, path: Path) -> str:
        """A path as findings show it: relative to the working folder where it lies inside, with forward slashes."""
        return self.shown_located(self.located(path))

    def shown_located(self, whole: Path) -> str:
        """As `shown`, for a path that `located` has answered with already."""
        return inside(whole, Path.cwd()) or whole.as_posix()

    def drafts(self, paths: list[Path]) -> list[Path]:
        """The drafts at these paths, or all of issues/. Folders are searched, past what is hidden. Raises PathNotFound."""
        found: list[Path] = []
        for path in paths or [self.issues]:
            if path.is_dir():
                _refuse_what_cannot_be_listed(path)
                found += sorted(p for pattern in ("*.yaml", "*.yml") for p in path.rglob(pattern) if _is_draft(p, path))
            elif path.exists():
                found.append(path)
            elif path != self.issues:
                raise PathNotFound(f"{path} does not exist", "check the spelling; drafts live in issues/<newsletter>/")
        return list(dict.fromkeys(found))

    def _read(self, path: Path, model: type[Typed]) -> Settings:
        document = read_file(path, self.shown(path))
        top = document.source.top
        if document.root is None:
            nothing = (Problem("syntax", top, f"{path.name} is empty", "Composer's docs/newsletters.md shows one that works"),)
            return Settings(None, document.problems or nothing)
        outcome = typed(model, document.root, top=top, explained=OF_SETTINGS)
        return Settings(outcome.made, (*document.problems, *outcome.problems))


def _refuse_what_cannot_be_listed(folder: Path) -> None:
    """A search passes over what it may not read, as if there were nothing. Raises PathNotFound."""
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise PathNotFound(f"{folder} cannot be read: {error.strerror}", "give yourself the right to list and open it: chmod u+rx") from error


def _is_draft(path: Path, folder: Path) -> bool:
    """Whether a file met in a folder is meant: editors and systems leave files of their own there, such as `.#draft.yaml`."""
    is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not is_hidden and (path.is_file() or path.is_symlink()) and not path.is_dir()
