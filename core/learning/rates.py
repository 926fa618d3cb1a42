"""An estimator of success rates that borrows from the level above where outcomes are few."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, Self

import numpy as np
import polars as pl
from scipy.special import betaincinv

from core.learning.decay import aged, chosen, kept, weighed
from core.learning.expected import ANY, expected
from core.learning.levels import LEVELS, Cells, cells, shrunk, shrunk_one
from core.learning.parameters import Parameters
from core.learning.strength import PSEUDO_OUTCOMES, likeliest


class ShrunkenRates(Parameters):
    """Hierarchical empirical Bayes: all outcomes, then each play, its segments, their owners.

    It takes any frame of (play, segment, owner, outcome 0-1, at) in the manner of scikit-learn: the
    constructor stores, `fit` learns what ends in an underscore, `clone` works. Each level is shrunk
    toward the one above by `strength` outcomes (a number, or "auto" for the most probable one of
    each level). Outcomes halve in weight every `half_life` days (a number, None for never, "auto"
    for the one that would have foretold best), at `as_of`, or at the newest outcome when None.
    `priors` says what to expect of plays before there are outcomes.
    """

    strength_: dict[str, float]
    half_life_: float | None
    cells_: Cells
    expected_: dict[str, float]

    def __init__(
        self,
        *,
        strength: float | Literal["auto"] = "auto",
        half_life: float | Literal["auto"] | None = "auto",
        priors: Mapping[str, float] | None = None,
        as_of: datetime | None = None,
    ) -> None:
        self.strength = strength
        self.half_life = half_life
        self.priors = priors
        self.as_of = as_of

    def fit(self, outcomes: pl.DataFrame, y: object = None) -> Self:
        """Learn from a frame of outcomes."""
        del y  # the outcomes are a column; scikit-learn's callers pass None
        rows = aged(outcomes, self.as_of)
        half_life = chosen(rows) if self.half_life == "auto" else self.half_life
        self.half_life_ = kept(rows, half_life)
        rows = weighed(rows, self.half_life_)
        self.cells_ = cells(rows, "outcome")
        plays = self.cells_.frames["play"].iter_rows()
        seen = {play: (won, weight) for play, won, weight in plays}
        self.expected_ = expected(seen, self.priors, self._start)
        self._learn_strength()
        return self

    def predict(self, groups: pl.DataFrame) -> pl.DataFrame:
        """Return `rate`, `low` and `high` (80 %) for each row of (play, segment, owner).

        What was never seen gets what its level above has; null asks for the level above.
        """
        rows = self._shrunk(groups)
        rate, weight = rows["value"].to_numpy(), rows["weight"].to_numpy()
        wins, losses = rate * weight, (1 - rate) * weight
        # The mean of a very skew distribution can lie outside its central 80 %.
        return pl.DataFrame(
            {
                "rate": rate,
                "low": betaincinv(wins, losses, 0.1).clip(max=rate),
                "high": betaincinv(wins, losses, 0.9).clip(min=rate),
            }
        )

    def predict_one(
        self, play: str, segment: str | None = None, owner: str | None = None
    ) -> tuple[float, float, float]:
        """Return rate, low and high of one group, as `predict` does of many."""
        rate, weight = self._one((play, segment, owner))
        wins, losses = rate * weight, (1 - rate) * weight
        low, high = betaincinv(wins, losses, [0.1, 0.9])
        return rate, min(float(low), rate), max(float(high), rate)

    def value_of(self, play: str, segment: str | None, owner: str | None) -> float:
        """Return the rate of one group alone."""
        return self._one((play, segment, owner))[0]

    def _one(self, group: tuple[str, str | None, str | None]) -> tuple[float, float]:
        root = self.expected_.get(group[0], self.expected_[ANY])
        return shrunk_one(group, self.cells_, self.strength_, root)

    def _learn_strength(self) -> None:
        """Learn level by level how much each trusts the one above."""
        self.strength_ = dict.fromkeys(LEVELS, self._start)
        if self.strength != "auto":
            return
        for level, at_level in self.cells_.frames.items():
            self.strength_[level] = likeliest(
                at_level["sum"].to_numpy(),
                at_level["weight"].to_numpy(),
                np.array([self._parent(level, row) for row in at_level.iter_rows()]),
            )

    def _parent(self, level: str, cell: tuple[Any, ...]) -> float:
        """Return what is expected of a cell before its own outcomes."""
        *names, won, _ = cell
        rate, weight = self._one((*names, None, None)[: len(LEVELS)])
        parent: float = (rate * weight - won) / self.strength_[level]
        return parent

    @property
    def _start(self) -> float:
        return float(PSEUDO_OUTCOMES if self.strength == "auto" else self.strength)

    def _shrunk(self, groups: pl.DataFrame) -> pl.DataFrame:
        keys = groups.select(LEVELS["owner"])
        root = pl.col("play").replace_strict(
            self.expected_, default=self.expected_[ANY], return_dtype=pl.Float64()
        )
        return shrunk(keys, self.cells_, self.strength_, root)
