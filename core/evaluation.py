"""What another way of choosing would have brought, by what was chosen with known probability.

Doubly robust (Dudik, Langford, Li 2011) with the success rate that was expected at the time as its
model, self-normalised inverse propensity, and replay (Li and others 2011).
"""

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import polars as pl
from scipy.special import ndtri

from core.exploration import draw
from core.targets import Target

ENOUGH = 200.0
"""The effective sample size below which there is no verdict."""

CANDIDATE = {
    name: pl.Float64()
    for name in (
        "priority", "propensity", "impact", "urgency", "confidence", "account_value", "rate",
    )
}  # fmt: skip

CHOICES: dict[str, Any] = {
    "id": pl.String(),
    "at": pl.Datetime("us", "UTC"),
    "play": pl.String(),
    "propensity": pl.Float64(),
    "reward": pl.Float64(),
    "candidates": pl.List(pl.Struct({"play": pl.String(), **CANDIDATE})),
}
"""A row for each choice whose outcome is known; `candidates` holds all that might have been."""


@dataclass(frozen=True, slots=True)
class Value:
    """A mean reward with its standard error."""

    mean: float
    error: float

    def interval(self, level: float) -> tuple[float, float]:
        """Return where the true mean lies with that probability, such as .95."""
        wide = float(ndtri(0.5 + level / 2)) * self.error
        return self.mean - wide, self.mean + wide


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a target would have brought.

    Of `choices`, `covered` can tell: there what the target chooses had a chance. All values are of
    those; `logged` is what they did bring, `gain` the doubly robust value less that. `replayed`
    choices make the replay. `effective` is the effective sample size of those where more than one
    play had a chance; the others would be alike under any target and tell nothing.
    """

    target: Target
    choices: int
    covered: int
    effective: float
    logged: Value
    weighted: Value
    robust: Value
    gain: Value
    replay: float | None
    replayed: int

    @property
    def needed(self) -> int | None:
        """How many more choices with outcomes a verdict needs; None when that cannot be told."""
        if self.effective >= ENOUGH:
            return 0
        if not self.effective:
            return None
        return ceil((ENOUGH - self.effective) * self.choices / self.effective)

    @property
    def verdict(self) -> str:
        """What can be said of the target, in one sentence."""
        if self.needed is None:
            return "No verdict: what it would choose was never tried."
        if self.needed:
            return f"No verdict yet: about {self.needed:,} more choices with outcomes are needed."
        low, high = self.gain.interval(0.95)
        if low <= 0 <= high:
            return "No difference shown."
        better = "better" if low > 0 else "worse"
        return f"It would have been {better} by {abs(self.gain.mean) * 100:.1f} points."


def evaluate(choices: pl.DataFrame, target: Target) -> Evaluation:
    """Say what `target` would have brought, from a frame with the columns of CHOICES."""
    picked = _picks(choices, target)
    rows = choices.join(picked, on="id", how="inner").filter(pl.col("chance") > 0)
    reward, model = rows["reward"].to_numpy(), rows["model"].to_numpy()
    agrees = (rows["play"] == rows["pick"]).to_numpy()
    weight = agrees / rows["propensity"].to_numpy()
    robust = model + weight * (reward - model)
    replayed = _replayed(rows, agrees)
    return Evaluation(
        target=target,
        choices=choices.height,
        covered=rows.height,
        effective=_effective(weight[rows["chance"].to_numpy() < 1]),
        logged=_mean(reward),
        weighted=_self_normalised(reward, weight),
        robust=_mean(robust),
        gain=_mean(robust - reward),
        replay=float(reward[replayed].mean()) if replayed.any() else None,
        replayed=int(replayed.sum()),
    )


def _picks(choices: pl.DataFrame, target: Target) -> pl.DataFrame:
    """Return for each choice what the target picks, its chance then, and its expected reward."""
    each = choices.select("id", "candidates").explode("candidates").unnest("candidates")
    order = {"worth": True, "priority": True, "play": False}
    return (
        each.with_columns(target.worth.alias("worth"))
        .sort(list(order), descending=list(order.values()), nulls_last=True)
        .unique("id", keep="first", maintain_order=True)
        .select(
            "id",
            pl.col("play").alias("pick"),
            pl.col("propensity").alias("chance"),
            pl.col("rate").fill_null(0.5).alias("model"),
        )
    )


def _effective(weight: np.ndarray) -> float:
    return float(weight.sum() ** 2 / (weight**2).sum()) if weight.any() else 0.0


def _replayed(rows: pl.DataFrame, agrees: np.ndarray) -> np.ndarray:
    """Keep what the target would have picked too, as evenly as if all chances had been equal."""
    if not agrees.any():
        return agrees
    chance = rows["propensity"].to_numpy()
    days = rows["at"].dt.date()
    draws = np.array([draw(id, day) for id, day in zip(rows["id"], days, strict=True)])
    kept: np.ndarray = agrees & (draws < chance[agrees].min() / chance)
    return kept


def _mean(values: np.ndarray) -> Value:
    if len(values) < 2:
        return Value(float(values.sum()), float("inf"))
    return Value(float(values.mean()), float(values.std(ddof=1) / len(values) ** 0.5))


def _self_normalised(reward: np.ndarray, weight: np.ndarray) -> Value:
    if not weight.any():
        return Value(0.0, float("inf"))
    mean = float((weight * reward).sum() / weight.sum())
    error = float(np.sqrt((weight**2 * (reward - mean) ** 2).sum()) / weight.sum())
    return Value(mean, error)
