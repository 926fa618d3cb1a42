"""Signals of growth: what the account may want more of."""

import polars as pl

from core.signals.signal import Signal, ramp
from core.wording import money

OPEN_OPPORTUNITY = Signal(
    name="open_opportunity",
    label="Expansion opportunity",
    facts=("opportunity_amount", "open_opportunities", "opportunity"),
    when=pl.col("open_opportunities") > 0,
    strength=0.5 + 0.5 * ramp("open_opportunities", 1, 3),
    weight=0.5,
    value=lambda row: money(row["opportunity_amount"], row.get("currency") or "USD"),
    says=lambda row: (
        f"Expansion opportunity identified ({row['opportunity']}, "
        f"{money(row['opportunity_amount'], row.get('currency') or 'USD')})."
    ),
    clears="the opportunity were closed",
    example={"open_opportunities": 1, "opportunity": "30 seats", "opportunity_amount": 30_000.0},
)
