"""Which feature's use fades: the metrics of single features, four weeks against four."""

import polars as pl

from storage.facts.reading import Reading
from storage.facts.uses import WHOLE

MEASURED = 3
"""Fewer measurements than this in four weeks say nothing about a change."""


async def fading(reading: Reading) -> pl.LazyFrame | None:
    """Read which metric of a feature fell most in 28 days; none where none fell.

    Of several sources of a metric the one counts that measures most often.
    """
    found = reading.uses.filter(~pl.col("metric").is_in(WHOLE))
    if found.is_empty():
        return None
    measured = found.lazy()
    known = measured.group_by("id").agg(
        pl.col("on").max().alias("fading_on"), pl.col("source").max().alias("fading_source")
    )
    return known.join(_fallen(measured), on="id", how="left")


def _fallen(measured: pl.LazyFrame) -> pl.LazyFrame:
    """Return the metric that fell most of each account where one did."""
    enough = pl.min_horizontal("rows_now.28", "rows_then.28") >= MEASURED
    often = pl.col("rows_now.28") + pl.col("rows_then.28")
    change = 100 * (pl.col("now.28") / pl.col("then.28") - 1)
    return (
        measured.filter(enough & (pl.col("then.28") > 0))
        .sort(often, "source", descending=[True, False])
        .unique(["id", "metric"], keep="first", maintain_order=True)
        .with_columns(change.alias("fading_change"))
        .filter(pl.col("fading_change") < 0)
        .sort("fading_change", "metric")
        .unique("id", keep="first", maintain_order=True)
        .select("id", pl.col("metric").alias("fading_metric"), "fading_change")
    )
