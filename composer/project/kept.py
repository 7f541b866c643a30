"""What is made once for each newsletter of a project, and forgotten with the project: a preview that stays open makes one with every save."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from composer.project.project import Project

Made = TypeVar("Made")


def once_a_project(make: Callable[[Project, str], Made]) -> Callable[[Project, str], Made]:
    """The same function of a project and a newsletter's slug, with what it made kept for as long as the project is in use.

    What is made must not hold on to the project.
    """
    kept: WeakKeyDictionary[Project, dict[str, Made]] = WeakKeyDictionary()

    @wraps(make)
    def made_for(project: Project, newsletter: str) -> Made:
        of_project = kept.setdefault(project, {})
        if newsletter not in of_project:
            of_project[newsletter] = make(project, newsletter)
        return of_project[newsletter]

    return made_for
