"""Now and then the second of two near-ties, so that it is known what each of them brings."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from hashlib import blake2b

import polars as pl

from core.recommendations import Candidate, Choice
from core.rules import ENGINE, Rules
from core.wording import Row

CRITICAL = "critical_risk"
"""The signal beside which nothing is tried out, as with whatever is due at once."""


def choose(ranked: pl.DataFrame, rules: Rules, day: date) -> pl.DataFrame:
    """Keep one row of each account: mostly its best, in near-ties sometimes another.

    `ranked` is sorted with the best first. Near-ties are the plays within `rules.near` points of
    an account's best, unless that is critical. Of m of them the best is kept with a probability of
    1 - e + e/m and each other one with e/m, where e is `rules.exploration`; the added columns
    `propensity` and `explored` tell. The same account gets the same answer all day, on every
    machine.
    """
    laid = with_propensities(ranked, rules)
    tied = laid.filter(pl.col("place") == 1, pl.col("propensity") > 0)["id"].to_list()
    kept = _drawn(laid, tied, day) if tied else laid.filter(pl.col("place") == 0)
    return (
        kept.with_columns((pl.col("place") > 0).alias("explored"))
        .drop("place")
        .sort(["priority", "name", "id", "play"], descending=[True, False, False, False])
    )


def _drawn(laid: pl.DataFrame, tied: Sequence[str], day: date) -> pl.DataFrame:
    """Keep one row of each account: of those with near-ties, the one that their draw falls on."""
    draws = pl.DataFrame(
        {"id": tied, "draw": [draw(id, day) for id in tied]},
        schema={"id": pl.String, "draw": pl.Float64},
    )
    own = _window(laid)
    # An account's propensities can miss 1 by the last digit; the draw is a share of their sum.
    whole = own(pl.col("reached").last())
    return (
        laid.with_columns(own(pl.col("propensity").cum_sum()).alias("reached"))
        .join(draws, on="id", how="left", maintain_order="left")
        .filter(pl.col("draw").fill_null(0.0) * whole < pl.col("reached"))
        .unique("id", keep="first", maintain_order=True)
        .drop("draw", "reached")
    )


def with_propensities(ranked: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Add how likely each row is to be kept, and its `place` among its account's, from 0.

    A frame that says so already stays as it is.
    """
    if "propensity" in ranked.columns:
        return ranked
    own = _window(ranked)
    best = own(pl.col("priority").first())
    critical = (pl.col("due_in") <= 0) | (pl.col(f"strength.{CRITICAL}") > 0)
    near = (pl.col("priority") >= best - rules.near) & ~own(critical.first())
    return (
        ranked.with_columns(own(pl.int_range(pl.len())).alias("place"))
        .with_columns((near | (pl.col("place") == 0)).alias("near"))
        .with_columns((rules.exploration / own(pl.col("near").sum())).alias("share"))
        .with_columns(
            pl.when("near")
            .then(
                pl.col("share")
                + pl.when(pl.col("place") == 0).then(1 - rules.exploration).otherwise(0.0)
            )
            .otherwise(0.0)
            .alias("propensity")
        )
        .drop("near", "share")
    )


def _window(ranked: pl.DataFrame) -> Callable[[pl.Expr], pl.Expr]:
    """Return what keeps an expression within each account; one alone is not worth a window."""
    several = ranked["id"].n_unique() > 1
    return (lambda column: column.over("id")) if several else (lambda column: column)


def draw(account: str, day: date) -> float:
    """Return an account's number of a day, evenly spread over 0 <= n < 1."""
    digest = blake2b(f"{account}/{day.isoformat()}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest) >> 11) / 2**53


def choice(chosen: Row, own: Iterable[Row], rules: Rules) -> Choice:
    """Return how a row was chosen among its account's rows, for the record."""
    return Choice(
        propensity=chosen["propensity"],
        explored=chosen["explored"],
        candidates=tuple(_candidate(row) for row in own),
        engine=ENGINE,
        rules=rules.version,
    )


def _candidate(row: Row) -> Candidate:
    return Candidate(
        play=row["play"],
        priority=row["priority"],
        propensity=row["propensity"],
        impact=row["impact"],
        urgency=row["urgency"],
        confidence=row["confidence"],
        account_value=row["account_value"],
        rate=row["rate"],
    )
