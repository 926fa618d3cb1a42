"""The account itself and what it is worth."""

from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import Select, select

from storage.facts.columns import Book
from storage.facts.contracts import of_their_owners
from storage.facts.reading import Reading
from storage.facts.window import CUSTOMERS, Scope
from storage.tables import Csm, table

CSMS = table(Csm)


async def account(book: Book) -> pl.DataFrame:
    """Read name, owner, segment, age and next anniversary of each account."""
    names = ("id", "name", "owner_id", "owner_name", "segment", "industry", "use_case")
    found = await book.rows(
        _accounts, *names, "signed_up_on", "account_source", signed_up_on=pl.Date
    )
    age = (pl.lit(book.window.day) - pl.col("signed_up_on")).dt.total_days()
    return found.with_columns(
        age.alias("days_as_customer"),
        _to_anniversary(book.window.reader_day).alias("days_to_anniversary"),
        pl.col("signed_up_on").fill_null(book.window.day).alias("account_on"),
    ).drop("signed_up_on")


def _to_anniversary(today: date) -> pl.Expr:
    """Count the days to the next anniversary of sign-up; null where the first is far off."""
    since = pl.col("signed_up_on")
    this_year = _years_after(since, today.year - since.dt.year())
    following = _years_after(since, today.year + 1 - since.dt.year())
    day = pl.when(this_year >= today).then(this_year).otherwise(following)
    old_enough = since.dt.offset_by("11mo") <= today
    return pl.when(old_enough).then((day - today).dt.total_days())


def _years_after(day: pl.Expr, years: pl.Expr) -> pl.Expr:
    """Return the same day so many years later; after 29 February it is the 28th."""
    return day.dt.offset_by(pl.format("{}y", years))


async def value(reading: Reading) -> pl.LazyFrame:
    """Read each account's ARR and how it ranks in its owner's portfolio.

    Contracts in several currencies cannot be added up: then the account's own record counts, as it
    does where no contract tells. Accounts that nobody owns are one portfolio. Only the revenue of
    the owner's other accounts is looked at, and nothing else of them.
    """
    names = ("id", "owner_id", "arr", "currency", "value_source")
    recorded = await reading.book.rows(_recorded, *names)
    found = (
        recorded.lazy()
        .join(_agreed(reading.contracts.lazy()), on="id", how="left")
        .with_columns(
            pl.coalesce("total", "arr").alias("arr"),
            pl.coalesce("agreed_in", "currency").alias("currency"),
            pl.coalesce("agreed_source", "value_source").alias("value_source"),
        )
    )
    known = pl.col("arr").is_not_null()
    rank = pl.col("arr").rank("max") / pl.col("arr").count()
    return found.select(
        *("id", "arr", "currency"),
        rank.over("owner_id").alias("arr_rank"),
        pl.when(known).then(pl.col("agreed_on").fill_null(reading.window.day)).alias("value_on"),
        pl.when(known).then(pl.col("value_source")).alias("value_source"),
    )


def _agreed(contracts: pl.LazyFrame) -> pl.LazyFrame:
    """Add up each account's contracts, where those with a price are of one currency."""
    priced = pl.col("currency").filter(pl.col("arr").is_not_null())
    sums = contracts.group_by("id").agg(
        pl.col("arr").sum().alias("total"),
        priced.min().alias("agreed_in"),
        priced.max().alias("other"),
        pl.col("starts").max().alias("agreed_on"),
        pl.col("source").max().alias("agreed_source"),
    )
    one = pl.col("agreed_in") == pl.col("other")
    return sums.with_columns(
        pl.when(one).then("total").alias("total"), pl.when(one).then("agreed_in").alias("agreed_in")
    ).drop("other")


def _accounts(window: Scope) -> Select[Any]:
    return (
        select(
            CUSTOMERS.c.id,
            CUSTOMERS.c.name,
            CUSTOMERS.c.csm_id,
            CSMS.c.name,
            CUSTOMERS.c.segment,
            CUSTOMERS.c.industry,
            CUSTOMERS.c.use_case,
            CUSTOMERS.c.signed_up_on,
            CUSTOMERS.c.source,
        )
        .join(CSMS, CSMS.c.id == CUSTOMERS.c.csm_id, isouter=True)
        .where(*window.conditions())
    )


def _recorded(window: Scope) -> Select[Any]:
    return select(
        CUSTOMERS.c.id,
        CUSTOMERS.c.csm_id,
        CUSTOMERS.c.arr,
        CUSTOMERS.c.currency,
        CUSTOMERS.c.source,
    ).where(*window.customer(), of_their_owners(window))
