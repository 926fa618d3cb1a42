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
from core.learning import Expectations
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
    it: what would be said if it cleared. Where it is null, nothing is.
    """
    columns = _columns(engine.catalogue, engine.today)
    groups = facts.select(_LEARNED_BY).unique(maintain_order=True).with_row_index("group")
    accounts = (
        facts.with_row_index("row")
        .join(groups, on=_LEARNED_BY, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(_order(facts), *columns.firing(facts))
        .with_columns(columns.account)
    )
    keys = [*KEYS, *(["without"] if "without" in facts.columns else [])]
    applying = _applying(
        accounts, keys, columns, engine.effectiveness.of_groups(list(columns.plays), groups)
    )
    found = eligible(scored(applying), past, engine)
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


def _order(facts: pl.DataFrame) -> pl.Series:
    """Return each account's place by name and id."""
    sorted_rows = facts.select("name", "id").with_row_index("row").sort("name", "id", "row")["row"]
    return pl.Series("order", np.argsort(sorted_rows.to_numpy()))


def _applying(
    accounts: pl.DataFrame, keys: list[str], columns: _Columns, expected: Expectations
) -> pl.DataFrame:
    """Return a row for each account and play that applies there, with what its score needs."""
    wide = accounts.select(
        column.alias(f"{play}.{name}")
        for play, needed in columns.plays.items()
        for name, column in needed.items()
    )
    # None of these columns has nulls, so that numpy can gather them; frames cost more.
    at = {play: np.flatnonzero(wide[f"{play}.applies"].to_numpy()) for play in columns.plays}
    rows = np.concatenate(list(at.values()))
    play = np.repeat(np.arange(len(at)), [len(one) for one in at.values()])
    group = accounts["group"].to_numpy()[rows]
    names = pl.Series("play", list(at))
    return accounts.select(*keys, "^account\\..*$")[rows].with_columns(
        names[play],
        *(
            pl.Series(
                name, np.concatenate([wide[f"{one}.{name}"].to_numpy()[at[one]] for one in at])
            )
            for name in NEEDED
        ),
        pl.Series("rate", expected.rate[play, group]),
        pl.Series("evidence", expected.evidence[play]),
        pl.Series("effect", expected.effect[play, group]).fill_nan(None),
    )


def _numbers(frame: pl.DataFrame, column: str) -> np.ndarray:
    return frame[column].to_numpy()


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
