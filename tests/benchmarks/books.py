"""Databases with demo portfolios of any size."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from storage.database import Database
from storage.schema import migrate
from storage.sources.demo import fill
from tests.benchmarks import filling
from tests.benchmarks.portfolio import Portfolio

KEPT = "STEWARD_BENCH_HOME"
"""A folder in which large portfolios are kept for the next run; they are of the day they were made.
"""


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


@asynccontextmanager
async def portfolio(home: Path, accounts: int) -> AsyncIterator[Database]:
    """Give a SQLite database with so many accounts and eighteen months of their history."""
    today = datetime.now(UTC).date()
    path, is_there = _place(home, f"portfolio-{accounts}-{today}.db")
    database = Database(f"sqlite:///{path}")
    if not is_there:
        await migrate(database)
        await filling.fill(database, Portfolio(accounts, today).batches())
    try:
        yield database
    finally:
        await database.close()


def _place(home: Path, name: str) -> tuple[Path, bool]:
    """Return where a portfolio is kept, and whether it is there already."""
    folder = Path(os.environ.get(KEPT) or home)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name, (folder / name).exists()
