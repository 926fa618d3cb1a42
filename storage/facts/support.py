"""Support tickets: how many are open, how urgent, how old."""

import polars as pl
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.facts.window import Window, newest, rows
from storage.tables import Ticket, table

TICKETS = table(Ticket)

URGENT = ("high", "urgent")
MONTH = 30


async def support(session: AsyncSession, window: Window) -> pl.DataFrame:
    """Read the tickets of each account; where tickets are kept at all, none means zero."""
    feed = await newest(session, (TICKETS.c.opened_at, TICKETS.c.closed_at), window.as_of)
    accounts = await rows(session, window.customers, "id")
    if feed is None:
        return accounts
    until = pl.lit(window.until("support", feed))
    moment = pl.Datetime("us", "UTC")
    statement = select(
        TICKETS.c.customer_id,
        TICKETS.c.opened_at,
        TICKETS.c.closed_at,
        TICKETS.c.priority,
        TICKETS.c.subject,
        TICKETS.c.source,
    ).where(TICKETS.c.customer_id.in_(window.customers), TICKETS.c.opened_at <= window.as_of)
    names = ("id", "opened", "closed", "priority", "subject", "source")
    found = await rows(session, statement, *names, opened=moment, closed=moment)
    is_open = pl.col("closed").is_null() | (pl.col("closed") > pl.lit(window.as_of))
    age = (until - pl.col("opened").dt.date()).dt.total_days()
    counted = (
        found.sort("opened", "subject", descending=True)
        .group_by("id", maintain_order=True)
        .agg(
            is_open.sum().alias("open_tickets"),
            (is_open & pl.col("priority").is_in(URGENT)).sum().alias("urgent_tickets"),
            (age < MONTH).sum().alias("tickets_30d"),
            age.filter(is_open).max().alias("oldest_ticket_days"),
            pl.col("subject").filter(is_open).first().alias("ticket_subject"),
            pl.col("source").first().alias("support_source"),
        )
    )
    numbers = ("open_tickets", "urgent_tickets", "tickets_30d")
    return accounts.join(counted, on="id", how="left").with_columns(
        *(pl.col(name).cast(pl.Int64).fill_null(0) for name in numbers),
        pl.lit(feed).alias("support_on"),
    )
