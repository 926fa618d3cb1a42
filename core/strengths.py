"""How strongly each signal fires at each account, and how it would if one of them cleared."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from core.catalogue import Catalogue

Places = npt.NDArray[np.intp]
Strengths = Mapping[str, npt.NDArray[np.float64]]
"""How strongly each signal fires in each row, by the signal's name."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """The expressions of a catalogue, by signal; building them takes longer than one account's use.

    `when` is `fires` where all facts are known, and `strong` rests on the columns of these two;
    `ended` says which signals end when one clears.
    """

    fires: Mapping[str, pl.Expr]
    when: Mapping[str, pl.Expr]
    strong: Mapping[str, pl.Expr]
    ended: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=8)
def _columns(catalogue: Catalogue) -> _Columns:
    signals = catalogue.signals.items()
    return _Columns(
        fires={name: one.fires.alias(f"fires.{name}") for name, one in signals},
        when={name: one.when(one.limits).alias(f"fires.{name}") for name, one in signals},
        strong={
            name: one.strong_where(pl.col(f"fires.{name}")).alias(f"strength.{name}")
            for name, one in signals
        },
        ended={
            name: tuple(other for other, that in signals if that.ends_with(one))
            for name, one in signals
        },
    )


def with_strengths(facts: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Add how strongly each signal fires as `strength.…`, unless the frame says so already.

    A signal that fires nowhere is not looked at further: at one account most of them do not, and
    there every expression counts.
    """
    there = set(facts.columns)
    if all(f"strength.{name}" in there for name in catalogue.signals):
        return facts
    columns = _columns(catalogue)
    fires = facts.select(_fires(facts, catalogue))
    firing = [one.name.removeprefix("fires.") for one in fires if one.any()]
    strong = facts.hstack(fires).select(columns.strong[name] for name in firing)
    silent = pl.Series(np.zeros(facts.height))
    known = {one.name: one for one in strong}
    named = (f"strength.{name}" for name in catalogue.signals)
    return facts.hstack([known.get(name, silent.alias(name)) for name in named])


def _fires(facts: pl.DataFrame, catalogue: Catalogue) -> list[pl.Expr]:
    """Return where the signals fire of whose facts each is known somewhere."""
    columns, signals = _columns(catalogue), catalogue.signals
    read = {name for one in signals.values() for name in one.facts}
    lacking = {name: facts[name].null_count() for name in read}
    found = []
    for name, one in signals.items():
        nulls = [lacking[fact] for fact in one.facts]
        if facts.height not in nulls:
            found.append((columns.fires if any(nulls) else columns.when)[name])
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Accounts as they are and, where that is asked for, again without a signal that fires there.

    `row` is the account's place in the facts, `without` the signal: null where nothing clears.
    """

    row: Places
    without: pl.Series
    strengths: Strengths

    @classmethod
    def of(cls, facts: pl.DataFrame, catalogue: Catalogue) -> "Cases":
        """Take accounts, whose strengths are known, as they are."""
        strengths = {name: facts[f"strength.{name}"].to_numpy() for name in catalogue.signals}
        return cls(np.arange(facts.height), _names([None] * facts.height), strengths)

    def each_cleared(self, catalogue: Catalogue) -> "Cases":
        """Add each account again for each signal that fires there, as if that had cleared.

        What ends with a signal clears as well.
        """
        firing = {name: np.flatnonzero(found > 0) for name, found in self.strengths.items()}
        firing = {name: rows for name, rows in firing.items() if rows.size}
        rows = np.concatenate([np.arange(self.row.size), *firing.values()])
        strengths = {name: found[rows] for name, found in self.strengths.items()}
        begin = self.row.size
        for name, of in firing.items():
            for ended in _columns(catalogue).ended[name]:
                strengths[ended][begin : begin + of.size] = 0.0
            begin += of.size
        without = [name for name, of in firing.items() for _ in of]
        return Cases(self.row[rows], _names([None] * self.row.size + without), strengths)


def _names(names: list[str | None]) -> pl.Series:
    return pl.Series("without", names, pl.String)
