"""What a signal is: something the facts say that matters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from core.facts import FACT, GROUP, Group
from core.wording import Row

Words = str | Callable[[Row], str]
"""A sentence, or how to make one of a row of facts."""


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """One entry of the catalogue, a declared expression over the facts frame.

    `facts` names what it reads; the group of the first one is its evidence. `when` says where it
    fires, `strength` how strongly (0-1), `weight` (0-1) how much it matters. `value` and `says`
    put one row into words, `clears` says what would end it. `example` holds facts on which it
    fires: the contract test and the catalogue's documentation use it.
    """

    name: str
    label: str
    facts: tuple[str, ...]
    when: pl.Expr
    strength: pl.Expr
    weight: float
    value: Words
    says: Words
    clears: str
    example: Mapping[str, Any]

    @property
    def fires(self) -> pl.Expr:
        """Where it fires: `when` holds and every fact that it reads is known."""
        known = pl.all_horizontal([pl.col(name).is_not_null() for name in self.facts])
        return (known & self.when).fill_null(False)

    @property
    def group(self) -> Group:
        """The group whose rows are its evidence."""
        return GROUP[self.groups[0]]

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of all groups it reads."""
        return tuple(dict.fromkeys(FACT[name].group for name in self.facts))


def say(words: Words, row: Row) -> str:
    """Put a signal's words together for one row."""
    return words if isinstance(words, str) else words(row)


def ramp(column: str, start: float, full: float) -> pl.Expr:
    """Return how far `column` has come from `start` (0) to `full` (1), clipped."""
    return ((pl.col(column) - start) / (full - start)).clip(0, 1)
