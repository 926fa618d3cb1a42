"""`steward migrate`: bring the database to the tables of this version."""

import asyncio


def migrate() -> None:
    """Bring the database to the tables of this version; safe to run again."""
    asyncio.run(_migrate())


async def _migrate() -> None:
    from bot.cli.saying import out
    from bot.settings import load
    from storage import schema
    from storage.database import Database

    database = Database(load().database_url)
    try:
        await database.check()
        before, after = await schema.migrate(database)
    finally:
        await database.close()
    if before == after:
        out().print(f"{database.name} is up to date at revision {after}.", soft_wrap=True)
    else:
        out().print(f"{database.name}: from {before or 'empty'} to {after}.", soft_wrap=True)
