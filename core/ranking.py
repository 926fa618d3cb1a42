"""From facts to ranked plays: signals over accounts, plays over signals, scores over both.

Everything is a column, so that one account and a hundred thousand take the same path. Plays are
kept apart from facts until one is shown: `with_facts` brings the facts of those rows back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import polars as pl

from core.catalogue import Catalogue
from core.eligibility import Past, eligible
from core.engine import Engine
from core.exploration import CRITICAL
from core.plays.play import Play
from core.scoring import NEEDED, of_account, of_play, scored
from core.signals.signal import Signal

KEYS = ("row", "order", "group", "id", "name", "segment", "owner_id", f"strength.{CRITICAL}")
"""What a ranked row says of its account: its place in the facts and by name, and who it is."""

_LEARNED_BY = ("segment", "owner_id")


@dataclass(frozen=True, slots=True)
class _Columns:
    """The expressions of a catalogue on a day; building them costs more than one account's answer.

    `strengths` and `plays` are by signal and by play.
    """

    strengths: Mapping[str, pl.Expr]
    cleared: Mapping[str, pl.Expr]
    account: Sequence[pl.Expr]
    plays: Mapping[str, Mapping[str, pl.Expr]]

    def firing(self, frame: pl.DataFrame) -> Iterable[pl.Expr]:
        """Return how strongly each signal fires in a frame."""
        return (self.cleared if "without" in frame.columns else self.strengths).values()


@lru_cache(maxsize=8)
def _columns(catalogue: Catalogue, today: date) -> _Columns:
    signals = catalogue.signals
    return _Columns(
        strengths={name: one.strong.alias(f"strength.{name}") for name, one in signals.items()},
        cleared={name: _unless_cleared(one, signals.values()) for name, one in signals.items()},
        account=of_account(today),
        plays={
            name: {"applies": _applies(play), **of_play(play, catalogue)}
            for name, play in catalogue.plays.items()
        },
    )


def rank(facts: pl.DataFrame, engine: Engine, past: Iterable[Past]) -> pl.DataFrame:
    """Return every eligible (account, play) with its score, best first.

    A column `without` may name a signal that is taken not to fire in that row, nor what ends with
    it: what would be said if it cleared.
    """
    columns = _columns(engine.catalogue, engine.today)
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
        .with_columns(columns.firing(facts))
        .with_columns(columns.account)
    )
    keys = [*KEYS, *(["without"] if "without" in facts.columns else [])]
    applying = _applying(accounts, keys, columns)
    learned = _learned(groups, engine, columns)
    known = applying.join(learned, on=["group", "play"], how="left", maintain_order="left")
    found = eligible(scored(known).with_columns(pl.col("play").cast(pl.String)), past, engine)
    return found.sort(["priority", "order", "play"], descending=[True, False, False]).drop(
        "order", "group"
    )


def with_facts(ranked: pl.DataFrame, facts: pl.DataFrame, engine: Engine) -> pl.DataFrame:
    """Add the facts of each ranked row, and how strongly every signal fires there."""
    own = facts[ranked["row"]]
    strengths = own.select(_columns(engine.catalogue, engine.today).firing(facts))
    return pl.concat([ranked, _beside(ranked, own), _beside(ranked, strengths)], how="horizontal")


def _beside(ranked: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    return more.drop(set(more.columns) & set(ranked.columns))


def _applying(accounts: pl.LazyFrame, keys: list[str], columns: _Columns) -> pl.DataFrame:
    """Return a row for each account and play that applies there, with what its score needs."""
    wide = accounts.select(
        *keys,
        *(
            column.alias(f"{play}.{name}")
            for play, needed in columns.plays.items()
            for name, column in needed.items()
        ),
        pl.col("^account\\..*$"),
    ).collect()
    # None of these columns has nulls, so that numpy can gather them; frames cost more.
    at = {play: np.flatnonzero(wide[f"{play}.applies"].to_numpy()) for play in columns.plays}
    names = np.repeat(list(at), [len(rows) for rows in at.values()])
    return wide.select(*keys, "^account\\..*$")[np.concatenate(list(at.values()))].with_columns(
        pl.Series("play", names, _names(columns)),
        *(
            pl.Series(name, np.concatenate([_numbers(wide, play, name)[at[play]] for play in at]))
            for name in NEEDED
        ),
    )


def _numbers(wide: pl.DataFrame, play: str, name: str) -> np.ndarray:
    return wide[f"{play}.{name}"].to_numpy()


def _names(columns: _Columns) -> pl.Enum:
    """Return the plays' names as a type whose order is theirs."""
    return pl.Enum(sorted(columns.plays))


def _learned(groups: pl.DataFrame, engine: Engine, columns: _Columns) -> pl.DataFrame:
    """Return what was learned of every play for each group of accounts."""
    table = engine.effectiveness.table(groups.drop("group"))
    return (
        table.join(groups, on=_LEARNED_BY, how="left", nulls_equal=True)
        .drop(_LEARNED_BY)
        .with_columns(pl.col("play").cast(_names(columns)))
    )


def _unless_cleared(signal: Signal, all_of_them: Iterable[Signal]) -> pl.Expr:
    """Return how strongly a signal fires where nothing is taken to have cleared that ends it."""
    ends = [one.name for one in all_of_them if signal.ends_with(one)]
    strength = pl.when(pl.col("without").is_in(ends)).then(0.0).otherwise(signal.strong)
    return strength.alias(f"strength.{signal.name}")


def _applies(play: Play) -> pl.Expr:
    def fires(name: str) -> pl.Expr:
        return pl.col(f"strength.{name}") > 0

    conditions = [fires(name) for name in play.needs]
    if play.any_of:
        conditions.append(pl.any_horizontal([fires(name) for name in play.any_of]))
    conditions += [~fires(name) for name in play.unless]
    return pl.all_horizontal(conditions)
