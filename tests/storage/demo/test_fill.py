"""Filling a database with the demo portfolio: only an empty one, the same each time, undoable."""

from typing import Any

import pytest
from sqlalchemy import delete, func, select, text

from core.errors import Invalid
from storage.database import Database
from storage.sources.demo import fill
from storage.tables import Base, Csm, Customer, Import, table
from tests.storage.demo.moment import NOW, TODAY


async def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    async with database.read() as session:
        return {
            of.name: sorted(
                (tuple(row) for row in await session.execute(select(of))), key=lambda row: str(row)
            )
            for of in Base.metadata.sorted_tables
        }


async def total(database: Database, kind: Any) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(table(kind))) or 0


async def test_an_empty_database_is_filled_and_every_reference_holds(database: Database) -> None:
    filled = await fill(database, today=TODAY, now=NOW)

    found = await contents(database)

    assert (filled.accounts, filled.csms) == (60, 4)
    assert filled.rows == {
        name: len(rows) for name, rows in found.items() if rows
    }  # the databases check references themselves; SQLite's are checked once more here
    if database.is_sqlite:
        async with database.read() as session:
            broken = list(await session.execute(text("pragma foreign_key_check")))
        assert broken == []


async def test_a_database_with_accounts_is_left_as_it_is(sqlite: Database) -> None:
    await fill(sqlite, accounts=3, today=TODAY, now=NOW)
    before = await contents(sqlite)

    with pytest.raises(Invalid, match="only fills an empty one"):
        await fill(sqlite, accounts=3, today=TODAY, now=NOW)

    assert await contents(sqlite) == before


async def test_no_accounts_at_all_are_refused(sqlite: Database) -> None:
    with pytest.raises(Invalid, match="at least one"):
        await fill(sqlite, accounts=0, today=TODAY, now=NOW)


async def test_the_same_seed_and_day_give_the_same_rows(
    sqlite: Database, portfolio: Database
) -> None:
    await fill(sqlite, today=TODAY, now=NOW)

    assert await contents(sqlite) == await contents(portfolio)


async def test_another_seed_gives_other_rows_and_the_same_stories(sqlite: Database) -> None:
    await fill(sqlite, accounts=20, seed=8, today=TODAY, now=NOW)

    async with sqlite.read() as session:
        first = await session.scalar(
            select(table(Customer).c.arr).where(table(Customer).c.name == "Beta Inc")
        )

    assert first == 120_000


async def test_fewer_accounts_keep_the_documents_accounts_first(sqlite: Database) -> None:
    await fill(sqlite, accounts=2, today=TODAY, now=NOW)

    async with sqlite.read() as session:
        found = set(await session.scalars(select(table(Customer).c.name)))

    assert found == {"Beta Inc", "Alpha Corp"}


async def test_more_accounts_are_told_of_as_they_come(sqlite: Database) -> None:
    told: list[tuple[int, int]] = []

    filled = await fill(
        sqlite,
        accounts=130,
        today=TODAY,
        now=NOW,
        progress=lambda done, of: told.append((done, of)),
    )

    assert filled.accounts == await total(sqlite, Customer) == 130
    assert told == sorted(told)
    assert told[-1] == (130, 130)


async def test_the_fill_is_an_import_whose_rows_can_be_deleted_and_filled_again(
    database: Database,
) -> None:
    await fill(database, accounts=5, today=TODAY, now=NOW)
    async with database.write() as session:
        run = (await session.execute(select(table(Import)))).one()
        for of in reversed(Base.metadata.sorted_tables):
            if "import_id" in of.columns and of.name != "import_changes":
                await session.execute(delete(of).where(of.columns.import_id == run.id))

    left = {name: rows for name, rows in (await contents(database)).items() if rows}
    await fill(database, accounts=5, today=TODAY, now=NOW)

    assert run.source == "demo"
    assert set(left) == {"imports"}
    assert await total(database, Import) == 2


async def test_colleagues_who_are_there_already_keep_their_rows(sqlite: Database) -> None:
    async with sqlite.write() as session:
        ana = Csm(
            id="ana", source="steward", source_id="ana", name="Ana", email="ana@steward.example"
        )
        session.add(ana)

    await fill(sqlite, accounts=5, today=TODAY, now=NOW)

    async with sqlite.read() as session:
        owners = set(await session.scalars(select(table(Customer).c.csm_id)))
    assert owners == {"ana"}
    assert await total(sqlite, Csm) == 5
