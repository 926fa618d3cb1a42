"""Engine and sessions from a URL: a SQLite file by default, PostgreSQL for teams."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from core.errors import Misconfigured, Unreachable

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}

Found = TypeVar("Found")
_SNAPSHOT: ContextVar[tuple["Database", AsyncSession] | None] = ContextVar("snapshot", default=None)


class Database:
    """One database: `read()` and `write()` give sessions; a write is one transaction."""

    def __init__(self, url: str) -> None:
        """Take `sqlite:///path` or `postgresql://user@host/name`; nothing is opened yet."""
        self.url = _with_driver(url)
        self._on_the_spot: Engine | None = None
        if self.is_sqlite:
            self._writer, self._reader = _sqlite(self.url)
            self._on_the_spot = _sqlite_on_the_spot(self.url)
        else:
            self._writer = self._reader = _postgres(self.url)
        self._write_session = async_sessionmaker(self._writer, expire_on_commit=False)
        self._read_session = async_sessionmaker(self._reader, expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        """Tell whether one file holds everything (and so one process may serve it)."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def name(self) -> str:
        """The address without its password, for people to read."""
        return self.url.render_as_string(hide_password=True)

    @property
    def engine(self) -> AsyncEngine:
        """The writing engine, for migrations."""
        return self._writer

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
                    yield session

    async def snapshot(self, work: Coroutine[Any, Any, Found]) -> Found:
        """Return what `work` finds; whatever it reads by `read` is of one moment.

        `work` may await nothing but reading. A SQLite file is read in a thread of its own, where
        each statement is answered on the spot: to hand a statement to another thread and to wait
        for it there takes longer than most statements do, and whoever else waits for an answer need
        not wait for this one.
        """
        if self._on_the_spot is None:
            async with self._read_session() as session:
                await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
                return await self._seeing(session, work)
        return await asyncio.to_thread(_at_once, self._read_on_the_spot(self._on_the_spot, work))

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
            yield session

    async def check(self) -> None:
        """Ask the database whether it is there; raise Unreachable with a remedy if not."""
        try:
            async with self._reader.connect() as connection:
                await connection.execute(text("select 1"))
        except (DBAPIError, OSError) as error:
            raise Unreachable(f"The database {self.name} does not answer: {error}") from error

    async def close(self) -> None:
        """Give all connections back."""
        await self._reader.dispose()
        await self._writer.dispose()
        if self._on_the_spot is not None:
            self._on_the_spot.dispose()


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


def _postgres(url: URL) -> AsyncEngine:
    return create_async_engine(
        url,
        hide_parameters=True,
        pool_size=10,
        pool_timeout=5,
        pool_pre_ping=True,
        connect_args={"server_settings": {"application_name": "steward", "lock_timeout": "5000"}},
    )


def _sqlite(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    """Return a writer of one connection and a reader of four.

    SQLite lets one connection write at a time; more writers only wait for each other in sleeps.
    """
    if url.database in (None, "", ":memory:"):
        raise Misconfigured("DATABASE_URL must name a SQLite file, such as sqlite:///steward.db")
    Path(str(url.database)).expanduser().parent.mkdir(parents=True, exist_ok=True)
    # Parameters are the values of rows: errors must not carry them into the log.
    shared = {"max_overflow": 0, "pool_timeout": 30, "hide_parameters": True}
    writer = create_async_engine(url, pool_size=1, **shared)
    reader = create_async_engine(url, pool_size=4, **shared)
    _configure(writer.sync_engine, begin="BEGIN IMMEDIATE", readonly=False)
    _configure(reader.sync_engine, begin="BEGIN", readonly=True)
    return writer, reader


def _sqlite_on_the_spot(url: URL) -> Engine:
    """Return a reader of four connections that blocks its thread."""
    engine = create_engine(
        url.set(drivername="sqlite"),
        pool_size=4,
        max_overflow=0,
        pool_timeout=30,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )
    _configure(engine, begin="BEGIN", readonly=True)
    return engine


def _configure(engine: Engine, *, begin: str, readonly: bool) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: Any) -> None:
        del record
        connection.isolation_level = None  # the driver's own BEGIN comes too late to lock
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "busy_timeout=5000",
            "foreign_keys=ON",
            f"query_only={int(readonly)}",
            "cache_size=-65536",  # 64 MB: with the usual 2 MB, a large index is read over and over
            "mmap_size=2147418112",  # up to 2 GB are read without copying them first
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def began(connection: Any) -> None:
        connection.exec_driver_sql(begin)
