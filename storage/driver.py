"""SQLite behind a thread, with one way there and back for each statement instead of four.

To hand work to another thread and to wait for it takes longer than most statements do.
"""

import sqlite3
from collections import deque
from collections.abc import Iterable
from functools import partial
from typing import Any

import aiosqlite
from aiosqlite.context import contextmanager

AT_ONCE = 1_000
"""So many rows come back with the statement itself; more are fetched when they are asked for."""


async def connect(database: str, **options: Any) -> "Connection":
    """Open a file; takes what `sqlite3.connect` takes."""
    given = options | {"check_same_thread": False}  # cursors are made where they are used
    connection = Connection(partial(sqlite3.connect, database, **given), AT_ONCE)
    connection._thread.daemon = True  # as SQLAlchemy does: no process waits for it
    await connection
    return connection


class Cursor(aiosqlite.Cursor):
    """A cursor that brings its first rows along, and need not be closed once it has them all."""

    def __init__(self, connection: "Connection", cursor: sqlite3.Cursor) -> None:
        """Take the connection, and SQLite's own cursor on it."""
        super().__init__(connection, cursor)
        self._rows: deque[Any] = deque()
        self._spent = True

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> "Cursor":
        """Run a statement and fetch what it finds, as far as it comes at once."""
        self._spent = False
        given = () if parameters is None else parameters
        await self._execute(self._begin, sql, given)  # type: ignore[no-untyped-call]
        return self

    async def fetchone(self) -> Any:
        """Return the next row, None after the last."""
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return the next rows."""
        wanted = self.arraysize if size is None else size
        found = [self._rows.popleft() for _ in range(min(wanted, len(self._rows)))]
        if len(found) < wanted and not self._spent:
            found += await super().fetchmany(wanted - len(found))
        return found

    async def fetchall(self) -> list[Any]:
        """Return all rows that were not fetched yet."""
        found = list(self._rows)
        self._rows.clear()
        return found if self._spent else [*found, *await super().fetchall()]

    async def close(self) -> None:
        """Leave the rest; where there is none, SQLite has closed it already."""
        if not self._spent:
            await super().close()

    def _begin(self, sql: str, parameters: Any) -> None:
        self._cursor.execute(sql, parameters)
        self._rows = deque(self._cursor.fetchmany(AT_ONCE))
        self._spent = len(self._rows) < AT_ONCE


class Connection(aiosqlite.Connection):
    """A connection whose cursors bring their rows along."""

    @contextmanager
    async def cursor(self) -> aiosqlite.Cursor:
        """Return a cursor; SQLite makes one without looking at the file."""
        return Cursor(self, self._conn.cursor())
