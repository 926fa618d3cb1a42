"""The services of one command, over a database that has this version's tables."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.cli.inside import chosen
from bot.logs import configure
from bot.services import Clock, Services, build, services_of
from bot.settings import Settings, load
from core.errors import Misconfigured
from storage.database import Database
from storage.schema import migrate, newest, revision
from storage.workspaces import everyone


@asynccontextmanager
async def session(
    settings: Settings | None = None,
    *,
    clock: Clock | None = None,
    upgrade: bool = False,
    at_home: bool = False,
) -> AsyncIterator[Services]:
    """Give the services of the chosen workspace, or of the home database.

    An empty database gets its tables. One of an older version is brought up to date when `upgrade`
    is set; otherwise Misconfigured says how. Raises Unreachable when it does not answer.
    """
    settings = settings or load()
    configure(settings.log_level)
    home = build(settings, clock=clock)
    services = home
    try:
        await home.database.check()
        await prepare(home.database, upgrade=upgrade)
        if workspace := "" if at_home else chosen() or settings.workspace:
            services = await inside(home, workspace)
            await prepare(services.database, upgrade=upgrade)
        yield services
    finally:
        await services.claude.close()
        await home.database.close()


async def inside(home: Services, workspace: str) -> Services:
    """Return the services of an installed workspace; raises Misconfigured for any other."""
    known = {one.id for one in await everyone(home.database) if one.removed_at is None}
    if workspace not in known:
        raise Misconfigured(
            f"{workspace[:40]} is no installed workspace; “steward workspaces” lists them"
        )
    return services_of(home, workspace)


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
