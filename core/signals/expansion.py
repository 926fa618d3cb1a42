"""Signals of growth: what the account may want more of."""

import polars as pl

from core.signals.signal import Signal, ramp
from core.wording import Row, count, money

OPEN_OPPORTUNITY = Signal(
    name="open_opportunity",
    label="Expansion opportunity",
    trigger="expansion opportunities are open ({from} or more)",
    facts=("open_opportunities", "opportunity"),
    when=lambda at: pl.col("open_opportunities") >= at["from"],
    strength=lambda at: 0.5 + 0.5 * ramp("open_opportunities", at),
    weight=0.5,
    value=lambda row: _worth(row) or count(row["open_opportunities"], "deal"),
    says=lambda row: (
        "Expansion opportunity identified "
        f"({', '.join(filter(None, (row['opportunity'], _worth(row))))})."
    ),
    clears="the opportunity were closed",
    example={"open_opportunities": 1, "opportunity": "30 seats", "opportunity_amount": 30_000.0},
    limits={"from": 1, "full": 3},
)

WHITE_SPACE = Signal(
    name="white_space",
    label="White space",
    trigger="nobody of one department signs in, while people of others do ({from} or more)",
    facts=("idle_department", "departments_active"),
    when=lambda at: pl.col("departments_active") >= at["from"],
    strength=lambda at: 0.5 + 0.5 * ramp("departments_active", at),
    weight=0.6,
    value=lambda row: row["idle_department"],
    says=lambda row: (
        f"Nobody in {row['idle_department']} signed in for 90 days, while people in "
        f"{count(row['departments_active'], 'other department')} did."
    ),
    clears="somebody in {idle_department} signed in",
    example={"idle_department": "Finance", "departments_active": 2},
    limits={"from": 1, "full": 4},
)


def _worth(row: Row) -> str:
    """What the open opportunities are worth together; empty when no amount is known."""
    amount = row.get("opportunity_amount")
    return money(amount, row.get("currency") or "USD") if amount else ""
