"""Support tickets: how many are open, how urgent, how old."""

from datetime import UTC, datetime, time, timedelta

import polars as pl
from sqlalchemy import or_, select

from storage.facts.reading import Reading
from storage.facts.window import rows
from storage.tables import Ticket, table

TICKETS = table(Ticket)

URGENT = ("high", "urgent")
MONTH = 30
HALF_A_YEAR = 180


async def support(reading: Reading) -> pl.DataFrame:
    """Count the tickets of each account that has open or recent ones."""
    until = reading.feeds.until("support")
    recent = datetime.combine(until - timedelta(days=MONTH + HALF_A_YEAR), time(), UTC)
    moment = pl.Datetime("us", "UTC")
    statement = select(
        TICKETS.c.customer_id,
        TICKETS.c.opened_at,
        TICKETS.c.closed_at,
        TICKETS.c.priority,
        TICKETS.c.subject,
        TICKETS.c.source,
    ).where(
        TICKETS.c.customer_id.in_(reading.window.customers),
        TICKETS.c.opened_at <= reading.window.as_of,
        or_(
            TICKETS.c.opened_at >= recent,
            TICKETS.c.closed_at.is_(None),
            TICKETS.c.closed_at > reading.window.as_of,
        ),
    )
    names = ("id", "opened", "closed", "priority", "subject", "source")
    found = await rows(reading.session, statement, *names, opened=moment, closed=moment)
    is_open = pl.col("closed").is_null() | (pl.col("closed") > pl.lit(reading.window.as_of))
    age = (pl.lit(until) - pl.col("opened").dt.date()).dt.total_days()
    return (
        found.sort("opened", "subject", descending=True)
        .group_by("id", maintain_order=True)
        .agg(
            is_open.sum().cast(pl.Int64).alias("open_tickets"),
            (is_open & pl.col("priority").is_in(URGENT))
            .sum()
            .cast(pl.Int64)
            .alias("urgent_tickets"),
            (age < MONTH).sum().cast(pl.Int64).alias("tickets_30d"),
            (age.is_between(MONTH, MONTH + HALF_A_YEAR - 1).sum() * MONTH / HALF_A_YEAR).alias(
                "tickets_usual"
            ),
            age.filter(is_open).max().alias("oldest_ticket_days"),
            pl.col("subject").filter(is_open).first().alias("ticket_subject"),
            pl.col("source").first().alias("support_source"),
        )
    )
