"""The index on disk: brought up to date once, looked up by any process; where it cannot be kept, the same in memory.

Whatever befalls the file in the meantime, the drafts are still there, and the index is made of them again.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any

from composer.archive.indexing import TABLES, Known, brought_up_to_date, found_drafts
from composer.store import Store, birth_of, read_only


class Index:
    """The drafts under a folder and what they say. `known` has every draft by its path in the folder."""

    def __init__(self, issues: Path, cache: Path | None) -> None:
        self._issues = issues
        self._store = Store(cache, "archive", TABLES) if cache is not None else None
        self._content: bytes | None = None
        self._birth = 0
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        found = found_drafts(issues)
        kept = self._on_disk(found, self._store) if self._store is not None else None
        self.known: dict[str, Known] = kept if kept is not None else self._in_memory(found)

    def said(self, key: str, before: int, most: int) -> list[tuple[int, int, int | None]]:
        """Issue, line and paywall of what has this key, from the issues before a day, newest first, at most so many."""
        return self._rows("SELECT issue, line, paywall FROM said WHERE key = ? AND day < ? ORDER BY day DESC LIMIT ?", (key, before, most))

    def known_of(self, keys: list[str], before: int) -> set[str]:
        """Those of the keys that issues before a day have said; asked all at once, since most drafts say nothing twice."""
        values = ", ".join(["(?)"] * len(keys))
        query = f"WITH wanted(key) AS (VALUES {values}) SELECT key FROM wanted WHERE EXISTS (SELECT 1 FROM said WHERE said.key = wanted.key AND day < ?)"  # noqa: S608 - only question marks
        return {key for (key,) in self._rows(query, (*keys, before))} if keys else set()

    def _rows(self, query: str, values: tuple[Any, ...]) -> list[Any]:
        try:
            return self._opened().execute(query, values).fetchall()
        except sqlite3.Error:
            # Broken, or gone, since it was brought up to date.
            self._close()
            self._in_memory(found_drafts(self._issues))
            return self._opened().execute(query, values).fetchall()

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None and self._process == os.getpid():
            connection.close()

    def _on_disk(self, found: dict[str, str], store: Store) -> dict[str, Known] | None:
        """None where the index can be neither used nor made."""
        for _ in range(2):
            try:
                connection = store.opened()
            except (OSError, sqlite3.Error):
                return None
            try:
                known = brought_up_to_date(connection, found)
                self._birth = birth_of(connection)
            except sqlite3.OperationalError:
                return None
            except sqlite3.DatabaseError:
                store.discard()
            else:
                return known
            finally:
                connection.close()
        return None

    def _in_memory(self, found: dict[str, str]) -> dict[str, Known]:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.executescript(TABLES)
        known = brought_up_to_date(connection, found)
        self._content = connection.serialize()
        connection.close()
        return known

    def _opened(self) -> sqlite3.Connection:
        """A connection of this process: one that another process opened may not be used."""
        if self._connection is None or self._process != os.getpid():
            self._connection, self._process = self._connected(), os.getpid()
        return self._connection

    def _connected(self) -> sqlite3.Connection:
        if self._content is not None or self._store is None:
            connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            connection.deserialize(self._content or b"")
            return connection
        connection = read_only(self._store.path)
        try:
            if birth_of(connection) != self._birth:
                raise sqlite3.DatabaseError("another index stands in its place")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def __del__(self) -> None:
        self._close()

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_connection": None}
