"""SQLite's rows come with their statement, and all of them, however many."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage.database import Database
from storage.driver import AT_ONCE, connect

MANY = 2 * AT_ONCE + 7
NUMBERS = "with recursive n(i) as (select 1 union all select i + 1 from n where i < :last)"
ALL = text(f"{NUMBERS} select i from n")


async def test_rows_come_with_their_statement(tmp_path: Path) -> None:
    connection = await connect(str(tmp_path / "some.db"))
    cursor = await connection.cursor().__aenter__()

    await cursor.execute("select 1 union select 2")
    await connection.close()

    assert await cursor.fetchone() == (1,)
    assert list(await cursor.fetchall()) == [(2,)]


@pytest.mark.parametrize("last", [0, 1, AT_ONCE, MANY])
async def test_every_row_is_found_once(sqlite: Database, last: int) -> None:
    async with sqlite.read() as session:
        found = list(await session.scalars(ALL, {"last": last}))

    assert found == list(range(1, max(last, 1) + 1))


async def test_rows_are_streamed_in_order(sqlite: Database) -> None:
    async with sqlite.read() as session:
        rows = await session.stream_scalars(ALL, {"last": MANY})
        first = await rows.fetchmany(3)
        rest = [row async for row in rows]

    assert (first, rest) == ([1, 2, 3], list(range(4, MANY + 1)))


async def test_reading_may_end_before_the_last_row(sqlite: Database) -> None:
    async with sqlite.read() as session:
        rows = await session.stream_scalars(ALL, {"last": MANY})
        await rows.fetchmany(3)
        await rows.close()
        again = await session.scalar(ALL, {"last": 1})

    assert again == 1


async def test_after_a_statement_that_failed_the_next_one_is_answered(sqlite: Database) -> None:
    async with sqlite.read() as session:
        with pytest.raises(OperationalError):
            await session.execute(text("select nothing_there"))
        assert await session.scalar(text("select 1")) == 1
