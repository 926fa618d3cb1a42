"""What is known about how well each play works, for whom and for which accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from core.learning.estimate import Estimate, Tally
from core.learning.means import ShrunkenMeans
from core.learning.rates import ShrunkenRates

_OWN, _SEGMENT, _TEAM = ("play", "owner"), ("play", "segment"), ("play",)

FEW = 4
"""Up to so many groups, single estimates are faster than columns."""

_TABLE = {
    "play": pl.String,
    "segment": pl.String,
    "owner_id": pl.String,
    "rate": pl.Float64,
    "evidence": pl.Float64,
    "effect": pl.Float64,
}

Tallies = Mapping[tuple[str | None, ...], Tally]


@dataclass(frozen=True, slots=True, eq=False)
class Effectiveness:
    """The estimate of every play, from past outcomes and what is expected without them."""

    plays: tuple[str, ...]
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
            plays=tuple(priors),
            rates=rates,
            effects=ShrunkenMeans(half_life=rates.half_life_, as_of=as_of).fit(known),
            tallies={by: _tallies(known, by) for by in (_OWN, _SEGMENT, _TEAM)},
            measured=dict(measured.iter_rows()),
        )

    def table(self, groups: pl.DataFrame) -> pl.DataFrame:
        """Return play, segment, owner_id, rate, evidence and effect of every play for each group.

        `groups` holds segment and owner_id, each pair once; either may be null. `effect` is null
        where none of the play was measured.
        """
        if groups.height <= FEW:
            return self._table_of_few(groups)
        plays = pl.DataFrame({"play": self.plays}, schema={"play": pl.String})
        rows = plays.join(groups.rename({"owner_id": "owner"}), how="cross")
        evidence = {play: self._team(play).evidence for play in self.plays}
        return rows.select(
            "play",
            "segment",
            pl.col("owner").alias("owner_id"),
            self.rates.predict(rows)["rate"],
            pl.col("play").replace_strict(evidence, return_dtype=pl.Float64()).alias("evidence"),
            self.effects.predict(rows)["effect"],
        )

    def _table_of_few(self, groups: pl.DataFrame) -> pl.DataFrame:
        """Return the same from single estimates, which take a tenth of the time for one group."""
        keys = groups.select("segment", "owner_id").rows()
        found = [(p, s, o, self.estimate(p, s, o)) for p in self.plays for s, o in keys]
        rows = [(p, s, o, one.rate, one.evidence, one.effect) for p, s, o, one in found]
        return pl.DataFrame(rows, schema=_TABLE, orient="row")

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
