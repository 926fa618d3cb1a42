"""The schema: migrations lead to exactly the tables that the code declares."""

from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData

from core.recommendations import Recommendation
from storage.database import Database
from storage.recommendations import Recommendations
from storage.recommendations.loading import dump
from storage.schema import configuration, migrate, newest, revision
from storage.tables import Base
from tests.core.builders import NOW, TODAY, beta

NOT_IN_0001 = ("others", "resources", "choice", "woken", "done", "urgent_since")
"""What a recommendation has said of itself since revision 0002."""


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))


async def test_migrations_lead_to_the_declared_tables(database: Database) -> None:
    async with database.engine.connect() as connection:
        differences = await connection.run_sync(_differences)

    assert differences == []


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    before, after = await migrate(database)

    assert before == after == newest() == await revision(database)


async def test_what_was_kept_at_the_first_revision_is_there_after_migrating(
    database: Database,
) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda one: command.downgrade(configuration(one), "0001"))
        await connection.run_sync(_fill_first_revision)

    await migrate(database)

    kept = await Recommendations(database).get("r1")
    assert (kept.headline, kept.status.value, len(kept.history)) == (
        beta().headline,
        "dismissed",
        1,
    )
    assert all(getattr(kept, name) == _default(name) for name in NOT_IN_0001)
    assert [one.reading for one in kept.signals] == [None] * len(kept.signals)
    assert (await Recommendations(database).outcomes(as_of=NOW)).height == 1


def _default(name: str) -> object:
    return Recommendation.__dataclass_fields__[name].default


def _fill_first_revision(connection: Connection) -> None:
    tables = MetaData()
    tables.reflect(connection)
    origin = {"source": "test", "source_id": "1"}
    for name, row in {
        "csms": {"id": "ana", "name": "Ana Souza", "email": "ana@x", "role": "csm"}
        | {"active": True, **origin},
        "customers": {"id": "beta", "name": "Beta Inc", "currency": "USD", "prospect": False}
        | origin,
        "recommendations": _first_recommendation(),
        "decisions": {"id": "d1", "recommendation_id": "r1", "version": 2, "kind": "dismiss"}
        | {"by_id": "ana", "at": NOW, "reason": "not_relevant", "note": "", "request_key": "k"},
    }.items():
        connection.execute(tables.tables[name].insert().values(row))


def _first_recommendation() -> dict[str, Any]:
    shown = {name: told for name, told in dump(beta()).items() if name not in NOT_IN_0001}
    for signal in shown["signals"]:
        del signal["reading"]
    return {
        **{"id": "r1", "customer_id": "beta", "owner_id": "ana", "play": shown["play"]},
        **{"status": "dismissed", "version": 2, "priority": 90.0, "due_on": TODAY},
        **{"as_of": NOW, "created_at": NOW, "changed_at": NOW, "engine": "1", "shown": shown},
    }


async def test_what_0003_adds_can_be_taken_away_and_added_again(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda one: command.downgrade(configuration(one), "0002"))
        left = await connection.run_sync(_tables)

    await migrate(database)

    added = {"conversation_turns", "model_usage", "writing_samples"}
    assert not left & added
    async with database.engine.connect() as connection:
        assert added <= await connection.run_sync(_tables)


def _tables(connection: Connection) -> set[str]:
    found = MetaData()
    found.reflect(connection)
    return set(found.tables)
