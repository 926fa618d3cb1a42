"""A whole portfolio: which of its recommendations were asked for, and what it lacks."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from core.catalogue import Catalogue
from core.recommend import unknown
from core.recommendations import Category, Urgency
from core.scoring import BUCKETS
from core.wording import sentence_case

HORIZONS = {"today": 1, "this_week": 7, "this_month": 30}
"""How many days ahead something may be due to fall into a horizon (seed 000)."""

GROUPS = ("value", "health", "usage", "contact", "champion", "support", "renewals", "opportunity")
"""The groups of facts that a portfolio is told about when it lacks them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which recommendations are asked for; None where it does not matter."""

    category: Category | None = None
    urgency: Urgency | None = None
    horizon: str | None = None
    segment: str | None = None

    def among(self, ranked: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
        """Keep the ranked rows that were asked for."""
        if self.category is not None:
            names = [
                name for name, play in catalogue.plays.items() if play.category == self.category
            ]
            ranked = ranked.filter(pl.col("play").is_in(names))
        if self.urgency is not None:
            ranked = ranked.filter(_is_due_as(self.urgency))
        if self.horizon is not None:
            ranked = ranked.filter(pl.col("due_in") <= HORIZONS[self.horizon])
        if self.segment is not None:
            ranked = ranked.filter(pl.col("segment").str.to_lowercase() == self.segment.lower())
        return ranked


def most_urgent_first(ranked: pl.DataFrame) -> pl.DataFrame:
    """Order ranked rows by their urgency, those of one urgency as they were."""
    return ranked.sort(_place(), maintain_order=True)


def counts(ranked: pl.DataFrame) -> dict[Urgency, int]:
    """Count the rows of each urgency; those that nothing has are left out."""
    places = ranked.select(_place().alias("place"))["place"].value_counts().rows()
    return {BUCKETS[place][1]: count for place, count in sorted(places)}


def missing(facts: pl.DataFrame, today: date) -> tuple[str, ...]:
    """Say what a portfolio lacks: facts that no account has, or that are old for all of them."""
    newest = facts.select(pl.col(f"{group}_on").max() for group in GROUPS)
    said = unknown(newest.row(0, named=True), GROUPS, today)
    return tuple(f"{sentence_case(text)}." for text in said)


def _place() -> pl.Expr:
    """Return the place of a row's urgency among BUCKETS."""
    return pl.sum_horizontal(pl.col("due_in") > days for days, _ in BUCKETS[:-1])


def _is_due_as(urgency: Urgency) -> pl.Expr:
    """Tell where something is due in the days of an urgency; the last one has no end."""
    names = [name for _, name in BUCKETS]
    place = names.index(urgency)
    after = pl.col("due_in") > BUCKETS[place - 1][0] if place else pl.lit(True)
    until = pl.col("due_in") <= BUCKETS[place][0] if place < len(BUCKETS) - 1 else pl.lit(True)
    return after & until
