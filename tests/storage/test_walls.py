"""The wall around a workspace: its own tables, and no way to those of another."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import Invalid
from storage.database import Database
from storage.imports.locks import alone
from storage.people import People
from storage.recommendations.offering import _take_turns
from storage.schema import migrate, newest, revision
from storage.tables import Csm, Customer
from tests.storage.book import row, save

A, B = "T0AAA", "T0BBB"

on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


async def _two(home: Database) -> tuple[Database, Database]:
    a, b = home.for_workspace(A), home.for_workspace(B)
    for inside in (a, b):
        await migrate(inside)
    return a, b


async def _people(database: Database) -> list[str]:
    return [one.name for one in await People(database).everyone()]


async def test_what_one_workspace_keeps_no_other_sees(database: Database) -> None:
    a, b = await _two(database)

    await _add(database, "Home")
    await _add(a, "Ana of A")
    await _add(b, "Ben of B")

    assert await _people(database) == ["Home"]
    assert await _people(a) == ["Ana of A"]
    assert await _people(b) == ["Ben of B"]
    assert await b.snapshot(_people(b)) == ["Ben of B"]


async def test_a_workspace_is_always_the_same_database(database: Database) -> None:
    inside = database.for_workspace(A)

    assert inside is database.for_workspace(A)
    assert A.lower() in inside.name.lower()
    with pytest.raises(RuntimeError):
        inside.for_workspace(B)


@pytest.mark.parametrize("key", ["", "t0aaa", "T0/../x", 'T0"; drop', "T" * 40, "../T0"])
async def test_what_is_no_key_makes_no_wall(sqlite: Database, key: str) -> None:
    with pytest.raises(Invalid):
        sqlite.for_workspace(key)


async def test_every_wall_has_its_own_revision_and_a_second_process_waits(
    database: Database,
) -> None:
    inside = database.for_workspace(A)

    assert await revision(inside) is None
    await asyncio.gather(*(migrate(inside) for _ in range(3)))

    assert await revision(inside) == newest()
    assert await revision(database.for_workspace(B)) is None


async def test_a_wall_without_tables_does_not_fall_back_on_home(database: Database) -> None:
    await _add(database, "Home")

    with pytest.raises(DBAPIError):
        await _people(database.for_workspace(A))


async def test_an_erased_workspace_is_gone_and_nothing_else(database: Database) -> None:
    a, b = await _two(database)
    await _add(a, "Ana")
    await _add(b, "Ben")

    async with database.write() as session:
        await database.erase(A, session)

    assert await revision(database.for_workspace(A)) is None
    assert await _people(b) == ["Ben"]
    assert await revision(database) == newest()


@on_postgresql
async def test_connections_are_shared_and_carry_no_path_over(database: Database) -> None:
    a, b = await _two(database)
    for inside, name in ((database, "Home"), (a, "Ana"), (b, "Ben")):
        await _add(inside, name)

    for inside, name in [(a, "Ana"), (b, "Ben"), (database, "Home")] * 3:
        assert await _people(inside) == [name]
    assert await _backends(database, a, b) == 1

    with pytest.raises(ProgrammingError):
        await _fail(a)
    assert await _people(database) == ["Home"]

    asleep = asyncio.create_task(_sleep(a))
    await _until_asleep(b)
    asleep.cancel()
    await asyncio.gather(asleep, return_exceptions=True)
    assert await _people(b) == ["Ben"]

    with pytest.raises(ProgrammingError):
        await _fail(b, 'set local search_path = "workspace_t0aaa"')
    assert await _people(database) == ["Home"]
    assert await _people(b) == ["Ben"]

    async with a.write() as session:  # what is given up in a savepoint leaves the wall standing
        with pytest.raises(ProgrammingError):
            await _fail_inside(session)
        assert (await session.scalars(text("select name from csms"))).all() == ["Ana"]


@on_postgresql
async def test_a_walled_connection_refuses_to_work_without_a_transaction(
    database: Database,
) -> None:
    async with database.for_workspace(A).engine.connect() as connection:
        with pytest.raises(RuntimeError, match="Without a transaction"):
            await connection.execution_options(isolation_level="AUTOCOMMIT")


@on_postgresql
async def test_imports_and_offers_of_two_workspaces_do_not_wait_for_each_other(
    database: Database,
) -> None:
    a, b = await _two(database)
    for inside in (a, b):
        await save(inside, row(Customer, id="beta", name="Beta"))

    async with a.write() as first, b.write() as second:
        assert await alone(first)
        assert await alone(second)
        await _take_turns(first, ["beta"])
        await asyncio.wait_for(_take_turns(second, ["beta"]), 4)


async def _add(database: Database, name: str) -> None:
    await save(database, row(Csm, id="x", name=name, email="x@x", role="csm"))


async def _fail(database: Database, before: str = "select 1") -> None:
    async with database.write() as session:
        await session.execute(text(before))
        await _fail_inside(session)


async def _fail_inside(session: AsyncSession) -> None:
    async with session.begin_nested():
        await session.execute(text("select nothing from nowhere"))


async def _sleep(database: Database) -> None:
    async with database.write() as session:
        await session.execute(text("select pg_sleep(30)"))


async def _until_asleep(database: Database) -> None:
    asleep = text("select count(*) from pg_stat_activity where query like 'select pg_sleep%'")
    while True:
        async with database.read() as session:
            if (await session.execute(asleep)).scalar_one():
                return


async def _backends(*databases: Database) -> int:
    found = set()
    for one in databases:
        async with one.read() as session:
            found.add((await session.execute(text("select pg_backend_pid()"))).scalar_one())
    return len(found)
