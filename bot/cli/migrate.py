"""`steward migrate`: bring the database to the tables of this version."""

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.database import Database


def migrate() -> None:
    """Bring the database to the tables of this version; safe to run again.

    Without --workspace, those of every installed workspace as well.
    """
    asyncio.run(_migrate())


async def _migrate() -> None:
    from bot.cli.inside import chosen
    from bot.settings import load
    from storage.database import Database

    settings = load()
    database = Database(settings.database_url)
    try:
        await database.check()
        if workspace := chosen() or settings.workspace:
            await _bring_up(database.for_workspace(workspace))
        else:
            await _bring_up(database)
            await _bring_up_workspaces(database)
    finally:
        await database.close()


async def _bring_up_workspaces(home: "Database") -> None:
    """Bring the own tables of every installed workspace up as well."""
    from storage.workspaces import everyone

    for one in await everyone(home):
        if one.removed_at is None:
            await _bring_up(home.for_workspace(one.id))


async def _bring_up(database: "Database") -> None:
    from bot.cli.saying import out
    from storage import schema

    before, after = await schema.migrate(database)
    if before == after:
        out().print(f"{database.name} is up to date at revision {after}.", soft_wrap=True)
    else:
        out().print(f"{database.name}: from {before or 'empty'} to {after}.", soft_wrap=True)
