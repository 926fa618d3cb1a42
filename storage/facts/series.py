"""Health scores and usage: what is measured again and again."""

from datetime import timedelta
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, FromClause, ScalarSelect, Select, select

from core.facts import GROUP
from storage.facts.columns import first_of_each
from storage.facts.days import earlier
from storage.facts.newest import newest
from storage.facts.reading import Reading
from storage.facts.uses import ACTIVE_USERS, FEATURE_ADOPTION
from storage.facts.window import CUSTOMERS, Scope
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
    names = ("id", "health_on", "health", "health_source", "health_was", "health_then")
    found = await reading.book.rows(_scores, *names, health_then=pl.Float64)
    last = first_of_each(found, "health_source")
    this_week = pl.col("health_on") >= reading.window.day - timedelta(days=7)
    shelf = timedelta(days=GROUP["health"].shelf_days or 0)
    recent = pl.col("health_on") >= reading.window.day - shelf
    return last.with_columns(
        pl.when(this_week).then(pl.col("health") - pl.col("health_was")).alias("health_change_7d"),
        pl.when(recent).then(pl.col("health") - pl.col("health_then")).alias("health_change_30d"),
    ).drop("health_then")


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


async def measured(reading: Reading) -> pl.LazyFrame:
    """Read the newest measurement of any use, of the seats in use and of the features in use."""
    names = [*NEWEST_USE, *NEWEST_SEATS, *NEWEST_ADOPTION]
    found = await reading.book.rows(_newest_uses, "id", *names)
    seats, adoption, used = (
        first_of_each(found, names[1]).select("id", *names)
        for names in (NEWEST_SEATS, NEWEST_ADOPTION, NEWEST_USE)
    )
    return used.join(seats, on="id", how="left").join(adoption, on="id", how="left")


def _scores(window: Scope) -> Select[Any]:
    """Select the scores of each account's newest day, each with the two that it is compared to."""
    return (
        select(
            CUSTOMERS.c.id,
            HEALTH.c.recorded_on,
            HEALTH.c.score,
            HEALTH.c.source,
            _score_before(7, 10),
            _score_before(30, 45),
        )
        .select_from(CUSTOMERS.outerjoin(HEALTH, newest(HEALTH, window)))
        .where(*window.conditions())
    )


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
    return select(CUSTOMERS.c.id, *uses, *shares).select_from(accounts).where(*window.conditions())


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
