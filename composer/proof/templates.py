"""A newsletter's templates as one project reads them: folders, environment and theme, each made once."""

from functools import cached_property, lru_cache
from pathlib import Path

from jinja2 import Environment

from composer.project.project import Project
from composer.proof.jinja import environment_of
from composer.proof.theme import Theme, theme_of


class Templates:
    """The templates of a newsletter. A project reads its files once; after a change, make another Project."""

    def __init__(self, project: Project, newsletter: str) -> None:
        self.folders: tuple[Path, ...] = tuple(project.template_folders(newsletter))
        self._cache = project.cache

    @cached_property
    def environment(self) -> Environment:
        """The Jinja environment that finds them."""
        return environment_of(self.folders, self._cache)

    @cached_property
    def theme(self) -> Theme:
        """Tokens and style sheets. Raises UnknownToken."""
        return theme_of(self.folders)


@lru_cache(maxsize=64)
def templates_of(project: Project, newsletter: str) -> Templates:
    """The templates of a newsletter in a project; the same for every issue."""
    return Templates(project, newsletter)
