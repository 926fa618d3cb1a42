"""Health scores and usage: what is measured again and again."""

from datetime import timedelta

import polars as pl
from sqlalchemy import Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.facts import GROUP
from storage.facts.reading import Reading
from storage.facts.window import Window, rows
from storage.tables import Health, Usage, table

HEALTH = table(Health)
USAGE = table(Usage)

ACTIVE_USERS = "active_users"
FEATURE_ADOPTION = "feature_adoption"
USAGE_DAYS = 14
USAGE_ROWS = 3
"""Fewer measurements than this in two weeks say nothing about a change."""


async def health(reading: Reading) -> pl.DataFrame:
    """Read the newest score and its change against a week and a month before.

    A change in a week is known only when the newest score is of the last seven days, one in a
    month when it is within the group's shelf life; and when there is a score by the same source a
    week (up to ten days) or 30 (up to 45) days before it.
    """
    last = await _latest_health(reading.session, reading.window)
    shelf = timedelta(days=GROUP["health"].shelf_days or 0)
    since = reading.window.day - shelf - timedelta(days=45)
    statement = select(
        HEALTH.c.customer_id, HEALTH.c.source, HEALTH.c.recorded_on, HEALTH.c.score
    ).where(
        HEALTH.c.customer_id.in_(reading.window.customers),
        HEALTH.c.recorded_on.between(since, reading.window.day),
    )
    names = ("id", "health_source", "on", "score")
    earlier = await rows(reading.session, statement, *names, on=pl.Date, score=pl.Float64)
    week = _score_before(last, earlier, 7, 10, "health_was")
    month = _score_before(last, earlier, 30, 45, "health_then")
    this_week = pl.col("health_on") >= reading.window.day - timedelta(days=7)
    recent = pl.col("health_on") >= reading.window.day - shelf
    found = last.join(week, on="id", how="left").join(month, on="id", how="left")
    return found.with_columns(
        pl.when(this_week).then(pl.col("health") - pl.col("health_was")).alias("health_change_7d"),
        pl.when(recent).then(pl.col("health") - pl.col("health_then")).alias("health_change_30d"),
    ).drop("health_then")


async def usage(reading: Reading) -> pl.DataFrame:
    """Read how use changed: the mean of the last 14 days against the 14 before, in percent.

    It counts active users where they are measured, else the account's first metric by name; of
    several sources the one that measures most often.
    """
    newest = await _newest_usage(reading.session, reading.window)
    since = reading.window.day - timedelta(days=2 * USAGE_DAYS)
    statement = select(
        USAGE.c.customer_id, USAGE.c.metric, USAGE.c.source, USAGE.c.recorded_on, USAGE.c.value
    ).where(
        USAGE.c.customer_id.in_(reading.window.customers),
        USAGE.c.metric != FEATURE_ADOPTION,
        USAGE.c.recorded_on > since,
        USAGE.c.recorded_on <= reading.window.day,
    )
    names = ("id", "metric", "source", "on", "value")
    measured = await rows(reading.session, statement, *names, on=pl.Date, value=pl.Float64)
    return newest.join(_change(measured, reading.window), on="id", how="left")


async def shares(reading: Reading) -> pl.DataFrame:
    """Read which share of the seats, and of the features, is in use by the newest measurement."""
    seats = await _share(reading.session, reading.window, ACTIVE_USERS, "seat_use", "seats")
    adoption = await _share(
        reading.session, reading.window, FEATURE_ADOPTION, "adoption", "adoption"
    )
    return seats.join(adoption, on="id", how="full", coalesce=True)


