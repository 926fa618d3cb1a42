"""Which feature's use fades: the metrics of single features, four weeks against four."""

from datetime import timedelta
from typing import Any

import polars as pl
from sqlalchemy import Select, case, func, select

from storage.facts.columns import rows
from storage.facts.reading import Reading
from storage.facts.window import Window
from storage.tables import Usage, table

USAGE = table(Usage)

WHOLE = ("active_users", "feature_adoption", "usage")
"""The metrics that speak of the product as a whole, and of no feature."""

FADING_DAYS = 28
MEASURED = 3
"""Fewer measurements than this in four weeks say nothing about a change."""


async def fading(reading: Reading) -> pl.DataFrame:
    """Read which metric of a feature fell most in 28 days; none where none fell.

    Of several sources of a metric the one counts that measures most often.
    """
    names = ("id", "metric", "source", "now", "then", "rows_now", "rows_then", "on")
    types = dict.fromkeys(("now", "then"), pl.Float64) | {"on": pl.Date}
    counts = dict.fromkeys(("rows_now", "rows_then"), pl.Int64)
    statement = _means(reading.window)
    measured = await rows(reading.session, statement, *names, **types, **counts)
    known = measured.group_by("id").agg(
        pl.col("on").max().alias("fading_on"), pl.col("source").max().alias("fading_source")
    )
    return known.join(_fallen(measured), on="id", how="left")


def _means(window: Window) -> Select[Any]:
    late = USAGE.c.recorded_on > window.day - timedelta(days=FADING_DAYS)
    now, then = case((late, USAGE.c.value)), case((~late, USAGE.c.value))
    return (
        select(
            USAGE.c.customer_id,
            USAGE.c.metric,
            USAGE.c.source,
            func.avg(now),
            func.avg(then),
            func.count(now),
            func.count(then),
            func.max(USAGE.c.recorded_on),
        )
        .where(
            USAGE.c.customer_id.in_(window.customers),
            USAGE.c.metric.not_in(WHOLE),
            USAGE.c.recorded_on > window.day - timedelta(days=2 * FADING_DAYS),
            USAGE.c.recorded_on <= window.day,
        )
        .group_by(USAGE.c.customer_id, USAGE.c.metric, USAGE.c.source)
    )


def _fallen(measured: pl.DataFrame) -> pl.DataFrame:
    """Return the metric that fell most of each account where one did."""
    enough = pl.min_horizontal("rows_now", "rows_then") >= MEASURED
    often = pl.col("rows_now") + pl.col("rows_then")
    change = 100 * (pl.col("now") / pl.col("then") - 1)
    return (
        measured.filter(enough & (pl.col("then") > 0))
        .sort(often, "source", descending=[True, False])
        .unique(["id", "metric"], keep="first", maintain_order=True)
        .with_columns(change.alias("fading_change"))
        .filter(pl.col("fading_change") < 0)
        .sort("fading_change", "metric")
        .unique("id", keep="first", maintain_order=True)
        .select("id", pl.col("metric").alias("fading_metric"), "fading_change")
    )
