"""Connections to a database: pools, time limits, and how SQLite is opened."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.errors import Misconfigured
from storage.driver import connect

LOCK_MS = 5_000
"""How long a statement waits for somebody else's lock."""

STATEMENT_MS = 60_000
"""How long one statement may take: the facts of 100,000 accounts are read in a fifth of it."""

IDLE_MS = 120_000
"""How long a transaction may lie idle before the server ends it, and with it all it holds."""

_MIGRATING_MS = 120_000
"""How long a SQLite file may be held by another process before a migration gives up."""


@dataclass(frozen=True, slots=True)
class Engines:
    """A writer, a reader, and for SQLite a reader that blocks its thread."""

    writer: AsyncEngine
    reader: AsyncEngine
    on_the_spot: Engine | None = None

    async def close(self) -> None:
        """Give all connections back."""
        await self.reader.dispose()
        await self.writer.dispose()
        if self.on_the_spot is not None:
            self.on_the_spot.dispose()


def postgres(url: URL) -> Engines:
    """Return one pool for reading and writing.

    A process takes ten connections, and five more for a moment: count with that for
    `max_connections` when several machines serve.
    """
    # Rows' values are what customers say: errors must not carry them into the log.
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=10,
        max_overflow=5,
        pool_timeout=5,
        pool_pre_ping=True,
        connect_args={
            "timeout": 5,
            # the server's own limit ends a statement first; this is for a server that is gone
            "command_timeout": STATEMENT_MS / 1000 + 5,
            "server_settings": {
                "application_name": "steward",
                "lock_timeout": str(LOCK_MS),
                "statement_timeout": str(STATEMENT_MS),
                "idle_in_transaction_session_timeout": str(IDLE_MS),
            },
        },
    )
    return Engines(engine, engine)


def sqlite(url: URL) -> Engines:
    """Return a writer of one connection, a reader of four, and four that block their thread.

    SQLite lets one connection write at a time; more writers only wait for each other in sleeps.
    It is also what keeps releases before 3.51.3 safe: their write-ahead log can be damaged when
    two connections write and one of them starts the log anew.
    """
    if url.database in (None, "", ":memory:"):
        raise Misconfigured("DATABASE_URL must name a SQLite file, such as sqlite:///steward.db")
    Path(str(url.database)).expanduser().parent.mkdir(parents=True, exist_ok=True)
    shared = {"max_overflow": 0, "pool_timeout": 30, "hide_parameters": True}
    writer = _asynchronous(url, pool_size=1, **shared)
    reader = _asynchronous(url, pool_size=4, **shared)
    on_the_spot = create_engine(
        url.set(drivername="sqlite"),
        pool_size=4,
        connect_args={"check_same_thread": False},
        **shared,
    )
    _open(writer.sync_engine, begin="BEGIN IMMEDIATE", readonly=False)
    _open(reader.sync_engine, begin="BEGIN", readonly=True)
    _open(on_the_spot, begin="BEGIN", readonly=True)
    return Engines(writer, reader, on_the_spot)


def unhurried(url: URL) -> AsyncEngine:
    """Return an engine for migrations: statements may take what they take."""
    engine = create_async_engine(url, poolclass=NullPool, hide_parameters=True)
    if url.get_backend_name() == "sqlite":
        _open(engine.sync_engine, begin="BEGIN EXCLUSIVE", readonly=False, busy=_MIGRATING_MS)
    return engine


def _asynchronous(url: URL, **options: Any) -> AsyncEngine:
    args, given = url.get_dialect()().create_connect_args(url)
    return create_async_engine(url, async_creator=partial(connect, *args, **given), **options)


def _open(engine: Engine, *, begin: str, readonly: bool, busy: int = LOCK_MS) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: Any) -> None:
        del record
        connection.isolation_level = None  # the driver's own BEGIN comes too late to lock
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={busy}",
            "journal_mode=WAL",
            "synchronous=FULL",
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
