"""Expansion opportunities and risks that are open."""

from typing import Any

import polars as pl
from sqlalchemy import Select, or_, select

from storage.facts.columns import MOMENT
from storage.facts.reading import Reading
from storage.facts.window import Scope
from storage.tables import Opportunity, RiskSignal, table

OPPORTUNITIES = table(Opportunity)
RISKS = table(RiskSignal)

SEVERITIES = {"low": 1, "medium": 2, "high": 3, "critical": 4}


async def opportunity(reading: Reading) -> pl.LazyFrame | None:
    """Count the open expansion opportunities of each account that has any."""
    found = await reading.book.rows(_open_deals, "id", "name", "amount", "source", amount=_F)
    if found.is_empty():
        return None
    return (
        found.lazy()
        .sort("amount", "name", descending=[True, False], nulls_last=True)
        .group_by("id", maintain_order=True)
        .agg(
            pl.len().cast(pl.Int64).alias("open_opportunities"),
            pl.col("name").first().alias("opportunity"),
            _total("amount").alias("opportunity_amount"),
            pl.col("source").first().alias("opportunity_source"),
        )
    )


async def risk(reading: Reading) -> pl.LazyFrame | None:
    """Count the risk signals of each account that are not cleared, and name the most severe."""
    names = ("id", "severity", "source", "description", "raised_at")
    found = await reading.book.rows(_open_risks, *names, raised_at=MOMENT)
    if found.is_empty():
        return None
    severe = pl.col("severity").replace_strict(SEVERITIES, default=0, return_dtype=pl.Int8)
    ordered = found.lazy().sort(severe, "raised_at", "description", descending=[True, True, False])
    return ordered.group_by("id", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("open_risks"),
        (severe >= SEVERITIES["high"]).sum().cast(pl.Int64).alias("serious_risks"),
        (pl.col("severity") == "critical").sum().cast(pl.Int64).alias("critical_risks"),
        pl.col("description").first().alias("top_risk"),
        pl.col("source").first().alias("risk_source"),
    )


_F = pl.Float64


def _total(column: str) -> pl.Expr:
    """Add up what is known; where nothing is, the total is not known either."""
    return pl.when(pl.col(column).count() > 0).then(pl.col(column).sum())


def _open_deals(window: Scope) -> Select[Any]:
    return select(
        OPPORTUNITIES.c.customer_id,
        OPPORTUNITIES.c.name,
        OPPORTUNITIES.c.amount,
        OPPORTUNITIES.c.source,
    ).where(
        window.of(OPPORTUNITIES.c.customer_id),
        OPPORTUNITIES.c.kind != "new",  # wins a customer, and grows none
        or_(OPPORTUNITIES.c.opened_on.is_(None), OPPORTUNITIES.c.opened_on <= window.day),
        or_(OPPORTUNITIES.c.closed_on.is_(None), OPPORTUNITIES.c.closed_on > window.day),
        or_(OPPORTUNITIES.c.won.is_(None), OPPORTUNITIES.c.closed_on > window.day),
    )


def _open_risks(window: Scope) -> Select[Any]:
    return select(
        RISKS.c.customer_id,
        RISKS.c.severity,
        RISKS.c.source,
        RISKS.c.description,
        RISKS.c.raised_at,
    ).where(
        window.of(RISKS.c.customer_id),
        RISKS.c.raised_at <= window.as_of,
        or_(RISKS.c.cleared_at.is_(None), RISKS.c.cleared_at > window.as_of),
    )
