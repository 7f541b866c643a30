"""Sign-offs that were written by hand and cannot be read: what to do, since nobody types a fingerprint."""

from collections.abc import Iterator, Sequence
from shlex import quote

from composer.finding import Problem
from composer.place import Place
from composer.yaml_source.values import Mapping

KEY = "approvals"


def with_command(problems: Sequence[Problem], root: Mapping, path: str, roles: Sequence[str]) -> Iterator[Problem]:
    """The problems; those of a sign-off that lacks a part, or is none, with the command that writes it, and each part's lack once."""
    lines = _lines(root)
    told: set[Place] = set()
    for problem in problems:
        if problem.place.line not in lines or not _is_unhelpful(problem):
            yield problem
        elif problem.place not in told:
            told.add(problem.place)
            yield problem._replace(help=_help(problem.place.line, root, path, roles))


def _lines(root: Mapping) -> range:
    """The lines of the field, up to the next one."""
    if KEY not in root.key_scalars:
        return range(0)
    first = root.key_scalars[KEY].place.line
    behind = [key.place.line for key in root.key_scalars.values() if key.place.line > first]
    return range(first, min(behind, default=root.place.end_line + 1))


def _is_unhelpful(problem: Problem) -> bool:
    """Not a field with another spelling, nor a date in another one."""
    return problem.kind in ("missing-field", "wrong-type") and not problem.help.startswith("write it as")


def _help(line: int, root: Mapping, path: str, roles: Sequence[str]) -> str:
    given = root.get(KEY)
    typed = [name for name, key in given.key_scalars.items() if key.place.line <= line] if isinstance(given, Mapping) else []
    role = typed[-1] if typed else roles[0] if roles else "ROLE"
    return f"delete `{typed[-1] if typed else KEY}:` and what belongs to it; composer approve {quote(path)} --as {quote(role)} --by NAME writes it"
