"""From facts to ranked plays: signals over accounts, plays over signals, scores over both.

Everything is a column, so that one account and a hundred thousand take the same path. Plays are
kept apart from facts until one is shown: `with_facts` brings the facts of those rows back.
"""

from collections.abc import Iterable

import polars as pl

from core.eligibility import Past, eligible
from core.engine import Engine
from core.exploration import CRITICAL
from core.plays.play import Play
from core.scoring import of_account, of_play, scored
from core.signals.signal import Signal

KEYS = ("row", "order", "group", "id", "name", "segment", "owner_id", f"strength.{CRITICAL}")
"""What a ranked row says of its account: its place in the facts and by name, and who it is."""

_LEARNED_BY = ("segment", "owner_id")


def rank(facts: pl.DataFrame, engine: Engine, past: Iterable[Past]) -> pl.DataFrame:
    """Return every eligible (account, play) with its score, best first.

    A column `without` may name a signal that is taken not to fire in that row: what would be said
    if it cleared.
    """
    groups = facts.select(_LEARNED_BY).unique(maintain_order=True).with_row_index("group")
    order = facts.select("name", "id").with_row_index("row").sort("name", "id", "row")
    accounts = (
        facts.lazy()
        .with_row_index("row")
        .join(groups.lazy(), on=_LEARNED_BY, how="left", nulls_equal=True, maintain_order="left")
        .join(
            order.lazy().select("row").with_row_index("order"),
            on="row",
            how="left",
            maintain_order="left",
        )
        .with_columns(_strengths(engine, cleared="without" in facts.columns))
        .with_columns(of_account(engine))
    )
    keys = [*KEYS, *(["without"] if "without" in facts.columns else [])]
    applying = _applying(accounts, keys, engine)
    learned = _learned(groups, engine)
    known = applying.join(learned, on=["group", "play"], how="left", maintain_order="left")
    found = eligible(scored(known).with_columns(pl.col("play").cast(pl.String)), past, engine)
    return found.sort(["priority", "order", "play"], descending=[True, False, False]).drop(
        "order", "group"
    )


def with_facts(ranked: pl.DataFrame, facts: pl.DataFrame, engine: Engine) -> pl.DataFrame:
    """Add the facts of each ranked row, and how strongly every signal fires there."""
    own = facts[ranked["row"]].drop(set(facts.columns) & set(ranked.columns))
    strengths = facts[ranked["row"]].select(_strengths(engine, cleared="without" in facts.columns))
    return pl.concat(
        [ranked, own, strengths.drop(set(strengths.columns) & set(ranked.columns))],
        how="horizontal",
    )


def _applying(accounts: pl.LazyFrame, keys: list[str], engine: Engine) -> pl.DataFrame:
    """Return a row for each account and play that applies there, with what its score needs."""
    plays = engine.catalogue.plays
    wide = accounts.select(
        *keys,
        *(
            column.alias(f"{place}.{name}")
            for place, play in enumerate(plays.values())
            for name, column in {"applies": _applies(play), **of_play(play, engine)}.items()
        ),
        pl.col("^account\\..*$"),
    ).collect()
    names = pl.Enum(sorted(plays))
    return pl.concat(
        [
            wide.lazy()
            .filter(pl.col(f"{place}.applies"))
            .select(
                *keys,
                pl.col("^account\\..*$"),
                pl.lit(name, names).alias("play"),
                *(pl.col(f"{place}.{one}").alias(one) for one in of_play(play, engine)),
            )
            for place, (name, play) in enumerate(plays.items())
        ]
    ).collect()


def _learned(groups: pl.DataFrame, engine: Engine) -> pl.DataFrame:
    """Return what was learned of every play for each group of accounts."""
    table = engine.effectiveness.table(groups.drop("group"))
    return (
        table.join(groups, on=_LEARNED_BY, how="left", nulls_equal=True)
        .drop(_LEARNED_BY)
        .with_columns(pl.col("play").cast(pl.Enum(sorted(engine.catalogue.plays))))
    )


def _strengths(engine: Engine, *, cleared: bool) -> list[pl.Expr]:
    """Return how strongly each signal fires, as `strength.<signal>`."""
    return [
        (_unless_cleared(signal) if cleared else signal.strong).alias(f"strength.{name}")
        for name, signal in engine.catalogue.signals.items()
    ]


def _unless_cleared(signal: Signal) -> pl.Expr:
    """Return how strongly a signal fires where it is not taken to have cleared."""
    return pl.when(pl.col("without") == signal.name).then(0.0).otherwise(signal.strong)


def _applies(play: Play) -> pl.Expr:
    def fires(name: str) -> pl.Expr:
        return pl.col(f"strength.{name}") > 0

    conditions = [fires(name) for name in play.needs]
    if play.any_of:
        conditions.append(pl.any_horizontal([fires(name) for name in play.any_of]))
    conditions += [~fires(name) for name in play.unless]
    return pl.all_horizontal(conditions)
