"""Bringing the index up to date: which drafts are new, changed or gone, and what the new ones say."""

import os
import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from composer.archive.reading import items_in, links_in, marks_in, words_key
from composer.files import spelled
from composer.store import Stamp, is_settled, stamp_from, stamp_of
from composer.workers import is_worth_spreading, spread
from composer.yaml_source.reader import MAX_BYTES, read_bytes
from composer.yaml_source.values import Mapping, Scalar

# `issue` is loaded whole; `said` only looked up. An issue's id comes from its path, so that two commands agree on it.
TABLES = """
CREATE TABLE issue (
    path TEXT PRIMARY KEY, modified INTEGER, changed INTEGER, size INTEGER, inode INTEGER, seen INTEGER, digest BLOB,
    newsletter TEXT, day INTEGER, number INTEGER, number_line INTEGER, subject TEXT, subject_line INTEGER
) WITHOUT ROWID;
CREATE TABLE said (
    key TEXT, day INTEGER, issue INTEGER, line INTEGER, paywall INTEGER, PRIMARY KEY (key, day, issue)
) WITHOUT ROWID;
CREATE INDEX said_by ON said (issue)
"""


class Known(NamedTuple):
    """A draft as the index has it; `day` is None where its date cannot be read, `newsletter` empty where nothing can."""

    path: str
    modified: int
    changed: int
    size: int
    inode: int
    seen: int
    digest: bytes
    newsletter: str = ""
    day: int | None = None
    number: int | None = None
    number_line: int = 1
    subject: str = ""
    subject_line: int = 1

    @property
    def stamp(self) -> Stamp:
        """The file's stamp when it was read."""
        return Stamp(self.modified, self.changed, self.size, self.inode)


# A row of `said`.
_Said = tuple[str, int, int, int, int | None]
# A draft's path in the folder, where its file is, and what the index has of it.
_Asked = tuple[str, str, Known | None]


class _Read(NamedTuple):
    """A draft read anew, and what it says; None where the index has that already."""

    known: Known
    said: list[_Said] | None


def id_of(path: str) -> int:
    """A number for a draft's path."""
    return int.from_bytes(blake2b(path.encode(errors="surrogatepass"), digest_size=8).digest()) >> 1


def found_drafts(issues: Path) -> dict[str, str]:
    """The drafts under issues/ by their paths in it. A folder named like a draft beside it holds that draft's pictures."""
    found: dict[str, str] = {}
    waiting = [("", str(issues))]
    while waiting:
        inside, folder = waiting.pop()
        others = []
        stems = set()
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                stem, _, ending = entry.name.rpartition(".")
                if entry.name.startswith("."):
                    continue
                # A pipe of that name would be waited for.
                if ending in ("yaml", "yml") and entry.is_file():
                    stems.add(stem)
                    found[inside + spelled(entry.name)] = entry.path
                else:
                    others.append(entry)
        waiting += [(f"{inside}{spelled(other.name)}/", other.path) for other in others if other.name not in stems and other.is_dir()]
    return found


def brought_up_to_date(connection: sqlite3.Connection, found: dict[str, str]) -> dict[str, Known]:
    """Read what is new or changed, write it, and return every draft there is. Raises sqlite3.Error."""
    indexed = {row[0]: Known._make(row) for row in connection.execute("SELECT * FROM issue")}
    known = {path: indexed[path] for path, file in found.items() if path in indexed and _is_unchanged(file, indexed[path])}
    fresh = _read_all([(path, file, indexed.get(path)) for path, file in found.items() if path not in known])
    known |= {read.known.path: read.known for read in fresh}
    gone = [path for path in indexed if path not in known]
    if fresh or gone:
        connection.execute("BEGIN IMMEDIATE")
        # Another command may have written of a new draft too, from what stood in it a moment ago.
        _forget(connection, [*gone, *(read.known.path for read in fresh if read.said is not None)])
        connection.executemany("INSERT OR REPLACE INTO issue VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [read.known for read in fresh])
        connection.executemany("INSERT OR IGNORE INTO said VALUES (?, ?, ?, ?, ?)", (row for read in fresh for row in read.said or ()))
        connection.execute("COMMIT")
    return known


def _is_unchanged(file: str, before: Known) -> bool:
    try:
        stamp = stamp_of(file)
    except OSError:
        return False
    return before.stamp == stamp and is_settled(stamp, before.seen)


def _read_all(asked: list[_Asked]) -> list[_Read]:
    """The drafts that can be read; over several processes where there are many."""
    read = spread(_read, asked) if is_worth_spreading(len(asked)) else map(_read, asked)
    return [one for one in read if one is not None]


def _forget(connection: sqlite3.Connection, paths: Iterable[str]) -> None:
    for path in paths:
        connection.execute("DELETE FROM issue WHERE path = ?", (path,))
        connection.execute("DELETE FROM said WHERE issue = ?", (id_of(path),))


def _read(asked: _Asked) -> _Read | None:
    """None for a draft that cannot be read."""
    path, file, before = asked
    seen = time.time_ns()
    try:
        with open(file, "rb") as opened:  # noqa: PTH123
            stamp = stamp_from(os.fstat(opened.fileno()))
            content = opened.read(MAX_BYTES + 1)
    except OSError:
        return None
    digest = blake2b(content, digest_size=16).digest()
    if before is not None and before.digest == digest:
        return _Read(before._replace(seen=seen, **stamp._asdict()), None)
    known = Known(path, *stamp, seen, digest)
    root = read_bytes(content, path).root
    return _indexed(root, known) if isinstance(root, Mapping) else _Read(known, [])


def _indexed(root: Mapping, known: Known) -> _Read:
    named, day, number, subject = (root.get(field) for field in ("newsletter", "date", "number", "subject"))
    folder, _, name = known.path.partition("/")
    newsletter = named.strip() if isinstance(named, Scalar) and named.strip() else folder if name and "/" not in name else ""
    known = known._replace(newsletter=newsletter, day=_day(day))
    if isinstance(number, Scalar) and number.strip().isdecimal() and len(number.strip()) < 10:
        known = known._replace(number=int(number), number_line=number.place.line)
    if isinstance(subject, Scalar):
        known = known._replace(subject=words_key(subject), subject_line=subject.place.line)
    if known.day is None or not newsletter:
        return _Read(known, [])
    lines: dict[str, tuple[int, int | None]] = {}
    for item in items_in(root):
        for kind, words in (("link", item.link), ("headline", item.headline)):
            if words is not None and (key := f"{newsletter} {kind} {words.key}") not in lines:
                lines[key] = words.line, None
    for link in links_in(root):
        if (key := f"{newsletter} link {link.key}") not in lines:
            lines[key] = link.line, None
    for mark in marks_in(root):
        lines[f"{newsletter} source {mark.source.key}"] = mark.source.line, int(mark.paywall)
    issue = id_of(known.path)
    return _Read(known, [(key, known.day, issue, line, paywall) for key, (line, paywall) in lines.items()])


def _day(value: object) -> int | None:
    """A date as the model reads it: year-month-day and nothing else."""
    text = value.rstrip("\n") if isinstance(value, Scalar) else ""
    try:
        return date.fromisoformat(text).toordinal() if len(text) == 10 else None
    except ValueError:
        return None
