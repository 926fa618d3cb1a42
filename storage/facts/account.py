"""The account itself and what it is worth."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from math import fsum
from typing import Any

import polars as pl
from sqlalchemy import Select, select

from storage.facts.alone import Alone, Price, days
from storage.facts.columns import Book, Record, query
from storage.facts.contracts import of_their_owners
from storage.facts.reading import Reading
from storage.facts.window import CUSTOMERS, Scope
from storage.tables import Csm, table

CSMS = table(Csm)


async def account(book: Book) -> pl.DataFrame:
    """Read name, owner, segment, age and next anniversary of each account."""
    found = await book.rows(ACCOUNTS)
    age = (pl.lit(book.window.day) - pl.col("signed_up_on")).dt.total_days()
    return found.with_columns(
        age.alias("days_as_customer"),
        _to_anniversary(book.window.reader_day).alias("days_to_anniversary"),
        pl.col("signed_up_on").fill_null(book.window.day).alias("account_on"),
    ).drop("signed_up_on")


async def account_alone(book: Book) -> Record | None:
    """Read the same of one account; None when it is no customer on that day."""
    found = await book.records(ACCOUNTS)
    if not found:
        return None
    (one,) = found
    since = one.pop("signed_up_on")
    return one | {
        "days_as_customer": days(book.window.day, since),
        "days_to_anniversary": since and _days_to_anniversary(since, book.window.reader_day),
        "account_on": since or book.window.day,
    }


def _days_to_anniversary(since: date, today: date) -> int | None:
    if _after(since, months=11) > today:
        return None
    this_year, following = (
        _after(since, months=12 * (today.year + more - since.year)) for more in (0, 1)
    )
    return ((this_year if this_year >= today else following) - today).days


def _after(day: date, *, months: int) -> date:
    """Return the same day so many months later; where a month has no such day, its last."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


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
    recorded = await reading.book.rows(RECORDED)
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
    # Where Polars divides by one number, it multiplies by its inverse: 49 of 49 are less than 1.
    rank = pl.col("arr").rank("max").over("owner_id") / pl.col("arr").count().over("owner_id")
    return found.select(
        *("id", "arr", "currency"),
        rank.alias("arr_rank"),
        pl.when(known).then(pl.col("agreed_on").fill_null(reading.window.day)).alias("value_on"),
        pl.when(known).then(pl.col("value_source")).alias("value_source"),
    )


async def value_alone(reading: Alone) -> Record:
    """Read the same of one account, whose owner's accounts are the only ones looked at."""
    found = {one[0]: one for one in await reading.book.found(RECORDED)}
    if reading.account not in found:
        return {}
    _, _, recorded, currency, source = found[reading.account]
    arr, currency = _agreed_alone(reading.prices.get(reading.account, ())) or (recorded, currency)
    if arr is None:
        return {"currency": currency}
    worth = [_worth(reading.prices.get(id, ()), of) for id, _, of, _, _ in found.values()]
    known = [one for one in worth if one is not None]
    starts, sources = ([one[name] for one in reading.contracts] for name in ("starts", "source"))
    return {
        "arr": arr,
        "currency": currency,
        "arr_rank": sum(one <= arr for one in known) / len(known),
        "value_on": max(starts, default=reading.window.day),
        "value_source": max(sources, default=source),
    }


def _worth(prices: Sequence[Price], recorded: float | None) -> float | None:
    """Return an account's ARR: as agreed, else as its record says."""
    agreed = _agreed_alone(prices)
    return recorded if agreed is None else agreed[0]


def _agreed_alone(prices: Sequence[Price]) -> Price | None:
    """Add up an account's prices, where they are of one currency."""
    if len(prices) == 1:
        return prices[0]
    currencies = {currency for _, currency in prices}
    if len(currencies) != 1:
        return None
    return fsum(arr for arr, _ in prices), currencies.pop()


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


ACCOUNTS = query(
    _accounts,
    *("id", "name", "owner_id", "owner_name", "segment", "industry", "use_case", "signed_up_on"),
    "account_source",
    signed_up_on=pl.Date,
)
RECORDED = query(_recorded, "id", "owner_id", "arr", "currency", "value_source")
