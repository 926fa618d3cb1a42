"""Engine and sessions from a URL: a SQLite file by default, PostgreSQL for teams."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url, text
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


class Database:
    """One database: `read()` and `write()` give sessions; a write is one transaction."""

    def __init__(self, url: str) -> None:
        """Take `sqlite:///path` or `postgresql://user@host/name`; nothing is opened yet."""
        self.url = _with_driver(url)
        if self.is_sqlite:
            self._writer, self._reader = _sqlite(self.url)
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
        """Give a session for reading; nothing done in it is kept."""
        async with self._read_session() as session:
            yield session

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
    _configure(writer, begin="BEGIN IMMEDIATE", readonly=False)
    _configure(reader, begin="BEGIN", readonly=True)
    return writer, reader


def _configure(engine: AsyncEngine, *, begin: str, readonly: bool) -> None:
    @event.listens_for(engine.sync_engine, "connect")
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
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def began(connection: Any) -> None:
        connection.exec_driver_sql(begin)
