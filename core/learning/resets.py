"""Outcomes that an admin wants forgotten, until they are wanted again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import polars as pl


@dataclass(frozen=True, slots=True)
class Reset:
    """What came before `since` does not count: of one play, segment and owner, or of all (None)."""

    since: datetime
    play: str | None = None
    segment: str | None = None
    owner: str | None = None

    @property
    def covers(self) -> pl.Expr:
        """The rows of outcomes that it takes away."""
        scope = {"play": self.play, "segment": self.segment, "owner": self.owner}
        meant = [pl.col(name).eq_missing(value) for name, value in scope.items() if value]
        return pl.all_horizontal(pl.col("at") < self.since, *meant)


def without(outcomes: pl.DataFrame, resets: Iterable[Reset]) -> pl.DataFrame:
    """Leave out the outcomes that a reset takes away."""
    for reset in resets:
        outcomes = outcomes.filter(~reset.covers)
    return outcomes
