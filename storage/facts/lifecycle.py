"""What the calendar holds: renewals and QBRs."""

from datetime import date, timedelta
from typing import Any

import polars as pl
from sqlalchemy import Select, bindparam, or_, select

from storage.facts.alone import Alone, day_of, days, first
from storage.facts.columns import MOMENT, Book, Record, first_of_each, query
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


async def renewals(reading: Reading) -> pl.LazyFrame:
    """Read when each account renews: its next open renewal or end of a running contract.

    A contract whose renewal is won already does not come up again.
    """
    planned = await reading.book.rows(OPEN_RENEWALS)
    found = pl.concat([planned, await _ends_not_renewed(reading)])
    ahead = pl.col("renewal_on") - pl.lit(reading.window.reader_day)
    return first_of_each(found, "renewal_on").with_columns(
        ahead.dt.total_days().alias("days_to_renewal"),
        pl.col("renewals_on").fill_null(reading.window.day),
    )


async def renewals_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    planned = await reading.book.records(OPEN_RENEWALS)
    won = [one["won_on"] for one in await reading.book.records(WON)]
    ends = _ends_alone([one for one in reading.contracts if one["ends"]], won)
    found = first([*planned, *ends], lambda one: one["renewal_on"])
    if found is None:
        return {}
    return found | {
        "days_to_renewal": days(found["renewal_on"], reading.window.reader_day),
        "renewals_on": found["renewals_on"] or reading.window.day,
    }


def _ends_alone(ending: list[Record], won: list[date]) -> list[Record]:
    """Return where contracts end, but for those whose renewal is won already."""
    early = timedelta(days=WON_EARLY_DAYS)
    renewed = {
        one["ends"]
        for one in ending
        for day in won
        if day > one["starts"] and day >= one["ends"] - early
    }
    return [
        {
            "renewal_on": one["ends"],
            "renewals_on": one["starts"],
            "renewals_source": one["source"],
        }
        for one in ending
        if one["ends"] not in renewed
    ]


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


async def contract_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    ending = (one for one in reading.contracts if one["ends"])
    found = first(ending, lambda one: one["ends"], lambda one: one["starts"])
    if found is None:
        return {}
    return {
        "contract_months": round((found["ends"] - found["starts"]).days / DAYS_A_MONTH),
        "contract_on": found["starts"],
        "contract_source": found["source"],
    }


async def qbr(reading: Reading) -> pl.LazyFrame | None:
    """Read each account's next QBR and what is ready for it."""
    found = await reading.book.rows(NEXT_QBRS)
    if found.is_empty():
        return None
    following = first_of_each(found, "starts")
    prepared = await _since_before(reading.book).rows(PREPARATIONS)
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


async def qbr_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    following = first(await reading.book.records(NEXT_QBRS), lambda one: one["starts"])
    if following is None:
        return {}
    prepared = await _since_before(reading.book).records(PREPARATIONS)
    gaps = [_whole_days(following["starts"] - one["prepared"]) for one in prepared]
    day = following.pop("starts").date()
    return following | {
        "next_qbr_on": day,
        "days_to_qbr": days(day, reading.window.reader_day),
        "qbr_prep_booked": any(0 <= gap <= PREPARATION_DAYS for gap in gaps),
        "qbr_on": day_of(following.pop("booked")) or reading.window.day,
    }


def _since_before(book: Book) -> Book:
    """Look for preparations from so early on that they can belong to a QBR that is to come."""
    return book.given(since=book.window.as_of - timedelta(days=PREPARATION_DAYS))


def _whole_days(span: timedelta) -> int:
    """Count whole days, toward zero as Polars does."""
    return int(span / timedelta(days=1))


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
    won = await reading.book.rows(WON)
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


OPEN_RENEWALS = query(_open_renewals, "id", "renewal_on", "renewals_on", "renewals_source")
WON = query(_won, "id", "won_on", won_on=pl.Date)
NEXT_QBRS = query(
    _next_qbrs,
    *("id", "starts", "booked", "qbr_objectives", "qbr_deck", "qbr_source"),
    starts=MOMENT,
    booked=MOMENT,
)
PREPARATIONS = query(_preparations, "id", "prepared", prepared=MOMENT)
