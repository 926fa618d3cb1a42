"""What a signal is: something the facts say that matters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import and_
from typing import Any

import polars as pl

from core.facts import FACT, GROUP, Group
from core.wording import Row, percent

Words = str | Callable[[Row], str]
"""A sentence, or how to make one of a row of facts."""

Limits = Mapping[str, float]
"""The numbers at which a signal fires (`from`) and is at its strongest (`full`), by name."""

Rule = Callable[[Limits], pl.Expr]
"""An expression over the facts frame, given the limits."""


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """One entry of the catalogue, a declared expression over the facts frame.

    `trigger` says in words when it fires, naming limits in braces. `facts` names what it reads; the
    group of the first one is its evidence. `when` says where it fires, `strength` how strongly
    (0-1), both given the `limits`, which a team may change; `weight` (0-1) says how much it
    matters. `value` and `says` put one row into words, `clears` says what would end it. `example`
    holds facts on which it fires: the contract test uses it.
    """

    name: str
    label: str
    trigger: str
    facts: tuple[str, ...]
    when: Rule
    strength: Rule
    weight: float
    value: Words
    says: Words
    clears: str | Callable[[Limits], str]
    example: Mapping[str, Any]
    limits: Limits = field(default_factory=dict)

    @property
    def fires(self) -> pl.Expr:
        """Where it fires: `when` holds and every fact that it reads is known."""
        known = [pl.col(name).is_not_null() for name in self.facts]
        return reduce(and_, known, self.when(self.limits)).fill_null(False)

    def strong_where(self, fires: pl.Expr) -> pl.Expr:
        """How strongly it fires, 0-1, given where: 0 elsewhere, or where a fact is missing."""
        strength = self.strength(self.limits).clip(0, 1)
        return pl.when(fires).then(strength).otherwise(0.0).fill_null(0)

    def with_limits(self, limits: Limits) -> "Signal":
        """Return the signal with some of its limits changed."""
        return replace(self, limits={**self.limits, **limits})

    @property
    def triggered(self) -> str:
        """When it fires, in words, with the limits as they are."""
        share = FACT[self.facts[0]].unit == "share"
        said = {
            name: percent(limit) if share else f"{abs(limit):g}"
            for name, limit in self.limits.items()
        }
        return self.trigger.format_map(said)

    @property
    def cleared(self) -> str:
        """What would end it, as a template over facts."""
        return self.clears if isinstance(self.clears, str) else self.clears(self.limits)

    def ends_with(self, other: "Signal") -> bool:
        """Tell whether it ends when `other` does: it is that one, or a stronger case of it.

        Both then rest on one fact, and the same ends them, or this one's limit lies further out.
        """
        if self.facts[0] != other.facts[0]:
            return False
        return self.cleared == other.cleared or self._is_beyond(other)

    def _is_beyond(self, other: "Signal") -> bool:
        if not {"from", "full"} <= self.limits.keys() & other.limits.keys():
            return False
        way, others_way = (one.limits["full"] - one.limits["from"] for one in (self, other))
        further = self.limits["from"] - other.limits["from"]
        return way * others_way > 0 and further * way >= 0

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


def ramp(column: str, at: Limits) -> pl.Expr:
    """Return how far `column` has come from the limit `from` (0) to the limit `full` (1)."""
    return ((pl.col(column) - at["from"]) / (at["full"] - at["from"])).clip(0, 1)
