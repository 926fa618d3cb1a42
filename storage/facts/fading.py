"""Which feature's use fades: the metrics of single features, four weeks against four."""

from collections.abc import Iterator

import polars as pl

from storage.facts.alone import Alone, first
from storage.facts.columns import Record
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


async def fading_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    found = [one for one in reading.uses if one["metric"] not in WHOLE]
    if not found:
        return {}
    fallen = first(_falling(found), lambda one: one["change"], lambda one: one["metric"]) or {}
    return {
        "fading_on": max(one["on"] for one in found),
        "fading_source": max(one["source"] for one in found),
        "fading_metric": fallen.get("metric"),
        "fading_change": fallen.get("change"),
    }


def _falling(measured: list[Record]) -> Iterator[Record]:
    """Yield the metrics that fell, each as the source tells it that measures most often."""
    enough = [
        one
        for one in measured
        if min(one["rows_now.28"], one["rows_then.28"]) >= MEASURED and one["then.28"] > 0
    ]
    often = sorted(
        enough, key=lambda one: (-one["rows_now.28"] - one["rows_then.28"], one["source"])
    )
    chosen = {one["metric"]: one for one in reversed(often)}
    for metric, one in chosen.items():
        change = 100 * (one["now.28"] / one["then.28"] - 1)
        if change < 0:
            yield {"metric": metric, "change": change}
