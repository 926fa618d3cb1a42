"""Engine and sessions from a URL: a SQLite file by default, PostgreSQL for teams."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
)

from core.errors import Misconfigured, Unreachable
from storage.engines import Engines, postgres, sqlite, unhurried
from storage.walls import file_of, schema_of, walled

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}

Found = TypeVar("Found")
_SNAPSHOT: ContextVar[tuple["Database", AsyncSession] | None] = ContextVar("snapshot", default=None)


class Database:
    """One database: `read()` and `write()` give sessions; a write is one transaction.

    `for_workspace` gives the walled part of a workspace, which is a Database like any other.
    """

    def __init__(self, url: str) -> None:
        """Take `sqlite:///path` or `postgresql://user@host/name`; nothing is opened yet."""
        parsed = _with_driver(url)
        engines = sqlite(parsed) if parsed.get_backend_name() == "sqlite" else postgres(parsed)
        self._begin(parsed, engines, "")

    def _begin(self, url: URL, engines: Engines, workspace: str) -> None:
        self.url, self.workspace = url, workspace
        self._engines = engines
        self._write_session = async_sessionmaker(engines.writer, expire_on_commit=False)
        self._read_session = async_sessionmaker(engines.reader, expire_on_commit=False)
        self._workspaces: dict[str, Database] = {}

    def for_workspace(self, key: str) -> "Database":
        """Return a workspace's own database, always the same; raises Invalid for no such key.

        Its tables are made by `storage.schema.migrate`. From inside nothing leads to another one.
        """
        if self.workspace:
            raise RuntimeError("A workspace's database does not lead to another's.")
        if key not in self._workspaces:
            self._workspaces[key] = self._walled(key)
        return self._workspaces[key]

    def _walled(self, key: str) -> "Database":
        inside = Database.__new__(Database)
        if self.is_sqlite:
            url = file_of(self.url, key)
            inside._begin(url, sqlite(url), key)
        else:
            engine = walled(self._engines.writer, schema_of(key))
            inside._begin(self.url, Engines(engine, engine), key)
        return inside

    async def erase(self, key: str, session: AsyncSession) -> None:
        """Delete all that a workspace's own database holds, for good, in a transaction of ours."""
        inside = self.for_workspace(key)
        del self._workspaces[key]
        if not self.is_sqlite:
            await session.execute(text(f'drop schema if exists "{schema_of(key)}" cascade'))
            return
        await inside.close()
        path = Path(str(inside.url.database))
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)

    @property
    def is_sqlite(self) -> bool:
        """Tell whether one file holds everything (and so one process may serve it)."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def name(self) -> str:
        """The address without its password, for people to read."""
        address = self.url.render_as_string(hide_password=True)
        return f"{address} ({self.schema})" if self.schema else address

    @property
    def schema(self) -> str:
        """The PostgreSQL schema of a workspace's own tables, or nothing."""
        return schema_of(self.workspace) if self.workspace and not self.is_sqlite else ""

    @property
    def engine(self) -> AsyncEngine:
        """The writing engine, to look at the schema."""
        return self._engines.writer

    @asynccontextmanager
    async def unhurried(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection of its own in one transaction, for migrations.

        Its statements may take what they take, and on SQLite nobody else writes meanwhile.
        """
        engine = unhurried(self.url)
        within = walled(engine, self.schema) if self.schema else engine
        try:
            async with within.begin() as connection:
                yield connection
        finally:
            await engine.dispose()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Give a session for reading; nothing done in it is kept.

        Within `snapshot` it is the snapshot's session.
        """
        match _SNAPSHOT.get():
            case (database, session) if database is self:
                yield session
            case _:
                async with self._read_session() as session:
                    await self._reach(session)
                    yield session

    async def snapshot(self, work: Coroutine[Any, Any, Found]) -> Found:
        """Return what `work` finds; whatever it reads by `read` is of one moment.

        `work` may await nothing but reading. A SQLite file is read in a thread of its own, where
        each statement is answered on the spot: to hand a statement to another thread and to wait
        for it there takes longer than most statements do, and whoever else waits for an answer need
        not wait for this one.
        """
        if self._engines.on_the_spot is None:
            async with self._read_session() as session:
                await self._reach(session, isolation_level="REPEATABLE READ")
                return await self._seeing(session, work)
        reading = self._read_on_the_spot(self._engines.on_the_spot, work)
        return await asyncio.to_thread(_at_once, reading)

    async def _read_on_the_spot(self, engine: Engine, work: Coroutine[Any, Any, Found]) -> Found:
        session = _OnTheSpot(engine)
        try:
            return await self._seeing(session, work)
        finally:
            session.sync_session.close()

    async def _seeing(self, session: AsyncSession, work: Coroutine[Any, Any, Found]) -> Found:
        token = _SNAPSHOT.set((self, session))
        try:
            return await work
        finally:
            _SNAPSHOT.reset(token)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Give a session in one transaction: kept when the block ends, gone when it raises."""
        async with self._write_session.begin() as session:
            await self._reach(session)
            yield session

    async def _reach(self, session: AsyncSession, **options: Any) -> None:
        """Connect now; raises Unreachable where the driver does not say in its own words why not.

        A server that is away or starts anew shows as whatever the socket or the driver met.
        """
        try:
            await session.connection(execution_options=options)
        except DBAPIError:
            raise
        except Exception as error:
            raise Unreachable(f"The database {self.name} does not answer: {error}") from error

    async def check(self) -> None:
        """Ask the database whether it is there; raise Unreachable with a remedy if not."""
        try:
            async with self._engines.reader.connect() as connection:
                await connection.execute(text("select 1"))
        except (DBAPIError, OSError) as error:
            raise Unreachable(f"The database {self.name} does not answer: {error}") from error

    async def close(self) -> None:
        """Give all connections back."""
        for inside in self._workspaces.values():
            if self.is_sqlite:
                await inside.close()
        await self._engines.close()


class _OnTheSpot(AsyncSession):
    """A session that reads without ever waiting: over a driver that blocks, in its own thread."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(expire_on_commit=False)
        self.sync_session.bind = engine

    async def execute(self, statement: Any, params: Any = None, **kwargs: Any) -> Any:
        return self.sync_session.execute(statement, params, **kwargs)


def _at_once(work: Coroutine[Any, Any, Found]) -> Found:
    """Run work that never has to wait."""
    try:
        work.send(None)
    except StopIteration as done:
        found: Found = done.value
        return found
    work.close()
    raise RuntimeError("Work in a snapshot may wait for nothing but reading.")


def _with_driver(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise Misconfigured(f"DATABASE_URL is no database address: {url!r}") from error
    backend = parsed.drivername.split("+")[0]
    if backend not in _DRIVERS:
        raise Misconfigured(f"DATABASE_URL must start with sqlite or postgresql, not {backend!r}")
    return parsed.set(drivername=_DRIVERS[backend])
