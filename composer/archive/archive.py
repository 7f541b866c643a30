"""The archive: what earlier issues of each newsletter said, read once, kept in .composer/ and looked up quickly.

A draft is read again when its stamp has changed, or when it was written so shortly before the last reading that its
stamp could not show a later change. An index that is broken, or cannot be written, is made anew, at worst in memory.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from composer.archive.index import Index
from composer.archive.indexing import Known, id_of
from composer.archive.reading import words_key
from composer.files import inside

if TYPE_CHECKING:
    from composer.draft.load import Draft
    from composer.project.project import Project


class Ran(NamedTuple):
    """Where an earlier issue said something."""

    path: str
    line: int
    day: date

    def __str__(self) -> str:
        return f"{self.path.rpartition('/')[2]}, line {self.line}"


class Numbered(NamedTuple):
    """An earlier issue's number, None where it has none, and where it stands."""

    number: int | None
    where: Ran


class Paywalls(NamedTuple):
    """How often earlier issues marked a source with `$` and without, and where each was last so marked."""

    marked: int
    unmarked: int
    last_marked: Ran | None
    last_unmarked: Ran | None


class Archive:
    """The index of all issues under a folder, kept in `cache` where there is one. `before` gives what came before a draft."""

    def __init__(self, issues: Path, cache: Path | None = None) -> None:
        self._issues = issues.resolve()
        self._index = Index(self._issues, cache)
        self._shelves = _shelves(self._index.known.values())

    @classmethod
    def of(cls, project: "Project") -> "Archive":
        """The archive of a project as its drafts stand now."""
        return cls(project.issues, project.cache)

    def __len__(self) -> int:
        return len(self._index.known)

    def before(self, draft: "Draft") -> "Earlier | None":
        """The issues of the draft's newsletter dated before it; None where it has no newsletter or no date."""
        if draft.newsletter is None or draft.issue is None:
            return None
        # A draft's folder is known without links in it: following them anew took four rules a tenth of a millisecond each.
        own = inside(draft.folder / Path(draft.path).name, self._issues) if draft.folder is not None else None
        return Earlier(self, self._shelves.get(draft.newsletter.slug, _EMPTY), draft.newsletter.slug, draft.issue.date, own)

    def digest_before(self, whole: Path) -> bytes:
        """A digest of all that `before` can tell of the draft at this path, as `located` has it; of the whole archive where its date is not known."""
        known = self._index.known.get(inside(whole, self._issues) or "")
        if known is None or known.day is None:
            return b"".join(shelf.digests[-1] for _, shelf in sorted(self._shelves.items()))
        shelf = self._shelves[known.newsletter]
        return shelf.digests[bisect_left(shelf.days, known.day)]

    def said(self, key: str, day: int, own: str | None, most: int) -> list[tuple[Known, int, int | None]]:
        """The issues before that day that said what has this key, newest first, at most so many, each with line and paywall.

        The draft at `own` is left out.
        """
        rows = self._index.said(key, day, most + 1)
        found = ((self._by_id.get(issue), line, paywall) for issue, line, paywall in rows)
        return [(known, line, paywall) for known, line, paywall in found if known is not None and known.path != own][:most]

    def known_of(self, keys: list[str], day: int) -> set[str]:
        """Those of the keys that issues before that day have said, the draft itself perhaps among them."""
        return self._index.known_of(keys, day)

    @cached_property
    def _by_id(self) -> dict[int, Known]:
        return {id_of(known.path): known for known in self._index.known.values()}


