"""What an account reached, and whether it was asked what it thinks."""

from datetime import date, timedelta
from typing import Any

import polars as pl
from sqlalchemy import Select, func, select

from storage.facts.alone import Alone, day_of, days, first, nulls_last
from storage.facts.columns import MOMENT, Record, first_of_each, query
from storage.facts.feeds import FEEDBACK_DAYS, Feeds
from storage.facts.reading import Reading
from storage.facts.window import Scope
from storage.tables import Activity, table

ACTIVITIES = table(Activity)


async def milestone(reading: Reading) -> pl.LazyFrame | None:
    """Read what each account reached last, and how long ago."""
    found = await reading.book.rows(MILESTONES)
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


async def milestone_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    found = first(await reading.book.records(MILESTONES), nulls_last("milestone"))
    if found is None:
        return {}
    on = day_of(found["at"])
    return {
        "milestone": found["milestone"],
        "days_since_milestone": days(reading.window.day, on),
        "milestone_on": on,
        "milestone_source": found["milestone_source"],
    }


async def feedback(reading: Reading) -> pl.LazyFrame:
    """Read which accounts were asked for feedback within half a year.

    That no one was asked is said by the frame, and only where the feed reaches back so far.
    """
    since = _asked_since(reading.feeds)
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


async def feedback_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    on = day_of(reading.talks["asked"])
    if on is None or on < _asked_since(reading.feeds):
        return {}
    return {
        "feedback_asked": True,
        "feedback_on": on,
        "feedback_source": reading.talks["asked_source"],
    }


def _asked_since(feeds: Feeds) -> date:
    return feeds.until("contact") - timedelta(days=FEEDBACK_DAYS)


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


MILESTONES = query(_milestones, "id", "at", "milestone", "milestone_source", at=MOMENT)
