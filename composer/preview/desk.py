"""What lies open in the preview: the newsroom as it stands on disk, and every draft as it was last seen."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from composer.draft.load import Draft
from composer.errors import ComposerError
from composer.files import located
from composer.finding import Finding
from composer.preview.watch import state_of
from composer.project.project import MARKER, Project
from composer.proof.proof import Proof


class Look(NamedTuple):
    """A draft as read at one moment. `proof` is None where nothing can be rendered; the findings say why."""

    draft: Draft
    proof: Proof | None
    findings: list[Finding]


class Seen(NamedTuple):
    """What there is to show of a draft.

    Where it cannot be rendered as it stands, `proof` is the last that could be, and `is_earlier` says so: a quote
    forgotten in line 3 does not take the page away.
    """

    draft: Draft
    proof: Proof | None
    findings: list[Finding]
    is_earlier: bool = False


class Desk:
    """The drafts that `find` names in the newsroom at `root`, each read by `read` whenever the files have changed.

    `named` are the paths that the drafts were named by, which may lie outside the newsroom's folders. A draft keeps its
    number for as long as the preview runs.
    """

    def __init__(self, root: Path, named: list[Path], find: Callable[[Project], list[Path]], read: Callable[[Project, Path], Look]) -> None:
        self._root, self._find, self._read = root, find, read
        self._numbers: dict[Path, int] = {}
        self._project = Project(root)
        # Of a folder around the newsroom's drafts only those are meant, which are looked at anyway.
        apart = [path for path in named if not self._project.issues_located.is_relative_to(path.resolve())]
        self._looked_at = [*apart, *(path.with_suffix("") for path in apart if path.suffix)]
        self._drafts: dict[int, Path] = {}
        # The state that all which is known here was read in.
        self.known = ""
        self._looks: dict[int, Look] = {}
        self._rendered: dict[int, Proof] = {}

    def state(self) -> str:
        """A name for the newsroom's files as they are now; what was read when they had another is forgotten."""
        state = state_of([self._root / MARKER, self._project.templates, self._project.issues, *self._looked_at])
        if state != self.known:
            # A project reads its settings and templates once.
            self._project, self.known, self._looks = Project(self._root), state, {}
            self._drafts = {self._numbers.setdefault(located(path), len(self._numbers) + 1): path for path in self._found()}
        return state

    def _found(self) -> list[Path]:
        try:
            return self._find(self._project)
        except (OSError, ComposerError):
            # a folder taken away, or closed, while it was searched
            return []

    def drafts(self) -> dict[int, str]:
        """The drafts as findings show them, by their numbers."""
        self.state()
        return {number: self._project.shown(path) for number, path in self._drafts.items()}

    def latest(self) -> int | None:
        """The draft that was written to last, which is probably the one that is being written; None where there are no drafts."""

        def written(number: int) -> float:
            try:
                return self._drafts[number].stat().st_mtime
            except OSError:
                return 0.0

        # Where all came from a repository at once, the last by its day.
        return max(self._drafts, key=lambda number: (written(number), self._drafts[number].name), default=None)

    def seen(self, number: int) -> Seen | None:
        """The draft of that number; None where there is none, or no more. Raises OSError where a file cannot be read."""
        self.state()
        path = self._drafts.get(number)
        if path is None:
            return None
        if number not in self._looks:
            self._looks[number] = self._read(self._project, path)
        look = self._looks[number]
        if look.proof is not None and look.proof.html:
            self._rendered[number] = look.proof
            return Seen(*look)
        earlier = self._rendered.get(number)
        return Seen(look.draft, earlier, look.findings, is_earlier=earlier is not None)
