"""Findings of earlier runs, kept in .composer/ and used again where nothing that they depend on has changed.

A result is found by a digest of all that goes into it: the draft, the pictures beside it, newsroom.yaml, everything
under templates/, the earlier issues where the archive is read, the day, the rules, and Composer itself with what it is
installed with. Digests are taken before the rules run and again afterwards, and a result is kept only where both agree:
whatever is saved in the meantime cannot be kept under an older digest.
"""

import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from composer.files import located_all, shipped
from composer.finding import Edit, Finding
from composer.place import Place
from composer.store import Store, code_stamp, is_settled, stamp_of

if TYPE_CHECKING:
    from composer.archive.archive import Archive
    from composer.checks.occasion import Occasion
    from composer.checks.rule import Rule
    from composer.project.project import Project

_TABLES = """
CREATE TABLE result (key BLOB PRIMARY KEY, used INTEGER, findings TEXT) WITHOUT ROWID;
CREATE INDEX result_used ON result (used)
"""
# What of an occasion is part of a key; whatever else it brings, such as answers from the network or the hour, is not kept.
_ACCOUNTED_FOR = ("today", "at_send_gate", "archive")
_MOST_DAYS = 30
_MOST_RESULTS = 20_000

Find = Callable[[list[Path]], Iterator[list[Finding]]]


class KeptResults:
    """The kept results of a project. Make it before the project's settings are read: what it saw then is what counts."""

    def __init__(self, project: "Project") -> None:
        self._project = project
        self._store = Store(project.cache, "results", _TABLES)
        self._settings = _digest_of_settings(project)

    def or_found(self, paths: list[Path], chosen: "list[Rule]", occasion: "Occasion", find: Find) -> Iterator[list[Finding]]:
        """The findings of each draft in the order of the paths: kept ones, and those of `find` for the drafts that have none.

        What was asked of the network or of another program is neither kept nor taken from here.
        """
        if any(value is not None for name, value in occasion._asdict().items() if name not in _ACCOUNTED_FOR):
            yield from find(paths)
            return
        keys = _keys(paths, self._run_digest(chosen, occasion, self._settings), occasion.archive)
        kept = self._read(set(keys.values()))
        new = [path for path in paths if keys.get(path) not in kept]
        found = find(new) if new else iter(())
        fresh: dict[Path, list[Finding]] = {}
        for path in paths:
            key = keys.get(path)
            if key in kept:
                yield kept[key]
            else:
                fresh[path] = next(found)
                yield fresh[path]
        self._keep({path: keys[path] for path in fresh if path in keys}, fresh, chosen, occasion)

    def _run_digest(self, chosen: "list[Rule]", occasion: "Occasion", settings: bytes) -> bytes:
        """What is the same for all drafts of a run."""
        rules = ",".join(f"{rule.name}!" if rule.by_name else rule.name for rule in chosen)
        asked = f"{occasion.today}\0{occasion.at_send_gate}\0{occasion.archive is not None}\0{rules}"
        # Findings show paths as they are seen from the working folder.
        where = f"{self._project.root}\0{Path.cwd()}"
        return _digest(settings, asked.encode(), where.encode(errors="surrogatepass"), code_stamp().encode(), _surroundings())

    def _keep(self, keys: dict[Path, bytes], fresh: dict[Path, list[Finding]], chosen: "list[Rule]", occasion: "Occasion") -> None:
        if not keys:
            return
        from composer.archive.archive import Archive

        archive = Archive.of(self._project) if occasion.archive is not None else None
        after = _keys(list(keys), self._run_digest(chosen, occasion, _digest_of_settings(self._project)), archive)
        today = _day()
        rows = [(key, today, _written(fresh[path])) for path, key in keys.items() if after.get(path) == key]
        with suppress(OSError, sqlite3.Error):
            connection = self._store.opened()
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany("INSERT OR REPLACE INTO result VALUES (?, ?, ?)", rows)
                connection.execute("DELETE FROM result WHERE used < ?", (today - _MOST_DAYS,))
                (count,) = connection.execute("SELECT count(*) FROM result").fetchone()
                if count > _MOST_RESULTS:
                    query = "DELETE FROM result WHERE key IN (SELECT key FROM result ORDER BY used LIMIT ?)"
                    connection.execute(query, (count - _MOST_RESULTS,))
                connection.execute("COMMIT")
            finally:
                connection.close()

    def _read(self, keys: set[bytes]) -> dict[bytes | None, list[Finding]]:
        try:
            return self._read_from(self._store.opened(), sorted(keys))
        except sqlite3.OperationalError:
            return {}
        except (OSError, sqlite3.Error, ValueError, TypeError, LookupError):
            self._store.discard()
            return {}

    def _read_from(self, connection: sqlite3.Connection, keys: list[bytes]) -> dict[bytes | None, list[Finding]]:
        kept: dict[bytes | None, list[Finding]] = {}
        used_before = []
        today = _day()
        try:
            for start in range(0, len(keys), 500):
                some = keys[start : start + 500]
                query = f"SELECT key, used, findings FROM result WHERE key IN ({', '.join('?' * len(some))})"  # noqa: S608 - only question marks
                for key, used, findings in connection.execute(query, some):
                    kept[key] = _read_back(findings)
                    if used != today:
                        used_before.append((today, key))
            if used_before:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany("UPDATE result SET used = ? WHERE key = ?", used_before)
                connection.execute("COMMIT")
        finally:
            connection.close()
        return kept


