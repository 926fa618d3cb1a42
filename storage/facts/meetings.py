"""Meetings that were held and that are booked: the kickoff, the last one and the next one."""

import polars as pl

from storage.facts.alone import Alone, day_of, days
from storage.facts.columns import Record
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


async def meetings_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    found, today = reading.calendar, reading.window.day
    if found["booked_source"] is None:
        return {}
    last, following, kickoff = (day_of(found[name]) for name in ("last", "next", "kickoff"))
    ahead = days(following, reading.window.reader_day)
    return {
        "days_since_meeting": days(today, last),
        "days_to_meeting": None if ahead is None else max(0, ahead),
        "meetings_on": last or today,
        "meetings_source": found["booked_source"],
        "kickoff_booked": kickoff and True,
        "kickoff_on": kickoff and min(kickoff, today),
        "kickoff_source": kickoff and found["booked_source"],
    }
