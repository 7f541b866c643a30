"""A newsletter's templates as one project reads them: folders, environment and theme, each made once."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from composer.place import Place, SourceText
from composer.project.kept import once_a_project
from composer.project.project import Project
from composer.proof.jinja import TemplateEnvironment, environment_of
from composer.proof.theme import Theme, theme_of


class Templates:
    """The templates of a newsletter. A project reads its files once; after a change, make another Project."""

    def __init__(self, project: Project, newsletter: str) -> None:
        self.folders: tuple[Path, ...] = tuple(project.template_folders(newsletter))
        self._cache = project.cache

    @cached_property
    def environment(self) -> TemplateEnvironment:
        """The Jinja environment that finds them."""
        return environment_of(self.folders, self._cache)

    @cached_property
    def theme(self) -> Theme:
        """Tokens and style sheets. Raises UnknownToken."""
        return theme_of(self.folders)


@once_a_project
def templates_of(project: Project, newsletter: str) -> Templates:
    """The templates of a newsletter in a project; the same for every issue."""
    return Templates(project, newsletter)


def place_in_files(folders: tuple[Path, ...], words: Iterable[str], shown: Callable[[Path], str]) -> Place | None:
    """Where the templates, style sheets and settings in these folders, the newsletter's own first, say one of the words."""
    for wanted in words:
        for path in _files(folders):
            text = path.read_text(encoding="utf-8", errors="replace")
            start = text.find(wanted)
            if start >= 0:
                return SourceText(shown(path), text).place(start, start + len(wanted))
    return None


def _files(folders: tuple[Path, ...]) -> Iterator[Path]:
    """The files that make a mail, each name once: a newsletter's own stands for the shared one."""
    seen: set[str] = set()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".j2", ".css", ".yaml")):
            name = path.relative_to(folder).as_posix()
            # Every theme.css counts: the shared one gives tokens, the newsletter's may change each.
            if name not in seen or path.name == "theme.css":
                seen.add(name)
                yield path
