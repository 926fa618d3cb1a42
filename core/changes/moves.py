"""From the facts of two moments to what moved: sized for all accounts, worded for those shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from core.changes.watch import THEN, Tone, Watch
from core.changes.watches import WATCHES
from core.facts import FACT, GROUP, GROUPS, is_fresh
from core.wording import Row, day

STOPPED = 0.4
"""What a feed that stopped counts beside what moved."""


@dataclass(frozen=True, slots=True)
class Move:
    """A fact that moved: in words, with the rows behind it; `on` is the day of the newest one.

    `dated` says that this day is worth telling beside the words.
    """

    fact: str
    says: str
    tone: Tone
    on: date | None
    table: str
    source: str
    size: float
    dated: bool = False


def sizes(then: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Return how much each fact of each account moved, the accounts that moved most first.

    Both frames have the columns of the facts; accounts that are in only one of them are left out.
    `moved` is the whole of it: the largest move, a quarter of the others, and a little for ARR.
    """
    before = then.select("id", *(pl.col(one).alias(one + THEN) for one in _columns()))
    both = now.select("id", "name", "arr_rank", *_columns()).join(before, on="id", how="inner")
    sized = both.select(
        "id", "name", "arr_rank", *((one.size * one.weight).alias(one.fact) for one in WATCHES)
    ).with_columns(_once())
    facts = [pl.col(one.fact) for one in WATCHES]
    largest = pl.max_horizontal(facts)
    whole = largest + 0.25 * (pl.sum_horizontal(facts) - largest)
    worth = 0.75 + 0.5 * pl.col("arr_rank").fill_null(0.5)
    ranked = sized.with_columns((whole * worth).alias("moved")).drop("arr_rank")
    return ranked.filter(pl.col("moved") > 0).sort(
        "moved", "name", "id", descending=[True, False, False]
    )


def moves(sized: Row, then: Row, now: Row, *, since: date, today: date) -> tuple[Move, ...]:
    """Return what moved at an account in words, what counts most first.

    `sized` is its row of `sizes`, `then` and `now` are its facts, on the day `since` and `today`.
    A feed that stopped in between is told as well: what it brought may not be as it was.
    """
    facts = sorted(
        (one for one in WATCHES if sized.get(one.fact)), key=lambda one: -float(sized[one.fact])
    )
    told = tuple(_move(one, then, now, today, sized[one.fact]) for one in facts)
    return (*told, *_stopped(then, now, since, today))


def first_seen(fact: str, readings: Sequence[tuple[date, Row]]) -> date | None:
    """Return the day on which a fact had moved for good, as far as readings in between tell.

    `readings` are the facts on several days, the earliest first, the last as they are now. A fact
    has moved from the first reading on from which all later ones are nearer to the last.
    """
    first, last = readings[0][1][fact], readings[-1][1][fact]
    since = len(readings) - 1
    while since > 1 and _nearer(readings[since - 1][1][fact], first, last):
        since -= 1
    on, row = readings[since]
    newest = row[f"{FACT[fact].group}_on"]
    return min(newest, on) if newest is not None else on


def whole(then: pl.DataFrame, now: pl.DataFrame) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the accounts that `came` and those that `left`, by name."""
    return {
        "came": tuple(now.join(then, on="id", how="anti").sort("name", "id")["id"]),
        "left": tuple(then.join(now, on="id", how="anti").sort("name", "id")["id"]),
    }


def _columns() -> list[str]:
    return sorted(
        {name for one in WATCHES for name in one.size.meta.root_names() if THEN not in name}
    )


def _once() -> list[pl.Expr]:
    return [
        pl.when(pl.col(one.unless) > 0)
        .then(0.0)
        .otherwise(pl.col(one.fact))
        .fill_null(0.0)
        .alias(one.fact)
        if one.unless
        else pl.col(one.fact).fill_null(0.0)
        for one in WATCHES
    ]


def _move(watch: Watch, then: Row, now: Row, today: date, size: float) -> Move:
    group = GROUP[FACT[watch.fact].group]
    return Move(
        fact=watch.fact,
        says=" ".join(watch.says(then, now, today).split()),
        tone=watch.tone(then, now),
        on=now[f"{group.name}_on"],
        table=group.table,
        source=now[f"{group.name}_source"] or "",
        size=size,
        dated=watch.dated,
    )


def _stopped(then: Row, now: Row, since: date, today: date) -> tuple[Move, ...]:
    """Tell of feeds whose newest row was good then and is too old now, each table once."""
    found: dict[str, Move] = {}
    for group in GROUPS:
        on = now[f"{group.name}_on"]
        if not (group.stale and is_fresh(then[f"{group.name}_on"], group, since)):
            continue
        if on and not is_fresh(on, group, today):
            says = group.stale.format(on=day(on, today))
            source = now[f"{group.name}_source"] or ""
            found.setdefault(
                group.table,
                Move(
                    group.name,
                    says[0].upper() + says[1:],
                    "other",
                    on,
                    group.table,
                    source,
                    STOPPED,
                ),
            )
    return tuple(found.values())


def _nearer(value: Any, first: Any, last: Any) -> bool:
    """Tell whether a value is nearer to the last than to the first; words are or are not equal."""
    if all(isinstance(one, int | float) for one in (value, first, last)):
        return bool(abs(value - last) <= abs(value - first))
    return bool(value == last)