class Earlier:
    """The issues of one newsletter before a day, the draft at `own` left out."""

    def __init__(self, archive: Archive, shelf: "_Shelf", newsletter: str, day: date, own: str | None) -> None:
        self._archive, self._shelf, self._newsletter, self._own = archive, shelf, newsletter, own
        self._day = day.toordinal()

    def numbers(self) -> Iterator[Numbered]:
        """The issues with their numbers, newest first."""
        for known in reversed(self._shelf.issues[: bisect_left(self._shelf.days, self._day)]):
            if known.path != self._own:
                yield Numbered(known.number, _ran(known, known.number_line))

    def with_number(self, number: int) -> Ran | None:
        """The newest issue that has this number."""
        return next((_ran(known, known.number_line) for known in self._earlier(self._shelf.by_number.get(number, ()))), None)

    def with_subject(self, subject: str) -> Ran | None:
        """The newest issue that had this subject; capitals and punctuation make no difference."""
        return next((_ran(known, known.subject_line) for known in self._earlier(self._shelf.by_subject.get(words_key(subject), ()))), None)

    def repeats(self, links: Iterable[str], headlines: Iterable[str]) -> bool:
        """Whether any of these links and headlines may have run before: one question that spares most drafts all others."""
        keys = [*(f"{self._newsletter} link {key}" for key in links), *(f"{self._newsletter} headline {key}" for key in headlines)]
        return any(self._archive.known_of(keys[start : start + 500], self._day) for start in range(0, len(keys), 500))

    def with_link(self, key: str, most: int = 10) -> list[Ran]:
        """The issues that linked there, newest first, at most so many; the key is `reading.link_key`'s."""
        return [_ran(known, line) for known, line, _ in self._archive.said(f"{self._newsletter} link {key}", self._day, self._own, most)]

    def with_headline(self, key: str, most: int = 10) -> list[Ran]:
        """The issues that had this headline, newest first, at most so many; the key is `reading.words_key`'s."""
        return [_ran(known, line) for known, line, _ in self._archive.said(f"{self._newsletter} headline {key}", self._day, self._own, most)]

    def paywalls(self, source: str, most: int = 20) -> Paywalls:
        """How the newest issues that named this source marked it, at most so many."""
        said = self._archive.said(f"{self._newsletter} source {words_key(source)}", self._day, self._own, most)
        last: dict[bool, Ran] = {}
        for known, line, paywall in said:
            if bool(paywall) not in last:
                last[bool(paywall)] = _ran(known, line)
        marked = sum(bool(paywall) for _, _, paywall in said)
        return Paywalls(marked, len(said) - marked, last.get(True), last.get(False))

    def _earlier(self, issues: "list[Known] | tuple[()]") -> Iterator[Known]:
        return (known for known in reversed(issues) if known.day is not None and known.day < self._day and known.path != self._own)


class _Shelf:
    """The dated issues of one newsletter by day."""

    def __init__(self, issues: list[Known]) -> None:
        self.issues = issues
        self.days = [known.day for known in issues if known.day is not None]

    @cached_property
    def by_number(self) -> dict[int, list[Known]]:
        """The issues by their numbers."""
        found: dict[int, list[Known]] = {}
        for known in self.issues:
            if known.number is not None:
                found.setdefault(known.number, []).append(known)
        return found

    @cached_property
    def by_subject(self) -> dict[str, list[Known]]:
        """The issues by their subjects' keys."""
        found: dict[str, list[Known]] = {}
        for known in self.issues:
            if known.subject:
                found.setdefault(known.subject, []).append(known)
        return found

    @cached_property
    def digests(self) -> list[bytes]:
        """For each count of issues from the first on, a digest of these."""
        digest = blake2b(digest_size=16)
        digests = [digest.digest()]
        for known in self.issues:
            digest.update(known.path.encode() + b"\0" + known.digest)
            digests.append(digest.digest())
        return digests


_EMPTY = _Shelf([])


def _shelves(known: Iterable[Known]) -> dict[str, _Shelf]:
    issues: dict[str, list[Known]] = {}
    for issue in sorted((k for k in known if k.day is not None), key=attrgetter("day", "path")):
        issues.setdefault(issue.newsletter, []).append(issue)
    return {newsletter: _Shelf(of_it) for newsletter, of_it in issues.items()}


def _ran(known: Known, line: int) -> Ran:
    return Ran(known.path, line, date.fromordinal(known.day or 1))
