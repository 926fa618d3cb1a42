"""Health scores and usage: what is measured again and again."""

from datetime import date, timedelta
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, FromClause, ScalarSelect, Select, select

from core.facts import GROUP
from storage.facts.alone import Alone, first, nulls_first
from storage.facts.columns import Record, first_of_each, query
from storage.facts.days import earlier
from storage.facts.newest import newest
from storage.facts.reading import Reading
from storage.facts.uses import ACTIVE_USERS, FEATURE_ADOPTION
from storage.facts.window import CUSTOMERS, Scope, Window
from storage.tables import Health, Usage, table

HEALTH = table(Health)
USAGE = table(Usage)

NEWEST_USE = ("usage_on", "usage_source")
NEWEST_SEATS = ("seats_on", "seats_source", "seat_use")
NEWEST_ADOPTION = ("adoption_on", "adoption_source", "adoption")
USAGE_ROWS = 3
"""Fewer measurements than this in two weeks say nothing about a change."""


async def health(reading: Reading) -> pl.LazyFrame:
    """Read the newest score and its change against a week and a month before.

    A change in a week is known only when the newest score is of the last seven days, one in a
    month when it is within the group's shelf life; and when there is a score by the same source a
    week (up to ten days) or 30 (up to 45) days before it.
    """
    found = await reading.book.rows(SCORES)
    last = first_of_each(found, "health_source")
    this_week, recent = (pl.col("health_on") >= day for day in _since(reading.window))
    return last.with_columns(
        pl.when(this_week).then(pl.col("health") - pl.col("health_was")).alias("health_change_7d"),
        pl.when(recent).then(pl.col("health") - pl.col("health_then")).alias("health_change_30d"),
    ).drop("health_then")


async def health_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    found = first(await reading.book.records(SCORES), nulls_first("health_source"))
    one = found or dict.fromkeys(SCORES.schema)
    then, on = one.pop("health_then"), one["health_on"]
    since = zip(_since(reading.window), (one["health_was"], then), strict=True)
    week, month = (
        None if on is None or on < day or before is None else one["health"] - before
        for day, before in since
    )
    return one | {"health_change_7d": week, "health_change_30d": month}


def _since(window: Window) -> tuple[date, date]:
    """From which day on a newest score tells a change of a week, and of a month."""
    shelf = GROUP["health"].shelf_days or 0
    return window.day - timedelta(days=7), window.day - timedelta(days=shelf)


async def usage(reading: Reading) -> pl.LazyFrame:
    """Read how use changed: the mean of the last 14 days against the 14 before, in percent.

    It counts active users where they are measured, else the account's first metric by name; of
    several sources the one that measures most often.
    """
    often = pl.col("rows_now.14") + pl.col("rows_then.14")
    preferred = first_of_each(
        reading.uses.filter(often > 0),
        pl.col("metric") != ACTIVE_USERS,
        "metric",
        often,
        "source",
        descending=[False, False, True, False],
    )
    enough = pl.min_horizontal("rows_now.14", "rows_then.14") >= USAGE_ROWS
    change = 100 * (pl.col("now.14") / pl.col("then.14") - 1)
    return preferred.select(
        "id", pl.when(enough & (pl.col("then.14") > 0)).then(change).alias("usage_change")
    )


async def usage_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    found = (one for one in reading.uses if _often(one) > 0)
    one = first(
        found,
        lambda one: one["metric"] != ACTIVE_USERS,
        lambda one: one["metric"],
        lambda one: -_often(one),
        lambda one: one["source"],
    )
    if one is None or min(one["rows_now.14"], one["rows_then.14"]) < USAGE_ROWS:
        return {}
    now, then = one["now.14"], one["then.14"]
    return {"usage_change": 100 * (now / then - 1) if then > 0 else None}


def _often(one: Record) -> int:
    rows: int = one["rows_now.14"] + one["rows_then.14"]
    return rows


async def measured(reading: Reading) -> pl.LazyFrame:
    """Read the newest measurement of any use, of the seats in use and of the features in use."""
    found = await reading.book.rows(NEWEST)
    seats, adoption, used = (
        first_of_each(found, names[1]).select("id", *names)
        for names in (NEWEST_SEATS, NEWEST_ADOPTION, NEWEST_USE)
    )
    return used.join(seats, on="id", how="left").join(adoption, on="id", how="left")


async def measured_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    found, chosen = await reading.book.records(NEWEST), Record()
    for names in (NEWEST_SEATS, NEWEST_ADOPTION, NEWEST_USE):
        one = first(found, nulls_first(names[1])) or {}
        chosen |= {name: one.get(name) for name in names}
    return chosen


def _scores(window: Scope) -> Select[Any]:
    """Select the scores of each account's newest day, each with the two that it is compared to."""
    found = select(
        CUSTOMERS.c.id,
        HEALTH.c.recorded_on,
        HEALTH.c.score,
        HEALTH.c.source,
        _score_before(7, 10),
        _score_before(30, 45),
    ).select_from(CUSTOMERS.outerjoin(HEALTH, newest(HEALTH, window)))
    return window.in_order(found.where(*window.conditions()))


def _score_before(days: int, at_most: int) -> ScalarSelect[Any]:
    """The score of the same source closest to `days` before a score."""
    before = HEALTH.alias()
    oldest, youngest = (earlier(HEALTH.c.recorded_on, count) for count in (at_most, days))
    return (
        select(before.c.score)
        .where(
            before.c.customer_id == HEALTH.c.customer_id,
            before.c.source == HEALTH.c.source,
            before.c.recorded_on.between(oldest, youngest),
        )
        .order_by(before.c.recorded_on.desc())
        .limit(1)
        .scalar_subquery()
    )


def _newest_uses(window: Scope) -> Select[Any]:
    """Select what was measured on the newest day: of any use, of the seats, of the features."""
    seats, features = USAGE.alias(), USAGE.alias()
    accounts = CUSTOMERS.outerjoin(
        seats, newest(seats, window, lambda of: _share_of(of, ACTIVE_USERS))
    ).outerjoin(features, newest(features, window, lambda of: _share_of(of, FEATURE_ADOPTION)))
    shares = [
        column
        for of in (seats, features)
        for column in (of.c.recorded_on, of.c.source, of.c.value / of.c.licensed)
    ]
    uses = [_newest_use(window, name) for name in ("recorded_on", "source")]
    found = select(CUSTOMERS.c.id, *uses, *shares).select_from(accounts)
    return window.in_order(found.where(*window.conditions()))


def _newest_use(window: Scope, name: str) -> ScalarSelect[Any]:
    """A column of the account's newest measurement of use, which is the last in its index."""
    use = USAGE.alias()
    return (
        select(use.c[name])
        .where(
            use.c.customer_id == CUSTOMERS.c.id,
            use.c.metric != FEATURE_ADOPTION,
            use.c.recorded_on <= window.day,
        )
        .order_by(use.c.recorded_on.desc(), use.c.metric.desc(), use.c.source.desc())
        .limit(1)
        .correlate(CUSTOMERS)
        .scalar_subquery()
    )


def _share_of(of: FromClause, metric: str) -> tuple[ColumnElement[bool], ...]:
    return of.c.metric == metric, of.c.licensed > 0


SCORES = query(
    _scores,
    *("id", "health_on", "health", "health_source", "health_was", "health_then"),
    health_then=pl.Float64,
)
NEWEST = query(_newest_uses, "id", *NEWEST_USE, *NEWEST_SEATS, *NEWEST_ADOPTION)
