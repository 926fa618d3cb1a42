"""How well the estimator learns, on a randomised trial with three arms (Hillstrom 2008).

The trial is no part of this repository: it is looked for in $STEWARD_DATA/hillstrom, or in
shared/data/hillstrom beside the repository. Here an e-mail campaign is the play, what customers had
bought before their segment, and a visit the outcome.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median, stdev
from typing import Any

import numpy as np
import polars as pl

from core.learning import ShrunkenRates
from tests.benchmarks.result import Result

ACCEPTED, BATCH, SEEDS = 3_000, 10, 60
EXPLORATION = 0.1
SIZES = (20, 60, 150, 300, 1_000)
HELD_OUT = 5_000
AT = datetime(2008, 3, 20, tzinfo=UTC)


async def learning(home: Path) -> list[Result]:
    """Measure what a policy earns that learns as it goes, and how well outcomes are foretold."""
    del home  # nothing is written
    trial = hillstrom()
    if trial is None:
        return [Result("learning on a trial", "not measured", how=str(place()) + " is not there")]
    earned = [replay(trial, seed) for seed in range(SEEDS)]
    error = stdev(earned) / len(earned) ** 0.5
    losses = list(surprises(trial).values())
    return [
        Result(
            "replay, mean reward",
            f"{mean(earned):.4f}",
            f"{min(earned):.4f}",
            "at least .1755",
            f"{ACCEPTED:,} events, {SEEDS} seeds, standard error {error:.4f}",
        ),
        Result(
            "log loss less the mean's",
            f"{median(losses):+.4f}",
            f"{max(losses):+.4f}",
            "at most +.0160",
            f"{SIZES[0]} to {SIZES[-1]:,} outcomes",
        ),
    ]


def place() -> Path:
    """Return the file that the trial is looked for in."""
    beside = Path(__file__).parents[3] / "shared" / "data"
    return Path(os.environ.get("STEWARD_DATA") or beside) / "hillstrom" / "hillstrom.csv"


def hillstrom() -> pl.DataFrame | None:
    """Return the trial as a frame of outcomes in a fixed order, None when it is not there."""
    if not place().exists():
        return None
    return pl.read_csv(place(), infer_schema_length=None).select(
        pl.col("segment").alias("play"),
        pl.format("mens {} womens {}", "mens", "womens").alias("segment"),
        pl.lit(None, pl.String).alias("owner"),
        pl.col("visit").cast(pl.Float64).alias("outcome"),
        pl.lit(AT).alias("at"),
    )


def replay(trial: pl.DataFrame, seed: int, **settings: Any) -> float:
    """Return the mean reward of the first events in which policy and trial agree.

    The policy takes the arm of the highest rate, and in a tenth of the events any of those whose
    80 % interval overlaps its. It learns after each batch.
    """
    dice = np.random.default_rng(seed)
    order = trial[dice.permutation(trial.height)]
    groups = trial.select("play", "segment", "owner").unique().sort("segment", "play")
    kept: list[int] = []
    policy = _policy(order[:0], groups, settings)
    events = zip(order["play"], order["segment"], strict=True)
    for number, (arm, segment) in enumerate(events):
        arms = policy[segment]
        explores = dice.random() < EXPLORATION
        if arm != (arms[dice.integers(len(arms))] if explores else arms[0]):
            continue
        kept.append(number)
        if len(kept) == ACCEPTED:
            break
        if len(kept) % BATCH == 0:
            policy = _policy(order[kept], groups, settings)
    return float(order[kept]["outcome"].to_numpy().mean())


def surprises(trial: pl.DataFrame, seeds: int = 30, **settings: Any) -> dict[int, float]:
    """Return for each size of sample how much worse than by their mean others are foretold."""
    found: dict[int, list[float]] = {size: [] for size in SIZES}
    for seed in range(seeds):
        order = trial[np.random.default_rng(seed).permutation(trial.height)]
        held = order.tail(HELD_OUT)
        for size, losses in found.items():
            seen = order.head(size)
            rates = ShrunkenRates(half_life=None, **settings).fit(seen).predict(held)["rate"]
            usual = (float(seen["outcome"].sum()) + 0.5) / (size + 1)
            losses.append(_loss(held, rates) - _loss(held, pl.Series([usual] * held.height)))
    return {size: mean(losses) for size, losses in found.items()}


def _policy(
    seen: pl.DataFrame, groups: pl.DataFrame, settings: dict[str, Any]
) -> dict[str, list[str]]:
    """Return for each segment the arms that may be taken, the best first."""
    learned = ShrunkenRates(half_life=None, **settings).fit(seen)
    rows = groups.hstack(learned.predict(groups)).sort("rate", descending=True, maintain_order=True)
    found: dict[str, list[str]] = {}
    least: dict[str, float] = {}
    for row in rows.iter_rows(named=True):
        if row["high"] >= least.setdefault(row["segment"], row["low"]):
            found.setdefault(row["segment"], []).append(row["play"])
    return found


def _loss(held: pl.DataFrame, rates: pl.Series) -> float:
    outcome, rate = held["outcome"].to_numpy(), rates.to_numpy()
    return -float(np.mean(outcome * np.log(rate) + (1 - outcome) * np.log(1 - rate)))
