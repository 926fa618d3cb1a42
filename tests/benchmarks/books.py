"""Databases with demo portfolios of any size."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from storage.database import Database
from storage.schema import migrate
from storage.sources.demo import fill


@asynccontextmanager
async def book(home: Path, accounts: int) -> AsyncIterator[Database]:
    """Give a SQLite database with so many accounts of the demo portfolio."""
    database = Database(f"sqlite:///{home / f'{accounts}.db'}")
    await migrate(database)
    if accounts:
        now = datetime.now(UTC)
        await fill(database, accounts=accounts, today=now.date(), now=now)
    try:
        yield database
    finally:
        await database.close()