async def _latest_health(session: AsyncSession, window: Window) -> pl.DataFrame:
    newest = (
        select(HEALTH.c.customer_id, func.max(HEALTH.c.recorded_on).label("newest"))
        .where(HEALTH.c.customer_id.in_(window.customers), HEALTH.c.recorded_on <= window.day)
        .group_by(HEALTH.c.customer_id)
        .subquery()
    )
    statement = select(
        HEALTH.c.customer_id, HEALTH.c.recorded_on, HEALTH.c.score, HEALTH.c.source
    ).join(
        newest,
        and_(
            HEALTH.c.customer_id == newest.c.customer_id,
            HEALTH.c.recorded_on == newest.c.newest,
        ),
    )
    found = await rows(session, statement, "id", "health_on", "health", "health_source")
    return found.sort("id", "health_source").unique("id", keep="first", maintain_order=True)


def _score_before(
    last: pl.DataFrame, earlier: pl.DataFrame, days: int, at_most: int, name: str
) -> pl.DataFrame:
    """Return the score of the same source closest to `days` before each account's newest one."""
    age = (pl.col("health_on") - pl.col("on")).dt.total_days()
    return (
        last.select("id", "health_source", "health_on")
        .join(earlier, on=["id", "health_source"])
        .filter(age.is_between(days, at_most))
        .sort("on")
        .group_by("id")
        .agg(pl.col("score").last().alias(name))
    )


async def _newest_usage(session: AsyncSession, window: Window) -> pl.DataFrame:
    statement: Select[tuple[str, object, str]] = (
        select(USAGE.c.customer_id, func.max(USAGE.c.recorded_on), func.max(USAGE.c.source))
        .where(
            USAGE.c.customer_id.in_(window.customers),
            USAGE.c.metric != FEATURE_ADOPTION,
            USAGE.c.recorded_on <= window.day,
        )
        .group_by(USAGE.c.customer_id)
    )
    return await rows(session, statement, "id", "usage_on", "usage_source")


def _change(measured: pl.DataFrame, window: Window) -> pl.DataFrame:
    preferred = (
        measured.group_by("id", "metric", "source")
        .len()
        .sort(
            pl.col("metric") != ACTIVE_USERS,
            "metric",
            "len",
            "source",
            descending=[False, False, True, False],
        )
        .unique("id", keep="first", maintain_order=True)
    )
    late = pl.col("on") > window.day - timedelta(days=USAGE_DAYS)
    means = (
        measured.join(preferred, on=["id", "metric", "source"])
        .group_by("id")
        .agg(
            pl.col("value").filter(late).mean().alias("now"),
            pl.col("value").filter(~late).mean().alias("then"),
            late.sum().alias("rows_now"),
            (~late).sum().alias("rows_then"),
        )
    )
    enough = pl.min_horizontal("rows_now", "rows_then") >= USAGE_ROWS
    change = 100 * (pl.col("now") / pl.col("then") - 1)
    return means.select(
        "id", pl.when(enough & (pl.col("then") > 0)).then(change).alias("usage_change")
    )


async def _share(
    session: AsyncSession, window: Window, metric: str, name: str, group: str
) -> pl.DataFrame:
    newest = (
        select(USAGE.c.customer_id, func.max(USAGE.c.recorded_on).label("newest"))
        .where(
            USAGE.c.customer_id.in_(window.customers),
            USAGE.c.metric == metric,
            USAGE.c.licensed > 0,
            USAGE.c.recorded_on <= window.day,
        )
        .group_by(USAGE.c.customer_id)
        .subquery()
    )
    statement = (
        select(
            USAGE.c.customer_id,
            USAGE.c.value / USAGE.c.licensed,
            USAGE.c.recorded_on,
            USAGE.c.source,
        )
        .join(
            newest,
            and_(
                USAGE.c.customer_id == newest.c.customer_id,
                USAGE.c.recorded_on == newest.c.newest,
            ),
        )
        .where(USAGE.c.metric == metric, USAGE.c.licensed > 0)
    )
    found = await rows(session, statement, "id", name, f"{group}_on", f"{group}_source")
    return found.sort("id", f"{group}_source").unique("id", keep="first", maintain_order=True)
