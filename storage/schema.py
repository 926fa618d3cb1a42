"""Bring a database to the schema of this version, and tell where it stands."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import Misconfigured
from storage.database import Database
from storage.engines import LOCK_MS

_LOCK = 0x57E44D03
"""The number under which migrations wait for each other on PostgreSQL."""


def configuration(connection: Connection | None = None) -> Config:
    """Build Alembic's configuration in memory; `connection` is what it will run on."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    if connection is not None:
        config.attributes["connection"] = connection
    return config


async def migrate(database: Database) -> tuple[str | None, str]:
    """Upgrade to the newest revision; return the revision before and after.

    One process at a time: another waits, and then finds nothing left to do. Raises Misconfigured
    for a database that a newer version of Steward has changed.
    """
    async with database.unhurried() as connection:
        await _alone(connection, database.schema)
        before = await connection.run_sync(_current)
        if before is not None and not is_known(before):
            raise Misconfigured(
                f"the database {database.name} stands at revision {before}, which this version "
                "does not know; install the newer version of Steward that made it"
            )
        await connection.run_sync(_upgrade)
    return before, newest()


async def _alone(connection: AsyncConnection, schema: str) -> None:
    """Wait until nobody else migrates here, and make the schema of a workspace's own tables.

    A change of a table waits no longer than usual for whoever uses it: everybody else would have
    to wait behind it.
    """
    if connection.dialect.name != "postgresql":
        return  # the transaction itself is exclusive
    lock = text("select pg_advisory_xact_lock(:lock, hashtext(:schema))")
    await connection.execute(text("set local lock_timeout = 0"))
    await connection.execute(lock, {"lock": _LOCK, "schema": schema})
    await connection.execute(text(f"set local lock_timeout = {LOCK_MS}"))
    if schema:
        await connection.execute(text(f'create schema if not exists "{schema}"'))


async def revision(database: Database) -> str | None:
    """Return the revision a database stands at, None when it is empty."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_current)


def newest() -> str:
    """Return the revision that this version of Steward needs."""
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    assert head is not None  # the package ships at least one revision
    return head


def is_known(revision: str) -> bool:
    """Tell whether this version of Steward has that revision, so that it can come after it."""
    scripts = ScriptDirectory.from_config(configuration())
    return revision in {script.revision for script in scripts.walk_revisions()}


def _upgrade(connection: Connection) -> None:
    command.upgrade(configuration(connection), "head")


def _current(connection: Connection) -> Any:
    return MigrationContext.configure(connection).get_current_revision()
