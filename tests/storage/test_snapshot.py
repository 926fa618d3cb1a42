"""A snapshot: everything that is read in it is of one moment, and nothing else is kept waiting."""

import asyncio

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, delete, func, select

from core.errors import CsmUnknown
from storage.accounts import Accounts
from storage.database import Database
from storage.people import People
from storage.staff import Doing, Staff
from storage.tables import Csm
from tests.core.builders import NOW


async def _count(database: Database) -> int:
    async with database.read() as session:
        return int((await session.execute(select(func.count(col(Csm.id))))).scalar_one())


async def test_repositories_find_in_a_snapshot_what_they_find_outside(database: Database) -> None:
    people, accounts = People(database), Accounts(database)
    staff, doing = Staff(database), Doing(None, NOW)
    ana = await staff.add("ana@steward.example", "Ana Souza", "manager", doing=doing)

    async def look() -> tuple[object, ...]:
        found = await people.by_email("ana@steward.example")
        return found, await people.everyone(), await people.scope(found), await accounts.names(None)

    assert await database.snapshot(look()) == (ana, (ana,), frozenset({ana.id}), ())
    assert await look() == (ana, (ana,), frozenset({ana.id}), ())


async def test_two_readings_in_a_snapshot_agree_whatever_is_written_between(
    sqlite: Database,
) -> None:
    other = Database(sqlite.url.render_as_string(hide_password=False))
    written = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def write() -> None:
        await Staff(other).add("ben@steward.example", "Ben", "csm", doing=Doing(None, NOW))
        written.set()

    async def twice() -> tuple[int, int]:
        before = await _count(sqlite)
        asyncio.run_coroutine_threadsafe(write(), loop).result(10)
        return before, await _count(sqlite)

    assert await sqlite.snapshot(twice()) == (0, 0)
    assert written.is_set()
    assert await _count(sqlite) == 1
    await other.close()


async def test_what_goes_wrong_in_a_snapshot_reaches_who_asked(database: Database) -> None:
    with pytest.raises(CsmUnknown):
        await database.snapshot(People(database).by_email("nobody@steward.example"))

    assert await database.snapshot(_count(database)) == 0


async def test_nothing_is_written_through_a_snapshot(sqlite: Database) -> None:
    async def write() -> None:
        async with sqlite.read() as session:
            await session.execute(delete(Csm))

    with pytest.raises(DBAPIError, match="readonly"):
        await sqlite.snapshot(write())


async def test_many_snapshots_at_once_wait_for_each_other_and_all_answer(
    database: Database,
) -> None:
    await Staff(database).add("ana@steward.example", "Ana Souza", "csm", doing=Doing(None, NOW))

    found = await asyncio.gather(*(database.snapshot(_count(database)) for _ in range(40)))

    assert found == [1] * 40


async def test_a_snapshot_that_waits_for_something_else_is_refused(sqlite: Database) -> None:
    with pytest.raises(RuntimeError, match="may wait for nothing but reading"):
        await sqlite.snapshot(asyncio.sleep(0))
