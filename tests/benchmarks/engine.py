"""All plays over a hundred thousand accounts and over a million, beside bare numpy."""

import asyncio
import gc
import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter

import polars as pl

from core.catalogue import Catalogue
from core.engine import Engine, Moment, unlearned
from core.ranking import rank, with_facts
from core.rules import Rules
from tests.benchmarks.bare import Bare
from tests.benchmarks.crowd import crowd
from tests.benchmarks.result import Result, words

ACCOUNTS = 100_000
TIMES = 5
CHUNKS = 10
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


async def engine(home: Path) -> list[Result]:
    """Measure the engine and numpy in turns, then a million accounts in chunks, apart."""
    del home
    beside = await asyncio.to_thread(_beside_numpy)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
        seconds, peak = await asyncio.get_running_loop().run_in_executor(apart, _million)
    million = f"{CHUNKS * ACCOUNTS:,} accounts in chunks of {ACCOUNTS:,}"
    return [
        *beside,
        Result(f"ranking {million}", words(seconds), how="best of each, with reasons"),
        Result("  peak memory", f"{peak:.2f} GB", aim="below 3 GB", how="in a process of its own"),
    ]


def _beside_numpy() -> list[Result]:
    facts, catalogue, rules = crowd(ACCOUNTS, NOW.date()), Catalogue.shipped(), _rules()
    numbers = Bare.of(facts, NOW.date())
    ours, theirs = [], []
    for _ in range(TIMES + 1):
        ours.append(_timed(partial(reasons, facts, rules)))
        theirs.append(_timed(partial(numbers.ranked, catalogue)))
    ratio = min(ours) / min(theirs)
    size = f"{ACCOUNTS:,} accounts x {len(catalogue.plays)} plays"
    return [
        Result.of_seconds(f"ranking {size}", ours[1:], how="with structured reasons"),
        Result.of_seconds("  the same in bare numpy", theirs[1:], how="the same numbers, in turns"),
        Result("  times as long", f"{ratio:.1f}", aim="at most 2", how="the fastest of each"),
    ]


def reasons(facts: pl.DataFrame, rules: Engine) -> pl.DataFrame:
    """Rank, and return of each account the best with its pieces and what fired how strongly."""
    best = rank(facts, rules, ()).unique("row", keep="first", maintain_order=True)
    return with_facts(best, facts, rules)


def _million() -> tuple[float, float]:
    """Return the time of a million accounts, and the most memory the process held, in GB."""
    rules, seconds = _rules(), 0.0
    for seed in range(CHUNKS):
        facts = crowd(ACCOUNTS, NOW.date(), seed=seed)
        seconds += _timed(partial(reasons, facts, rules))
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _rules() -> Engine:
    rules = Rules.shipped()
    return Engine(Moment(NOW, NOW.date()), rules, unlearned(rules.catalogue))


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    began = perf_counter()
    work()
    return perf_counter() - began
