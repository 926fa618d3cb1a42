"""Support tickets: how many are open, how urgent, how old."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select, union_all

from storage.facts.columns import MOMENT, first_of_each
from storage.facts.reading import Reading
from storage.facts.window import Scope
from storage.tables import Ticket, UtcDateTime, table

TICKETS = table(Ticket)

URGENT = ("high", "urgent")
MONTH = 30
HALF_A_YEAR = 180
SPAN = MONTH + HALF_A_YEAR


async def support(reading: Reading) -> pl.LazyFrame:
    """Count the tickets of each account that has open or recent ones."""
    until = reading.feeds.until("support")
    counts = ("open_tickets", "urgent_tickets", "tickets_30d", "earlier")
    names = ("id", *counts, "oldest", "support_source")
    types = {"earlier": pl.Int64(), "oldest": MOMENT}
    recent, known = (_midnight(until - timedelta(days=days)) for days in (MONTH, SPAN))
    book = reading.book.given(recent=recent, known=known)
    found = await book.rows(_counts, *names, **types)
    newest = await reading.book.rows(_open, "id", "opened", "ticket_subject", opened=MOMENT)
    subjects = first_of_each(newest, "opened", "ticket_subject", descending=True)
    age = (pl.lit(until) - pl.col("oldest").dt.date()).dt.total_days()
    return (
        found.lazy()
        .with_columns(
            (pl.col("earlier") * MONTH / HALF_A_YEAR).alias("tickets_usual"),
            age.alias("oldest_ticket_days"),
        )
        .drop("earlier", "oldest")
        .join(subjects.drop("opened"), on="id", how="left")
    )


def _counts(window: Scope) -> Select[Any]:
    """Count open, urgent, recent and earlier tickets, and find the oldest open one."""
    opened = TICKETS.c.opened_at
    recent, known = (bindparam(name, type_=UtcDateTime()) for name in ("recent", "known"))
    is_open = _is_open(window)
    return (
        select(
            TICKETS.c.customer_id,
            func.count(case((is_open, 1))),
            func.count(case((and_(is_open, TICKETS.c.priority.in_(URGENT)), 1))),
            func.count(case((opened >= recent, 1))),
            func.count(case((and_(opened < recent, opened >= known), 1))),
            func.min(case((is_open, opened))),
            func.max(TICKETS.c.source),
        )
        .where(
            window.of(TICKETS.c.customer_id),
            opened <= window.as_of,
            or_(opened >= known, is_open),
        )
        .group_by(TICKETS.c.customer_id)
    )


def _open(window: Scope) -> Select[Any]:
    """Select open tickets, each by the index of when they were closed."""
    open_still, closed_later = (
        select(TICKETS.c.customer_id, TICKETS.c.opened_at, TICKETS.c.subject).where(
            window.of(TICKETS.c.customer_id), closed, TICKETS.c.opened_at <= window.as_of
        )
        for closed in (TICKETS.c.closed_at.is_(None), TICKETS.c.closed_at > window.as_of)
    )
    both = union_all(open_still, closed_later).subquery()
    return select(both)


def _is_open(window: Scope) -> ColumnElement[bool]:
    return or_(TICKETS.c.closed_at.is_(None), TICKETS.c.closed_at > window.as_of)


def _midnight(before: date) -> datetime:
    """The moment at which the day after another one begins."""
    return datetime.combine(before + timedelta(days=1), time(), UTC)
