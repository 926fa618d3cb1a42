"""The account itself and what it is worth."""

from datetime import date

import polars as pl
from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from storage.facts.columns import rows
from storage.facts.reading import Reading
from storage.facts.window import Window
from storage.tables import Contract, Csm, Customer, table

CONTRACTS = table(Contract)
CSMS = table(Csm)
CUSTOMERS = table(Customer)


async def account(session: AsyncSession, window: Window) -> pl.DataFrame:
    """Read name, owner, segment, age and next anniversary of each account."""
    statement = (
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
    names = ("id", "name", "owner_id", "owner_name", "segment", "industry", "use_case")
    found = await rows(
        session, statement, *names, "signed_up_on", "account_source", signed_up_on=pl.Date
    )
    age = (pl.lit(window.day) - pl.col("signed_up_on")).dt.total_days()
    return found.with_columns(
        age.alias("days_as_customer"),
        _to_anniversary(window.reader_day).alias("days_to_anniversary"),
        pl.col("signed_up_on").fill_null(window.day).alias("account_on"),
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


async def value(reading: Reading) -> pl.DataFrame:
    """Read each account's ARR and how it ranks in its owner's portfolio.

    Contracts in several currencies cannot be added up: then the account's own record counts, as it
    does where no contract tells. Accounts that nobody owns are one portfolio. Only the revenue of
    the owner's other accounts is looked at, and nothing else of them.
    """
    running = and_(
        CONTRACTS.c.customer_id == CUSTOMERS.c.id,
        CONTRACTS.c.starts_on <= reading.window.day,
        or_(CONTRACTS.c.ends_on.is_(None), CONTRACTS.c.ends_on >= reading.window.day),
        or_(CONTRACTS.c.cancelled_on.is_(None), CONTRACTS.c.cancelled_on > reading.window.day),
        CONTRACTS.c.trial.is_(False),
    )
    book = Window(reading.window.as_of)
    priced = case((CONTRACTS.c.arr.is_not(None), CONTRACTS.c.currency))
    currency = case((func.min(priced) == func.max(priced), func.min(priced)))
    total = case((currency.is_not(None), func.sum(CONTRACTS.c.arr)))
    statement = (
        select(
            CUSTOMERS.c.id,
            CUSTOMERS.c.csm_id,
            func.coalesce(total, CUSTOMERS.c.arr),
            func.coalesce(currency, CUSTOMERS.c.currency),
            func.max(CONTRACTS.c.starts_on),
            func.coalesce(func.max(CONTRACTS.c.source), CUSTOMERS.c.source),
        )
        .join(CONTRACTS, running, isouter=True)
        .where(*book.conditions(), _of_their_owners(reading.window))
        .group_by(
            CUSTOMERS.c.id,
            CUSTOMERS.c.csm_id,
            CUSTOMERS.c.arr,
            CUSTOMERS.c.currency,
            CUSTOMERS.c.source,
        )
    )
    names = ("id", "owner_id", "arr", "currency", "value_on", "value_source")
    found = await rows(reading.session, statement, *names)
    known = pl.col("arr").is_not_null()
    return found.with_columns(
        (pl.col("arr").rank("max").over("owner_id") / pl.col("arr").count().over("owner_id")).alias(
            "arr_rank"
        ),
        pl.when(known).then(pl.col("value_on").fill_null(reading.window.day)).alias("value_on"),
        pl.when(known).then(pl.col("value_source")).alias("value_source"),
    ).drop("owner_id")


def _of_their_owners(window: Window) -> ColumnElement[bool]:
    """Keep the accounts whose owner has one in question."""
    if window.is_whole:
        return true()
    owners = select(CUSTOMERS.c.csm_id).where(*window.conditions())
    unowned = CUSTOMERS.c.csm_id.is_(None)
    any_unowned = window.customers.where(unowned).correlate(None).exists()
    return or_(CUSTOMERS.c.csm_id.in_(owners), and_(unowned, any_unowned))
