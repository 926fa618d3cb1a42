"""Meetings that were held and that are booked: the kickoff, the last one and the next one."""

from typing import Any

import polars as pl
from sqlalchemy import Select, and_, case, func, or_, select

from storage.facts.columns import MOMENT, rows
from storage.facts.reading import Reading
from storage.facts.window import Window
from storage.tables import Meeting, table

MEETINGS = table(Meeting)


async def meetings(reading: Reading) -> pl.DataFrame:
    """Read when each account last met and meets next, and whether it had or has a kickoff."""
    names = ("id", "last", "next", "kickoff", "source")
    moments = {"last": MOMENT, "next": MOMENT, "kickoff": MOMENT}
    found = await rows(reading.session, _held_and_booked(reading.window), *names, **moments)
    today, ahead = pl.lit(reading.window.day), pl.lit(reading.window.reader_day)
    kickoff = pl.col("kickoff").is_not_null()
    return found.select(
        "id",
        (today - pl.col("last").dt.date()).dt.total_days().alias("days_since_meeting"),
        (pl.col("next").dt.date() - ahead).dt.total_days().clip(0).alias("days_to_meeting"),
        pl.col("last").dt.date().fill_null(reading.window.day).alias("meetings_on"),
        pl.col("source").alias("meetings_source"),
        pl.when(kickoff).then(True).alias("kickoff_booked"),
        pl.when(kickoff)
        .then(pl.min_horizontal(pl.col("kickoff").dt.date(), today))
        .alias("kickoff_on"),
        pl.when(kickoff).then(pl.col("source")).alias("kickoff_source"),
    )


def _held_and_booked(window: Window) -> Select[Any]:
    held = MEETINGS.c.starts_at <= window.as_of
    return (
        select(
            MEETINGS.c.customer_id,
            func.max(case((held, MEETINGS.c.starts_at))),
            func.min(case((~held, MEETINGS.c.starts_at))),
            func.min(case((MEETINGS.c.kind == "kickoff", MEETINGS.c.starts_at))),
            func.max(MEETINGS.c.source),
        )
        .where(
            and_(
                window.of(MEETINGS.c.customer_id),
                MEETINGS.c.cancelled.is_(False),
                or_(MEETINGS.c.booked_at.is_(None), MEETINGS.c.booked_at <= window.as_of),
            )
        )
        .group_by(MEETINGS.c.customer_id)
    )
