"""Support tickets: how many are open, how urgent, how old."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select, union_all

from storage.facts.alone import Alone, day_of, days
from storage.facts.columns import MOMENT, Book, Record, first_of_each, query
from storage.facts.reading import Reading
from storage.facts.window import Scope
from storage.tables import Ticket, UtcDateTime, table

TICKETS = table(Ticket)

URGENT = ("high", "urgent")
MONTH = 30.0
HALF_A_YEAR = 180.0
SPAN = MONTH + HALF_A_YEAR

END_OF_TIME = datetime.max.replace(tzinfo=UTC)


async def support(reading: Reading) -> pl.LazyFrame:
    """Count the tickets of each account that has open or recent ones."""
    until = reading.feeds.until("support")
    found = await _counted_from(reading.book, until).rows(COUNTS)
    newest = await reading.book.rows(OPEN)
    subjects = first_of_each(newest, "opened", "ticket_subject", descending=True)
    age = (pl.lit(until) - pl.col("oldest").dt.date()).dt.total_days()
    return (
        found.lazy()
        .with_columns(age.alias("oldest_ticket_days"))
        .drop("oldest")
        .join(subjects.drop("opened"), on="id", how="left")
    )


async def support_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    until = reading.feeds.until("support")
    counted = await _counted_from(reading.book, until).records(COUNTS)
    subject = _newest_subject(await reading.book.records(OPEN))
    if not counted:
        return {}
    (one,) = counted
    return one | {
        "oldest_ticket_days": days(until, day_of(one.pop("oldest"))),
        "ticket_subject": subject,
    }


def _newest_subject(tickets: list[Record]) -> str | None:
    """Return the subject of the newest ticket; of several the one without, else the last."""
    newest = max((one["opened"] for one in tickets), default=None)
    subjects = [one["ticket_subject"] for one in tickets if one["opened"] == newest]
    return max(subjects, default=None) if None not in subjects else None


def _counted_from(book: Book, until: date) -> Book:
    """Count tickets back from a day."""
    recent, known = (_midnight(until - timedelta(days=back)) for back in (MONTH, SPAN))
    return book.given(recent=recent, known=known)


def _counts(window: Scope) -> Select[Any]:
    """Count open, urgent, recent and earlier tickets, and find the oldest open one."""
    opened = TICKETS.c.opened_at
    recent, known = (bindparam(name, type_=UtcDateTime()) for name in ("recent", "known"))
    is_open = _is_open(window)
    return (
        select(
            TICKETS.c.customer_id,
            func.count().filter(is_open),
            func.count().filter(is_open, TICKETS.c.priority.in_(URGENT)),
            func.count().filter(opened >= recent),
            func.count().filter(opened < recent, opened >= known) * MONTH / HALF_A_YEAR,
            func.min(opened).filter(is_open),
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
    # With an end to it, SQLite takes this range for a narrower one than that of `opened_at`.
    later = TICKETS.c.closed_at > window.as_of, TICKETS.c.closed_at <= END_OF_TIME
    open_still, closed_later = (
        select(TICKETS.c.customer_id, TICKETS.c.opened_at, TICKETS.c.subject).where(
            window.of(TICKETS.c.customer_id), *closed, TICKETS.c.opened_at <= window.as_of
        )
        for closed in ((TICKETS.c.closed_at.is_(None),), later)
    )
    both = union_all(open_still, closed_later).subquery()
    return select(both)


def _is_open(window: Scope) -> ColumnElement[bool]:
    return or_(TICKETS.c.closed_at.is_(None), TICKETS.c.closed_at > window.as_of)


def _midnight(before: date) -> datetime:
    """The moment at which the day after another one begins."""
    return datetime.combine(before + timedelta(days=1), time(), UTC)


COUNTS = query(
    _counts,
    *("id", "open_tickets", "urgent_tickets", "tickets_30d", "tickets_usual", "oldest"),
    "support_source",
    oldest=MOMENT,
)
OPEN = query(_open, "id", "opened", "ticket_subject", opened=MOMENT)
