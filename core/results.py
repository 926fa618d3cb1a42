"""What came of a period's recommendations: rates with their intervals, beside their targets."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import polars as pl
from scipy.special import stdtrit

ENOUGH = 5
"""Below so many cases no verdict is given."""

TARGETS = {"acceptance": 0.70, "completion": 0.85, "positive": 0.75, "hours": 24.0, "health": 10.0}
"""Seed 000's measures of success: shares, hours until an immediate one is acted on, percent."""

_Z = 1.2816
"""The normal quantile of an 80 % interval."""

_STEADY = 20
"""How many cases at the overall rate a play is credited with before plays are compared, so that
3 of 3 does not beat 12 of 13; 20 to 50 foretold outcomes never worse than the plain mean."""

RECORDS: dict[str, pl.DataType] = {
    "play": pl.String(),
    "title": pl.String(),
    "urgency": pl.String(),
    "shown_at": pl.Datetime(time_zone="UTC"),
    "urgent_since": pl.Datetime(time_zone="UTC"),
    "due_at": pl.Datetime(time_zone="UTC"),
    "status": pl.String(),
    "accepted_at": pl.Datetime(time_zone="UTC"),
    "completed_at": pl.Datetime(time_zone="UTC"),
    "result": pl.String(),
    "effect": pl.Float64(),
}
"""One recommendation a row, as it stood: `urgent_since` is from when it had its urgency, the first
moment where that is null; `due_at` is when it begins to be overdue, `accepted_at` when it was first
accepted or completed, `effect` the change of health against its own trend."""

Verdict = Literal["met", "missed", "too few"]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the 80 % interval of the rate behind them (Wilson)."""

    hits: int = 0
    of: int = 0

    @property
    def rate(self) -> float:
        """The share, 0-1; 0 of nothing."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true rate lies with 80 % probability; anywhere when nothing was seen."""
        if not self.of:
            return 0.0, 1.0
        spread = _Z * _Z / self.of
        middle = (self.rate + spread / 2) / (1 + spread)
        room = _Z * math.sqrt((self.rate * (1 - self.rate) + spread / 4) / self.of) / (1 + spread)
        # rounding must not put the rate outside its own interval
        return max(0.0, min(self.rate, middle - room)), min(1.0, max(self.rate, middle + room))

    def toward(self, rate: float) -> float:
        """Return the rate drawn toward another one, the more the fewer cases there are."""
        return (self.hits + _STEADY * rate) / (self.of + _STEADY)


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of so many values, with its 80 % interval; None where one value gives none."""

    value: float
    of: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Growth:
    """The mean health of accounts at the beginning and the end of a period."""

    before: float
    after: float
    accounts: int

    @property
    def percent(self) -> float:
        """The change in percent of the beginning."""
        return (self.after / self.before - 1) * 100 if self.before else 0.0


@dataclass(frozen=True, slots=True)
class PlayResult:
    """How often a play worked in the period."""

    play: str
    title: str
    share: Share


@dataclass(frozen=True, slots=True)
class Results:
    """What came of the recommendations of a period.

    `completed` counts those completed in it, `success` those of them that went well among those
    with a known result. `acceptance` and `completion` are about those first shown in it;
    `undecided` and `running` wait and are in neither. `hours` is the median until an immediate
    one was acted on, from when it became that, over `acted` of them; `idle` still wait.
    """

    completed: int
    success: Share
    effect: Mean | None
    plays: tuple[PlayResult, ...]
    acceptance: Share
    undecided: int
    completion: Share
    running: int
    hours: float | None
    acted: int
    idle: int
    health: Growth | None

    def verdict(self, name: str) -> Verdict:
        """Say whether a target of TARGETS was met, or that too few cases are known to say."""
        value, of = self._measured()[name]
        if value is None or of < ENOUGH:
            return "too few"
        target = TARGETS[name]
        good = value < target if name == "hours" else value > target
        return "met" if good else "missed"

    def _measured(self) -> dict[str, tuple[float | None, int]]:
        health = self.health
        return {
            "acceptance": (self.acceptance.rate, self.acceptance.of),
            "completion": (self.completion.rate, self.completion.of),
            "positive": (self.success.rate, self.success.of),
            "hours": (self.hours, self.acted),
            "health": (health.percent, health.accounts) if health else (None, 0),
        }


def results(
    records: pl.DataFrame, *, since: datetime, until: datetime, health: Growth | None
) -> Results:
    """Sum up a period from `records` (columns of RECORDS) of all that was shown or done in it."""
    done = records.filter(pl.col("completed_at").is_between(since, until))
    judged = done.filter(pl.col("result").is_not_null())
    shown = records.filter(pl.col("shown_at").is_between(since, until))
    accepted = shown.filter(pl.col("accepted_at").is_not_null())
    settled = accepted.filter(_is_settled(until))
    decided = shown.filter(_is_decided())
    pressing = shown.filter(pl.col("urgency") == "immediate")
    hours = _hours(pressing)
    return Results(
        completed=done.height,
        success=_positive(judged),
        effect=_mean(done["effect"].drop_nulls().to_list()),
        plays=_plays(judged),
        acceptance=Share(accepted.height, decided.height),
        undecided=shown.height - decided.height,
        completion=Share(_count(settled, "completed"), settled.height),
        running=accepted.height - settled.height,
        hours=statistics.median(hours) if hours else None,
        acted=len(hours),
        idle=pressing.filter(~_is_decided()).height,
        health=health,
    )


def _is_decided() -> pl.Expr:
    """Tell which were taken up or refused; what was put off still waits."""
    return pl.col("accepted_at").is_not_null() | (pl.col("status") == "dismissed")


def _is_settled(until: datetime) -> pl.Expr:
    """Tell which accepted ones count: completed, dropped, or past their day and not put off."""
    late = (pl.col("due_at") <= until) & (pl.col("status") != "deferred")
    return pl.col("status").is_in(["completed", "dismissed"]) | late


def _count(rows: pl.DataFrame, status: str) -> int:
    return rows.filter(pl.col("status") == status).height


def _positive(judged: pl.DataFrame) -> Share:
    return Share(judged.filter(pl.col("result") == "positive").height, judged.height)


def _plays(judged: pl.DataFrame) -> tuple[PlayResult, ...]:
    """Return the plays by their success, thin ones drawn toward the success of all."""
    overall = _positive(judged).rate
    grouped = judged.group_by("play").agg(
        pl.col("title").sort_by("completed_at").last(),
        (pl.col("result") == "positive").sum().alias("hits"),
        pl.len().alias("of"),
    )
    found = [
        PlayResult(row["play"], row["title"], Share(row["hits"], row["of"]))
        for row in grouped.iter_rows(named=True)
    ]
    return tuple(sorted(found, key=lambda one: (-one.share.toward(overall), one.title)))


def _hours(pressing: pl.DataFrame) -> list[float]:
    """Return how long those took that were acted on."""
    waited = pl.col("accepted_at") - pl.coalesce("urgent_since", "shown_at")
    return pressing.select(waited.dt.total_seconds() / 3600).to_series().drop_nulls().to_list()


def _mean(values: Sequence[float]) -> Mean | None:
    """Return the mean with Student's 80 % interval."""
    if not values:
        return None
    mean, of = statistics.fmean(values), len(values)
    if of == 1:
        return Mean(mean, 1)
    room = float(stdtrit(of - 1, 0.9)) * statistics.stdev(values) / math.sqrt(of)
    return Mean(mean, of, mean - room, mean + room)
