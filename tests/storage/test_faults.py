"""The database is locked, full, read-only, restarted or gone: what is kept is kept, once."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.errors import Unreachable
from storage.database import Database
from storage.inbox import LEASE, Inbox
from tests.postgres import Postgres
from tests.storage.door import Door, door

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
AWAY = (DBAPIError, Unreachable)
"""What work meets that cannot have the database."""


async def ail(database: Database, pragma: str) -> None:
    """Change the writing connection by a pragma."""
    async with database.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is not None
        await raw.driver_connection.execute(f"PRAGMA {pragma}")


async def break_file(database: Database, fault: str) -> sqlite3.Connection | None:
    """Let nothing be written to a SQLite file from here on, for one of the reasons there are."""
    if fault == "locked":
        await ail(database, "busy_timeout=10")
        other = sqlite3.connect(str(database.url.database), isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        return other
    # Without a disk of its own to fill: the file may not grow. `query_only` is the error of a
    # file that may only be read, which root always may write.
    await ail(database, {"full": "max_page_count=1", "readonly": "query_only=1"}[fault])
    return None


async def mend_file(database: Database, fault: str, other: sqlite3.Connection | None) -> None:
    """Let it be written again."""
    if other is not None:
        other.execute("ROLLBACK")
        other.close()
        return
    await ail(database, {"full": "max_page_count=1073741823", "readonly": "query_only=0"}[fault])


FAULTS = ("locked", "full", "readonly")


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_a_file_does_not_take_is_not_kept_and_is_when_it_does(
    sqlite: Database, fault: str
) -> None:
    inbox = Inbox(sqlite)
    await inbox.put("Ev0", "question", {}, now=NOW)
    other = await break_file(sqlite, fault)

    with pytest.raises(AWAY):
        await _put_much(inbox)
    assert await inbox.is_open("Ev0")
    await mend_file(sqlite, fault, other)

    assert await inbox.put("Ev1", "question", {}, now=NOW) is not None
    assert await inbox.put("Ev1", "question", {}, now=NOW) is None
    async with sqlite.read() as session:
        assert await session.scalar(text("PRAGMA integrity_check")) == "ok"


async def _put_much(inbox: Inbox) -> None:
    """Put more than the room that is left in a file that may not grow."""
    for n in range(100):
        await inbox.put(f"Much{n}", "question", {"text": "x" * 100_000}, now=NOW)


@pytest.fixture
async def behind(postgres: Postgres | None) -> AsyncIterator[tuple[Door, Database]]:
    """A PostgreSQL database whose server may go away and come back."""
    if postgres is None:
        pytest.skip("no PostgreSQL server answers at STEWARD_TEST_POSTGRES")
    url = postgres.take()
    async with door(url) as (way, through):
        database = Database(through)
        yield way, database
        await database.close()
    postgres.give_back(url)


async def test_a_server_that_restarts_is_away_and_then_there_again(
    behind: tuple[Door, Database],
) -> None:
    way, database = behind
    inbox = Inbox(database)
    await asyncio.gather(*(inbox.put(f"Ev{n}", "question", {}, now=NOW) for n in range(5)))

    await way.shut()
    for _ in range(3):
        with pytest.raises(AWAY):
            await inbox.put("Lost", "question", {}, now=NOW)
        with pytest.raises(AWAY):
            await inbox.is_open("Ev0")
    await way.open()

    came = [await inbox.put(key, "question", {}, now=NOW) for key in ("Ev0", "Lost", "Lost")]
    assert [item is not None for item in came] == [False, True, False]


async def test_what_was_under_way_when_every_connection_ended_is_not_half_done(
    behind: tuple[Door, Database],
) -> None:
    _, database = behind
    inbox = Inbox(database)
    item = await inbox.put("Ev1", "question", {}, now=NOW)
    assert item is not None

    with pytest.raises(AWAY):
        await _interrupted(database)

    assert await inbox.is_open("Ev1")
    assert await inbox.done(item, now=NOW)
    assert await inbox.take(now=NOW + 2 * LEASE) == ()


async def _interrupted(database: Database) -> None:
    async with database.write() as session:
        await session.execute(text("update inbox set done_at = received_at"))
        await _end_all(database)
        await session.execute(text("select 1"))


async def _end_all(database: Database) -> None:
    async with database.read() as session:
        await session.execute(
            text(
                "select pg_terminate_backend(pid) from pg_stat_activity where pid <> "
                "pg_backend_pid() and datname = current_database() and application_name = 'steward'"
            )
        )
