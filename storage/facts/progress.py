"""What an account reached, and whether it was asked what it thinks."""

from datetime import timedelta
from typing import Any

import polars as pl
from sqlalchemy import Select, func, select

from storage.facts.columns import MOMENT, first_of_each
from storage.facts.feeds import FEEDBACK_DAYS
from storage.facts.reading import Reading
from storage.facts.window import Scope
from storage.tables import Activity, table

ACTIVITIES = table(Activity)


async def milestone(reading: Reading) -> pl.LazyFrame | None:
    """Read what each account reached last, and how long ago."""
    names = ("id", "at", "milestone", "milestone_source")
    found = await reading.book.rows(_milestones, *names, at=MOMENT)
    if found.is_empty():
        return None
    on = pl.col("at").dt.date()
    return first_of_each(found, "milestone", nulls_last=True).select(
        "id",
        "milestone",
        (pl.lit(reading.window.day) - on).dt.total_days().alias("days_since_milestone"),
        on.alias("milestone_on"),
        "milestone_source",
    )


async def feedback(reading: Reading) -> pl.LazyFrame:
    """Read which accounts were asked for feedback within half a year.

    That no one was asked is said by the frame, and only where the feed reaches back so far.
    """
    since = reading.feeds.until("contact") - timedelta(days=FEEDBACK_DAYS)
    on = pl.col("asked").dt.date()
    return (
        reading.talks.lazy()
        .filter(on >= since)
        .select(
            "id",
            pl.lit(True).alias("feedback_asked"),
            on.alias("feedback_on"),
            pl.col("asked_source").alias("feedback_source"),
        )
    )


def _milestones(window: Scope) -> Select[Any]:
    """Select each account's newest milestones."""
    reached = (ACTIVITIES.c.kind == "milestone", ACTIVITIES.c.occurred_at <= window.as_of)
    newest = (
        select(ACTIVITIES.c.customer_id, func.max(ACTIVITIES.c.occurred_at).label("at"))
        .where(window.of(ACTIVITIES.c.customer_id), *reached)
        .group_by(ACTIVITIES.c.customer_id)
        .subquery()
    )
    return select(
        newest.c.customer_id, newest.c.at, ACTIVITIES.c.subject, ACTIVITIES.c.source
    ).join(
        ACTIVITIES,
        (ACTIVITIES.c.customer_id == newest.c.customer_id)
        & (ACTIVITIES.c.kind == "milestone")
        & (ACTIVITIES.c.occurred_at == newest.c.at),
    )
