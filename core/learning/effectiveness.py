"""What is known about how well each play works, for whom and for which accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import polars as pl

from core.learning.estimate import Estimate, Tally
from core.learning.expectations import Expectations, by_group
from core.learning.means import ShrunkenMeans
from core.learning.rates import ShrunkenRates

_OWN, _SEGMENT, _TEAM = ("play", "owner"), ("play", "segment"), ("play",)

Tallies = Mapping[tuple[str | None, ...], Tally]


@dataclass(frozen=True, slots=True, eq=False)
class Effectiveness:
    """The estimate of every play, from past outcomes and what is expected without them."""

    rates: ShrunkenRates
    effects: ShrunkenMeans
    tallies: Mapping[tuple[str, ...], Tallies]
    measured: Mapping[str, int]

    @classmethod
    def of(
        cls, outcomes: pl.DataFrame, priors: Mapping[str, float], as_of: datetime
    ) -> "Effectiveness":
        """Learn from a frame of outcomes up to `as_of`; `priors` names every play."""
        known = outcomes.filter(pl.col("at") <= as_of)
        rates = ShrunkenRates(priors=priors, as_of=as_of).fit(known)
        measured = known.filter(pl.col("health_effect").is_not_null())["play"].value_counts()
        return cls(
            rates=rates,
            effects=ShrunkenMeans(half_life=rates.half_life_, as_of=as_of).fit(known),
            tallies={by: _tallies(known, by) for by in (_OWN, _SEGMENT, _TEAM)},
            measured=dict(measured.iter_rows()),
        )

    def of_groups(self, plays: Sequence[str], groups: pl.DataFrame) -> Expectations:
        """Return what is expected of each of these plays for each group.

        `groups` holds the columns segment and owner_id; either may be null.
        """
        pairs = groups.select("segment", "owner_id").rows()
        rates, effects = self.rates, self.effects
        return Expectations(
            rate=by_group(plays, pairs, rates.cells_.by_name, rates.value_of),
            effect=by_group(plays, pairs, effects.cells_.by_name, effects.value_of),
            evidence=np.array([self._team(play).evidence for play in plays]),
        )

    def estimate(self, play: str, segment: str | None = None, owner: str | None = None) -> Estimate:
        """Return what is expected of a play, and why; without segment and owner, of the team."""
        rate, low, high = self.rates.predict_one(play, segment, owner)
        effect = self.effects.predict_one(play, segment, owner) or (None, None, None)
        return Estimate(
            rate=rate,
            low=low,
            high=high,
            own=self.tallies[_OWN].get((play, owner), Tally()),
            segment=self.tallies[_SEGMENT].get((play, segment), Tally()),
            team=self._team(play),
            effect=effect[0],
            effect_low=effect[1],
            effect_high=effect[2],
            measured=self.measured.get(play, 0),
        )

    def _team(self, play: str) -> Tally:
        return self.tallies[_TEAM].get((play,), Tally())


def _tallies(outcomes: pl.DataFrame, by: tuple[str, ...]) -> Tallies:
    not_relevant = pl.col("kind") == "not_relevant"
    counted = (
        outcomes.filter(pl.col(by[-1]).is_not_null())
        .group_by(by)
        .agg(
            (pl.col("outcome") > 0.5).sum().alias("positive"),
            pl.len().alias("total"),
            not_relevant.sum().alias("not_relevant"),
        )
    )
    return {tuple(row[:-3]): Tally(*row[-3:]) for row in counted.iter_rows()}
