"""What can be made again at any time and is kept to save time: small databases under .composer/, and stamps of files."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from composer.files import write_whole
from composer.version import __version__

# Clocks of file systems tick: two writes within one tick leave the same time. FAT's tick is the longest.
_YOUNG = 2_000_000_000
_PATIENCE = 5.0


class Stamp(NamedTuple):
    """What the file system says of a file, by which a change is noticed without reading it."""

    modified: int
    changed: int
    size: int
    inode: int


def stamp_of(path: str | Path) -> Stamp:
    """The stamp of a file. Raises OSError."""
    return stamp_from(os.stat(path))  # noqa: PTH116 - a Path for each of thousands of files costs more than the call


def stamp_from(status: os.stat_result) -> Stamp:
    """The stamp in what `os.stat` or `os.fstat` answered."""
    return Stamp(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


def is_settled(stamp: Stamp, seen_at: int) -> bool:
    """Whether a file read at `seen_at` (nanoseconds) would show any later change in its stamp."""
    return max(stamp.modified, stamp.changed) + _YOUNG < seen_at


@cache
def code_stamp() -> str:
    """A digest of Composer's own files by size and time, so that what other code made is not taken for ours."""
    digest = blake2b(__version__.encode(), digest_size=8)
    package = os.path.dirname(__file__)  # noqa: PTH120
    for path in sorted(_files(package)):
        status = os.stat(path)  # noqa: PTH116
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name not in ("__pycache__", "_shipped"):
                    yield from _files(entry.path)
            else:
                yield entry.path


class Store:
    """A database of one kind under a folder; `tables` makes it. Its name carries the version and the code's stamp."""

    def __init__(self, folder: Path, kind: str, tables: str) -> None:
        self.path = folder / f"{kind}-{__version__}-{code_stamp()}.sqlite"
        self._kind = kind
        self._tables = tables

    def opened(self) -> sqlite3.Connection:
        """The database, made where it is missing and made anew where it is broken. Raises OSError and sqlite3.Error."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        ignore = self.path.parent / ".gitignore"
        if not ignore.exists():
            write_whole(ignore, b"*\n")
        try:
            return self._checked()
        except sqlite3.OperationalError:
            # Locked, or not writable: what is in it may be sound.
            raise
        except sqlite3.DatabaseError:
            self.discard()
            return self._checked()

    def discard(self) -> None:
        """Delete the database: something in it is broken."""
        for path in (self.path, self.path.with_name(f"{self.path.name}-journal")):
            with suppress(OSError):
                path.unlink()

    def _checked(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = NORMAL")
            if not birth_of(connection):
                self._make(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _make(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        # Another command may have made it while this one waited.
        if not birth_of(connection):
            for statement in self._tables.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {int.from_bytes(os.urandom(3)) + 1}")
        connection.execute("COMMIT")
        for other in self.path.parent.glob(f"{self._kind}-*.sqlite"):
            if other != self.path:
                with suppress(OSError):
                    other.unlink()


def birth_of(connection: sqlite3.Connection) -> int:
    """A number that a database has from its making on: one made anew has another; 0 where it holds nothing yet."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def read_only(path: Path) -> sqlite3.Connection:
    """A database that must be there already. Raises sqlite3.Error."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
