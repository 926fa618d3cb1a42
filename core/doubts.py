"""Facts that somebody called wrong: not used for that account until they change."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from core.engine import Moment
from core.facts import FACT
from core.recommendations import Decision, DecisionKind, DismissReason, Recommendation, Signal

Plain = float | str | bool | None
"""A fact's value as it is kept: numbers, text, truth; a day as ISO text."""


DRIFT = 5.0
"""By so many percentage points a change of rolling means moves without anything having happened."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A fact of an account that was called wrong: what it was `on` a day, in words `says`."""

    id: str
    account: str
    fact: str
    value: Plain
    on: date
    says: str
    by_name: str

    @property
    def told(self) -> str:
        """Say what is not used, why, and for how long."""
        said = f"{self.by_name} told me that “{self.says}” is wrong"
        return f"{said}, so it is not used until it changes"


def flagged(recommendation: Recommendation, decision: Decision) -> tuple[Signal, ...]:
    """Return the signals whose facts a decision calls wrong: those named, else the deciding one.

    A signal that was shown before its fact was kept with it cannot be flagged.
    """
    wrong = decision.reason is DismissReason.WRONG_DATA
    if decision.kind is not DecisionKind.DISMISS or not wrong:
        return ()
    named = tuple(one for one in recommendation.signals if one.type in decision.doubts)
    return tuple(one for one in named or recommendation.signals[:1] if one.reading is not None)


def counted_from(fact: str, moment: Moment) -> date:
    """Return the day from which a fact is counted: history in UTC, what is to come by `today`."""
    return moment.today if _is_ahead(fact) else moment.as_of.date()


def plain(value: Any) -> Plain:
    """Return a fact's value as it is kept."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or value is None:
        return value
    return float(value) if isinstance(value, int | float) else str(value)


def is_unchanged(doubt: Doubt, value: Any, moment: Moment) -> bool:
    """Tell whether a fact is what it was when it was doubted; what is unknown has not changed.

    A fact in days counts on by itself: it has changed when it moved by anything but the days that
    have passed. One in percent compares means that roll on daily: it drifts a little by itself.
    """
    now = plain(value)
    if now is None:
        return True
    if not isinstance(now, float) or not isinstance(doubt.value, int | float):
        return now == doubt.value
    drifts = DRIFT if FACT[doubt.fact].unit == "percent" else 1e-9
    return math.isclose(now, doubt.value + _moved(doubt, moment), rel_tol=1e-9, abs_tol=drifts)


def without_doubted(facts: pl.DataFrame, doubts: Iterable[Doubt], moment: Moment) -> pl.DataFrame:
    """Return the facts without those that are doubted and unchanged.

    The group of such a fact counts as not known, and `<group>_doubt` says why.
    """
    standing = [one for one, value in _values(facts, doubts) if is_unchanged(one, value, moment)]
    if not standing:
        return facts
    return facts.with_columns(*_nulled(standing), *_told(standing))


def changed(facts: pl.DataFrame, doubts: Iterable[Doubt], moment: Moment) -> tuple[str, ...]:
    """Return the ids of the doubts whose facts have changed, so that they hold no longer."""
    values = _values(facts, doubts)
    return tuple(one.id for one, value in values if not is_unchanged(one, value, moment))


def _values(facts: pl.DataFrame, doubts: Iterable[Doubt]) -> list[tuple[Doubt, Any]]:
    """Pair each doubt with the value of its fact; accounts and facts out of sight have none."""
    known = [one for one in doubts if one.fact in FACT]
    of_these = facts.filter(pl.col("id").is_in({one.account for one in known}))
    rows = {row["id"]: row for row in of_these.to_dicts()}
    return [(one, rows[one.account][one.fact]) for one in known if one.account in rows]


def _nulled(standing: Sequence[Doubt]) -> list[pl.Expr]:
    accounts: dict[str, set[str]] = defaultdict(set)
    for one in standing:
        accounts[one.fact].add(one.account)
        accounts[f"{FACT[one.fact].group}_on"].add(one.account)
    return [
        pl.when(~pl.col("id").is_in(sorted(ids))).then(pl.col(column)).alias(column)
        for column, ids in accounts.items()
    ]


def _told(standing: Sequence[Doubt]) -> list[pl.Expr]:
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for one in standing:
        of_group = said[FACT[one.fact].group]
        before = of_group.get(one.account)
        of_group[one.account] = f"{before}; {one.told}" if before else one.told
    return [_column(f"{group}_doubt", texts) for group, texts in said.items()]


def _column(name: str, texts: Mapping[str, str]) -> pl.Expr:
    return (
        pl.col("id").replace_strict(dict(texts), default=None, return_dtype=pl.String).alias(name)
    )


def _moved(doubt: Doubt, moment: Moment) -> int:
    if FACT[doubt.fact].unit != "days":
        return 0
    passed = (counted_from(doubt.fact, moment) - doubt.on).days
    return -passed if _is_ahead(doubt.fact) else passed


def _is_ahead(fact: str) -> bool:
    return fact.startswith("days_to_")
