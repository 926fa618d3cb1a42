"""Bring a database to the schema of this version, and tell where it stands."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from core.errors import Misconfigured
from storage.database import Database


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

    Raises Misconfigured for a database that a newer version of Steward has changed.
    """
    before = await revision(database)
    if before is not None and not _is_known(before):
        raise Misconfigured(
            f"the database {database.name} stands at revision {before}, which this version does "
            "not know; install the newer version of Steward that made it"
        )
    async with database.engine.begin() as connection:
        await connection.run_sync(_upgrade)
    return before, newest()


async def revision(database: Database) -> str | None:
    """Return the revision a database stands at, None when it is empty."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_current)


def newest() -> str:
    """Return the revision that this version of Steward needs."""
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    assert head is not None  # the package ships at least one revision
    return head


def _is_known(revision: str) -> bool:
    scripts = ScriptDirectory.from_config(configuration())
    return revision in {script.revision for script in scripts.walk_revisions()}


def _upgrade(connection: Connection) -> None:
    command.upgrade(configuration(connection), "head")


def _current(connection: Connection) -> Any:
    return MigrationContext.configure(connection).get_current_revision()
