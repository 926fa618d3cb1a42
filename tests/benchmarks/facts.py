"""From a database with eighteen months of history to ranked plays, of a whole portfolio."""

import asyncio
import multiprocessing
import os
import resource
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from core.catalogue import Catalogue
from core.engine import Engine, Moment, unlearned
from core.ranking import rank
from core.rules import Rules
from storage.database import Database
from storage.facts import Window, read
from tests.benchmarks.books import portfolio
from tests.benchmarks.result import Result, words

ACCOUNTS = int(os.environ.get("STEWARD_BENCH_ACCOUNTS", "10000"))
"""How large a portfolio is; 100000 accounts have 12 million rows and take minutes to make."""

AIMS = {100_000: "under 8 s"}
TIMES = 3


async def facts(home: Path) -> list[Result]:
    """Measure reading and ranking, in a process of its own so that its memory can be told."""
    began = perf_counter()
    async with portfolio(home, ACCOUNTS) as database:
        made = perf_counter() - began
        url = f"sqlite:///{database.url.database}"
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
            loop = asyncio.get_running_loop()
            measured, peak = await loop.run_in_executor(apart, _measured, url)
    size = f"{ACCOUNTS:,} accounts"
    whole = [sum(one) for one in measured]
    return [
        Result(f"portfolio of {size}", words(made), how="made, or found where it is kept"),
        Result.of_seconds(f"facts of {size}", [one[0] for one in measured], how="SQLite"),
        Result.of_seconds(
            "  facts and ranking", whole, aim=AIMS.get(ACCOUNTS, ""), how="end to end"
        ),
        Result("  peak memory", f"{peak:.2f} GB", how="in a process of its own"),
    ]


def _measured(url: str) -> tuple[list[tuple[float, float]], float]:
    """Return the times of reading and of ranking, and the most memory held, in GB."""
    measured = asyncio.run(_all(url))
    return measured, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


async def _all(url: str) -> list[tuple[float, float]]:
    database = Database(url)
    measured = [await _once(database) for _ in range(TIMES + 1)][1:]
    await database.close()
    return measured


async def _once(database: Database) -> tuple[float, float]:
    now = datetime.now(UTC)
    began = perf_counter()
    async with database.read() as session:
        found = await read(session, Window(now))
    was_read = perf_counter()
    nothing_learned = unlearned(Catalogue.shipped())
    rank(found, Engine(Moment(now, now.date()), Rules.shipped(), nothing_learned), ())
    return was_read - began, perf_counter() - was_read
