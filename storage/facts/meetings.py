"""Meetings that were held and that are booked: the kickoff, the last one and the next one."""

import polars as pl

from storage.facts.reading import Reading


async def meetings(reading: Reading) -> pl.LazyFrame:
    """Read when each account last met and meets next, and whether it had or has a kickoff."""
    found = reading.calendar.lazy().drop_nulls("booked_source")
    today, ahead = pl.lit(reading.window.day), pl.lit(reading.window.reader_day)
    kickoff = pl.col("kickoff").is_not_null()
    return found.select(
        "id",
        (today - pl.col("last").dt.date()).dt.total_days().alias("days_since_meeting"),
        (pl.col("next").dt.date() - ahead).dt.total_days().clip(0).alias("days_to_meeting"),
        pl.col("last").dt.date().fill_null(reading.window.day).alias("meetings_on"),
        pl.col("booked_source").alias("meetings_source"),
        pl.when(kickoff).then(True).alias("kickoff_booked"),
        pl.when(kickoff)
        .then(pl.min_horizontal(pl.col("kickoff").dt.date(), today))
        .alias("kickoff_on"),
        pl.when(kickoff).then(pl.col("booked_source")).alias("kickoff_source"),
    )
