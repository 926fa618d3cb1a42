"""Conditions over single facts, as data: what the day something is due depends on."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import polars as pl

from core.facts import FACT
from core.wording import count, percent

Operator = Literal["<", "<=", "==", ">=", ">"]

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
}
_WORDS = {"<": "below", "<=": "at most", "==": "", ">=": "at least", ">": "above"}
_COUNTED = {"<": "fewer than", "<=": "at most", "==": "", ">=": "at least", ">": "more than"}

assert set(OPERATORS) == set(get_args(Operator))


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact compared with a value; an unknown fact meets no condition."""

    fact: str
    op: Operator
    value: float | str | bool

    @property
    def expr(self) -> pl.Expr:
        """The condition over a facts frame."""
        met: pl.Expr = OPERATORS[self.op](pl.col(self.fact), self.value)
        return met.fill_null(False)

    @property
    def says(self) -> str:
        """The condition in words, as in "at most 90 days to renewal" or "adoption below 30 %"."""
        name = _name(self.fact)
        if isinstance(self.value, bool):
            return name if self.value else f"not {name}"
        value, unit = _value(self.value, FACT[self.fact].unit), FACT[self.fact].unit
        if unit in ("days", "tickets", "risks", "deals", "departments"):
            one = name.removesuffix("s") if self.value == 1 else name
            return " ".join(filter(None, (_COUNTED[self.op], value, one)))
        return " ".join(filter(None, (name, _WORDS[self.op], value)))


@dataclass(frozen=True, slots=True)
class Due:
    """In how many days something is due: 0 now, 1 by tonight.

    `usually` holds unless one of the conditions of a `sooner` entry is met; the first such entry
    counts.
    """

    usually: int
    sooner: tuple[tuple[int, tuple[Condition, ...]], ...] = ()

    @property
    def expr(self) -> pl.Expr:
        """The days over a facts frame."""
        days = pl.lit(self.usually, pl.Int64)
        for sooner, conditions in reversed(self.sooner):
            met = pl.any_horizontal([one.expr for one in conditions])
            days = pl.when(met).then(pl.lit(sooner, pl.Int64)).otherwise(days)
        return days

    @property
    def says(self) -> str:
        """The rule in words."""
        cases = [
            f"{_when(days)} if {' or '.join(one.says for one in conditions)}"
            for days, conditions in self.sooner
        ]
        usual = _when(self.usually)
        return "; ".join([*cases, f"else {usual}"]) if cases else usual


def _name(fact: str) -> str:
    words = fact.replace("_", " ").replace("qbr", "QBR")
    return re.sub(r"(\d+)d$", r"in \1 days", words)


def _value(value: float | str, unit: str) -> str:
    if isinstance(value, str):
        return value
    if unit == "share":
        return percent(value)
    return f"{value:g}" + {"percent": " %", "points": " points"}.get(unit, "")


def _when(days: int) -> str:
    if days > 1:
        return f"within {count(days, 'day')}"
    return "by tonight" if days else "now"