def _keys(paths: Iterable[Path], run: bytes, archive: "Archive | None") -> dict[Path, bytes]:
    """The key of each draft's result; none for a draft that cannot be read, or whose pictures were saved a moment ago."""
    keys: dict[Path, bytes] = {}
    seen = time.time_ns()
    for path, whole in located_all(paths).items():
        with suppress(OSError):
            content = path.read_bytes()
            pictures = _digest_of_pictures(whole.with_suffix(""), seen)
            if pictures is not None:
                before = archive.digest_before(whole) if archive is not None else b""
                keys[path] = _digest(run, str(whole).encode(errors="surrogatepass"), content, pictures, before)
    return keys


def _digest_of_pictures(folder: Path, seen: int) -> bytes | None:
    """The files beside a draft by their stamps; None where one is too young for its stamp to show a second change."""
    digest = blake2b(digest_size=16)
    for path in _files_under(str(folder)):
        try:
            stamp = stamp_of(path)
        except OSError:
            digest.update(f"{path}\0gone\n".encode(errors="surrogatepass"))
            continue
        if not is_settled(stamp, seen):
            return None
        digest.update(f"{path}\0{stamp}\n".encode(errors="surrogatepass"))
    return digest.digest()


def _digest_of_settings(project: "Project") -> bytes:
    """newsroom.yaml and everything under templates/, Composer's own included, by name and content."""
    digest = blake2b(digest_size=16)
    for folder in dict.fromkeys((project.templates.resolve(), (shipped() / "templates").resolve())):
        for path in _files_under(str(folder)):
            digest.update(path.encode(errors="surrogatepass") + b"\0" + _content(path))
    digest.update(_content(str(project.root / "newsroom.yaml")))
    return digest.digest()


def _content(path: str) -> bytes:
    try:
        content = Path(path).read_bytes()
    except OSError:
        return b"unreadable"
    return blake2b(content, digest_size=16).digest()


def _files_under(folder: str) -> list[str]:
    found: list[str] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                found += _files_under(entry.path)
            else:
                found.append(entry.path)
    return sorted(found)


def _surroundings() -> bytes:
    """Python, and the folders of installed packages, whose times change with every package that comes, changes or goes."""
    folders = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    times = [(path, os.stat(path).st_mtime_ns) for path in folders if os.path.isdir(path)]  # noqa: PTH112, PTH116
    return f"{sys.version}\0{sys.platform}\0{times}".encode(errors="surrogatepass")


def _digest(*parts: bytes) -> bytes:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.digest()


def _day() -> int:
    return int(time.time() // 86_400)


def _written(findings: list[Finding]) -> str:
    return json.dumps(findings) if findings else ""


def _read_back(written: str) -> list[Finding]:
    """Raises ValueError, TypeError and LookupError where this was not written by `_written`."""
    rows: list[Any] = json.loads(written) if written else []
    return [
        Finding(rule, level, Place(*place), message, help, section, tuple(Edit(*edit) for edit in edits), label)
        for rule, level, place, message, help, section, edits, label in rows
    ]
