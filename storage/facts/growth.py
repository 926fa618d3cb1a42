"""Expansion opportunities and risks that are open."""

from typing import Any

import polars as pl
from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.facts.window import Window, newest, rows
from storage.tables import Opportunity, RiskSignal, table

OPPORTUNITIES = table(Opportunity)
RISKS = table(RiskSignal)


async def opportunity(session: AsyncSession, window: Window) -> pl.DataFrame:
    """Read the open expansion opportunities; where they are kept at all, none means zero."""
    feed = await newest(session, (OPPORTUNITIES.c.opened_on, OPPORTUNITIES.c.closed_on), window.day)
    accounts = await rows(session, window.customers, "id")
    if feed is None:
        return accounts
    found = await rows(session, _open_deals(window), "id", "name", "amount", "source", amount=_F)
    counted = (
        found.sort("amount", "name", descending=[True, False], nulls_last=True)
        .group_by("id", maintain_order=True)
        .agg(
            pl.len().cast(pl.Int64).alias("open_opportunities"),
            pl.col("name").first().alias("opportunity"),
            pl.col("amount").drop_nulls().sum().alias("opportunity_amount"),
            pl.col("source").first().alias("opportunity_source"),
        )
    )
    return accounts.join(counted, on="id", how="left").with_columns(
        pl.col("open_opportunities").fill_null(0), pl.lit(feed).alias("opportunity_on")
    )


async def risk(session: AsyncSession, window: Window) -> pl.DataFrame:
    """Read the risk signals that are not cleared; where any are kept, none means zero."""
    feed = await newest(session, (RISKS.c.raised_at,), window.as_of)
    accounts = await rows(session, window.customers, "id")
    if feed is None:
        return accounts
    statement = select(RISKS.c.customer_id, RISKS.c.severity, RISKS.c.source).where(
        RISKS.c.customer_id.in_(window.customers),
        RISKS.c.raised_at <= window.as_of,
        or_(RISKS.c.cleared_at.is_(None), RISKS.c.cleared_at > window.as_of),
    )
    found = await rows(session, statement, "id", "severity", "source")
    counted = found.group_by("id").agg(
        pl.len().cast(pl.Int64).alias("open_risks"),
        (pl.col("severity") == "critical").sum().cast(pl.Int64).alias("critical_risks"),
        pl.col("source").first().alias("risk_source"),
    )
    return accounts.join(counted, on="id", how="left").with_columns(
        pl.col("open_risks", "critical_risks").fill_null(0), pl.lit(feed).alias("risk_on")
    )


_F = pl.Float64


def _open_deals(window: Window) -> Select[Any]:
    return select(
        OPPORTUNITIES.c.customer_id,
        OPPORTUNITIES.c.name,
        OPPORTUNITIES.c.amount,
        OPPORTUNITIES.c.source,
    ).where(
        OPPORTUNITIES.c.customer_id.in_(window.customers),
        or_(OPPORTUNITIES.c.opened_on.is_(None), OPPORTUNITIES.c.opened_on <= window.day),
        or_(OPPORTUNITIES.c.closed_on.is_(None), OPPORTUNITIES.c.closed_on > window.day),
        or_(OPPORTUNITIES.c.won.is_(None), OPPORTUNITIES.c.closed_on > window.day),
    )
