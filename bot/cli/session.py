"""The services of one command, over a database that has this version's tables."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.logs import configure
from bot.services import Clock, Services, build
from bot.settings import Settings, load
from core.errors import Misconfigured
from storage.database import Database
from storage.schema import migrate, newest, revision


@asynccontextmanager
async def session(
    settings: Settings | None = None, *, clock: Clock | None = None, upgrade: bool = False
) -> AsyncIterator[Services]:
    """Give the services; an empty database gets its tables.

    A database of an older version is brought up to date when `upgrade` is set; otherwise
    Misconfigured says how. Raises Unreachable when it does not answer.
    """
    settings = settings or load()
    configure(settings.log_level)
    services = build(settings, clock=clock)
    try:
        await services.database.check()
        await prepare(services.database, upgrade=upgrade)
        yield services
    finally:
        await services.claude.close()
        await services.database.close()


async def prepare(database: Database, *, upgrade: bool) -> None:
    """Make sure of the tables, or say what is in the way."""
    stands, needed = await revision(database), newest()
    if stands is None or (upgrade and stands != needed):
        await migrate(database)
    elif stands != needed:
        raise Misconfigured(
            f"the database {database.name} stands at revision {stands} and this version needs "
            f"{needed}; stop Steward and run “steward migrate”"
        )
