"""An estimator of measured effects that borrows from the level above where few were measured."""

from datetime import datetime
from typing import Self

import numpy as np
import polars as pl
from scipy.special import ndtri

from core.learning.decay import HALF_LIFE, aged, kept, weighed
from core.learning.levels import LEVELS, Cells, cells, shrunk, shrunk_one
from core.learning.parameters import Parameters
from core.learning.strength import PSEUDO_OUTCOMES


class ShrunkenMeans(Parameters):
    """Normal-normal shrinkage of `value`: an owner's toward the segment's, the play's, then 0.

    As ShrunkenRates, for a measured number instead of a yes or no; rows without one are left out.
    """

    half_life_: float | None
    cells_: Cells
    spread_: float

    def __init__(
        self,
        value: str = "health_effect",
        *,
        strength: float = PSEUDO_OUTCOMES,
        half_life: float | None = HALF_LIFE,
        as_of: datetime | None = None,
    ) -> None:
        self.value = value
        self.strength = strength
        self.half_life = half_life
        self.as_of = as_of

    def fit(self, outcomes: pl.DataFrame, y: object = None) -> Self:
        """Learn from a frame of outcomes."""
        del y  # the values are a column; scikit-learn's callers pass None
        rows = aged(outcomes.filter(pl.col(self.value).is_not_null()), self.as_of)
        self.half_life_ = kept(rows, self.half_life)
        rows = weighed(rows, self.half_life_)
        self.cells_ = cells(rows, self.value)
        self.spread_ = self._spread(rows)
        return self

    def predict(self, groups: pl.DataFrame) -> pl.DataFrame:
        """Return `effect`, `low` and `high` (80 %) for each row of (play, segment, owner).

        They are null for a play of which nothing was measured.
        """
        rows = self._shrunk(groups.select(LEVELS["owner"])).join(
            self.cells_.frames["play"].select("play", measured=pl.lit(True)),
            on="play",
            how="left",
            maintain_order="left",
        )
        wide = float(ndtri(0.9)) * self.spread_ / pl.col("weight").sqrt()
        shown = {"effect": pl.col("value"), "low": pl.col("value") - wide}
        shown["high"] = pl.col("value") + wide
        return rows.select(
            pl.when("measured").then(value).alias(name) for name, value in shown.items()
        )

    def predict_one(
        self, play: str, segment: str | None = None, owner: str | None = None
    ) -> tuple[float, float, float] | None:
        """Return effect, low and high of one group, None where `predict` has nulls."""
        if (play,) not in self.cells_.by_name:
            return None
        group = (play, segment, owner)
        effect, weight = shrunk_one(group, self.cells_, self._strengths, 0.0)
        wide = float(ndtri(0.9)) * self.spread_ / weight**0.5
        return effect, effect - wide, effect + wide

    def value_of(self, play: str, segment: str | None, owner: str | None) -> float:
        """Return the effect of one group alone, nan where `predict` has nulls."""
        if (play,) not in self.cells_.by_name:
            return float("nan")
        return shrunk_one((play, segment, owner), self.cells_, self._strengths, 0.0)[0]

    @property
    def _strengths(self) -> dict[str, float]:
        return dict.fromkeys(LEVELS, self.strength)

    def _shrunk(self, groups: pl.DataFrame) -> pl.DataFrame:
        return shrunk(groups, self.cells_, self._strengths, pl.lit(0.0))

    def _spread(self, rows: pl.DataFrame) -> float:
        """Return the standard deviation around what is expected of each row's play."""
        if rows.is_empty():
            return 0.0
        nothing = pl.lit(None, pl.String)
        plays = rows.select("play", segment=nothing, owner=nothing)
        missed = (rows[self.value] - self._shrunk(plays)["value"]).to_numpy()
        return float(np.sqrt(np.average(missed**2, weights=rows["weight"].to_numpy())))
