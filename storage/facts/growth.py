"""Expansion opportunities and risks that are open."""

from math import fsum
from typing import Any

import polars as pl
from sqlalchemy import Select, or_, select

from storage.facts.alone import Alone, newest_first
from storage.facts.columns import MOMENT, Record, query
from storage.facts.reading import Reading
from storage.facts.window import Scope
from storage.tables import Opportunity, RiskSignal, table

OPPORTUNITIES = table(Opportunity)
RISKS = table(RiskSignal)

SEVERITIES = {"low": 1, "medium": 2, "high": 3, "critical": 4}


async def opportunity(reading: Reading) -> pl.LazyFrame | None:
    """Count the open expansion opportunities of each account that has any."""
    found = await reading.book.rows(OPEN_DEALS)
    if found.is_empty():
        return None
    return (
        found.lazy()
        .sort("amount", "name", "source", descending=[True, False, False], nulls_last=True)
        .group_by("id", maintain_order=True)
        .agg(
            pl.len().cast(pl.Int64).alias("open_opportunities"),
            pl.col("name").first().alias("opportunity"),
            _total("amount").alias("opportunity_amount"),
            pl.col("source").first().alias("opportunity_source"),
        )
    )


async def opportunity_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    found = await reading.book.records(OPEN_DEALS)
    if not found:
        return {}
    amounts = [one["amount"] for one in found if one["amount"] is not None]
    largest = min(
        found,
        key=lambda one: (
            one["amount"] is None,
            -(one["amount"] or 0),
            one["name"],
            one["source"],
        ),
    )
    return {
        "open_opportunities": len(found),
        "opportunity": largest["name"],
        "opportunity_amount": fsum(amounts) if amounts else None,
        "opportunity_source": largest["source"],
    }


async def risk(reading: Reading) -> pl.LazyFrame | None:
    """Count the risk signals of each account that are not cleared, and name the most severe."""
    found = await reading.book.rows(OPEN_RISKS)
    if found.is_empty():
        return None
    severe = pl.col("severity").replace_strict(SEVERITIES, default=0, return_dtype=pl.Int8)
    ordered = found.lazy().sort(
        *(severe, "raised_at", "description", "source"), descending=[True, True, False, False]
    )
    return ordered.group_by("id", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("open_risks"),
        (severe >= SEVERITIES["high"]).sum().cast(pl.Int64).alias("serious_risks"),
        (pl.col("severity") == "critical").sum().cast(pl.Int64).alias("critical_risks"),
        pl.col("description").first().alias("top_risk"),
        pl.col("source").first().alias("risk_source"),
    )


async def risk_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    found = await reading.book.records(OPEN_RISKS)
    if not found:
        return {}
    severe = [SEVERITIES.get(one["severity"], 0) for one in found]
    newest = newest_first("raised_at")
    top = min(
        found,
        key=lambda one: (
            -SEVERITIES.get(one["severity"], 0),
            newest(one),
            one["description"],
            one["source"],
        ),
    )
    return {
        "open_risks": len(found),
        "serious_risks": sum(one >= SEVERITIES["high"] for one in severe),
        "critical_risks": sum(one["severity"] == "critical" for one in found),
        "top_risk": top["description"],
        "risk_source": top["source"],
    }


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


OPEN_DEALS = query(_open_deals, "id", "name", "amount", "source", amount=pl.Float64)
OPEN_RISKS = query(
    _open_risks, "id", "severity", "source", "description", "raised_at", raised_at=MOMENT
)
