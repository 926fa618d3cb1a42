"""What the calendar holds: renewals and QBRs."""

from datetime import timedelta
from typing import Any

import polars as pl
from sqlalchemy import Select, bindparam, or_, select

from storage.facts.columns import MOMENT, first_of_each
from storage.facts.reading import Reading
from storage.facts.window import Scope
from storage.tables import Meeting, Renewal, UtcDateTime, table

MEETINGS = table(Meeting)
RENEWALS = table(Renewal)

OVERDUE_DAYS = 30
"""A renewal that is still open so long after its day counts; an older one is a forgotten row."""

WON_EARLY_DAYS = 120
"""A renewal that was won so long before a contract's end, or later, is the one of that contract."""

PREPARATION_DAYS = 30
"""A preparation meeting belongs to a QBR that follows within so many days."""

DAYS_A_MONTH = 30.4375

_RENEWS = ("id", "renewal_on", "renewals_on", "renewals_source")


async def renewals(reading: Reading) -> pl.LazyFrame:
    """Read when each account renews: its next open renewal or end of a running contract.

    A contract whose renewal is won already does not come up again.
    """
    planned = await reading.book.rows(_open_renewals, *_RENEWS)
    found = pl.concat([planned, await _ends_not_renewed(reading)])
    ahead = pl.col("renewal_on") - pl.lit(reading.window.reader_day)
    return first_of_each(found, "renewal_on").with_columns(
        ahead.dt.total_days().alias("days_to_renewal"),
        pl.col("renewals_on").fill_null(reading.window.day),
    )


async def contract(reading: Reading) -> pl.LazyFrame:
    """Read the agreed length of the running contract, of several the one that ends first."""
    found = reading.contracts.drop_nulls("ends")
    months = (pl.col("ends") - pl.col("starts")).dt.total_days() / DAYS_A_MONTH
    return first_of_each(found, "ends", "starts").select(
        "id",
        months.round().cast(pl.Int64).alias("contract_months"),
        pl.col("starts").alias("contract_on"),
        pl.col("source").alias("contract_source"),
    )


async def qbr(reading: Reading) -> pl.LazyFrame | None:
    """Read each account's next QBR and what is ready for it."""
    names = ("id", "starts", "booked", "qbr_objectives", "qbr_deck", "qbr_source")
    found = await reading.book.rows(_next_qbrs, *names, starts=MOMENT, booked=MOMENT)
    if found.is_empty():
        return None
    following = first_of_each(found, "starts")
    since = reading.window.as_of - timedelta(days=PREPARATION_DAYS)
    book = reading.book.given(since=since)
    prepared = await book.rows(_preparations, "id", "prepared", prepared=MOMENT)
    booked = prepared.lazy().join(following, on="id")
    gap = (pl.col("starts") - pl.col("prepared")).dt.total_days()
    ready = booked.filter(gap.is_between(0, PREPARATION_DAYS)).select("id").unique()
    day = pl.col("starts").dt.date()
    return following.join(ready.with_columns(prepared=pl.lit(True)), on="id", how="left").select(
        "id",
        "qbr_objectives",
        "qbr_deck",
        "qbr_source",
        day.alias("next_qbr_on"),
        (day - pl.lit(reading.window.reader_day)).dt.total_days().alias("days_to_qbr"),
        pl.col("prepared").fill_null(False).alias("qbr_prep_booked"),
        pl.col("booked").dt.date().fill_null(reading.window.day).alias("qbr_on"),
    )


def _open_renewals(window: Scope) -> Select[Any]:
    return select(
        RENEWALS.c.customer_id,
        RENEWALS.c.renews_on,
        RENEWALS.c.opened_on,
        RENEWALS.c.source,
    ).where(
        window.of(RENEWALS.c.customer_id),
        RENEWALS.c.renews_on >= window.before(OVERDUE_DAYS),
        or_(RENEWALS.c.opened_on.is_(None), RENEWALS.c.opened_on <= window.day),
        or_(RENEWALS.c.closed_on.is_(None), RENEWALS.c.closed_on > window.day),
    )


async def _ends_not_renewed(reading: Reading) -> pl.DataFrame:
    """Read where running contracts end, but for those whose renewal is won already."""
    ends = reading.contracts.drop_nulls("ends").select(
        "id",
        pl.col("ends").alias("renewal_on"),
        pl.col("starts").alias("renewals_on"),
        pl.col("source").alias("renewals_source"),
    )
    won = await reading.book.rows(_won, "id", "won_on", won_on=pl.Date)
    early = pl.col("renewal_on") - pl.duration(days=WON_EARLY_DAYS)
    within_term = (pl.col("won_on") > pl.col("renewals_on")) & (pl.col("won_on") >= early)
    renewed = ends.join(won, on="id").filter(within_term)
    return ends.join(renewed, on=["id", "renewal_on"], how="anti")


def _won(window: Scope) -> Select[Any]:
    return select(RENEWALS.c.customer_id, RENEWALS.c.closed_on).where(
        window.of(RENEWALS.c.customer_id),
        RENEWALS.c.won.is_(True),
        RENEWALS.c.closed_on <= window.day,
    )


def _planned(window: Scope, kind: str) -> tuple[Any, ...]:
    return (
        window.of(MEETINGS.c.customer_id),
        MEETINGS.c.kind == kind,
        MEETINGS.c.cancelled.is_(False),
        or_(MEETINGS.c.booked_at.is_(None), MEETINGS.c.booked_at <= window.as_of),
    )


def _next_qbrs(window: Scope) -> Select[Any]:
    return select(
        MEETINGS.c.customer_id,
        MEETINGS.c.starts_at,
        MEETINGS.c.booked_at,
        MEETINGS.c.objectives_gathered,
        MEETINGS.c.deck_status,
        MEETINGS.c.source,
    ).where(*_planned(window, "qbr"), MEETINGS.c.starts_at > window.as_of)


def _preparations(window: Scope) -> Select[Any]:
    since = bindparam("since", type_=UtcDateTime())
    return select(MEETINGS.c.customer_id, MEETINGS.c.starts_at).where(
        *_planned(window, "qbr_prep"), MEETINGS.c.starts_at >= since
    )
