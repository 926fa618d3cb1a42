"""Reading the facts of a portfolio and ranking every play over it."""

from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from core.catalogue import Catalogue
from core.engine import Engine, Moment, unlearned
from core.ranking import rank
from core.rules import Rules
from storage.database import Database
from storage.facts import Window, read
from tests.benchmarks.books import book
from tests.benchmarks.result import Result

SIZES = {60: 20, 1_000: 10, 10_000: 5}
"""Accounts, and how often each size is measured."""


async def ranking(home: Path) -> list[Result]:
    """Measure reading and ranking apart, for each size."""
    results: list[Result] = []
    for accounts, times in SIZES.items():
        async with book(home, accounts) as database:
            measured = [await _once(database) for _ in range(times + 1)][1:]
        size = f"{accounts:,} accounts"
        results += [
            Result.of_seconds(f"facts of {size}", [one[0] for one in measured], how="SQLite"),
            Result.of_seconds(f"ranking of {size}", [one[1] for one in measured], how="Polars"),
        ]
    return results


async def _once(database: Database) -> tuple[float, float]:
    now = datetime.now(UTC)
    began = perf_counter()
    async with database.read() as session:
        facts = await read(session, Window(now))
    was_read = perf_counter()
    nothing_learned = unlearned(Catalogue.shipped())
    rank(facts, Engine(Moment(now, now.date()), Rules.shipped(), nothing_learned), ())
    return was_read - began, perf_counter() - was_read
