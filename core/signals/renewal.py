"""Signals of the contract: when it renews, and how long it runs."""

import polars as pl

from core.signals.signal import Signal, ramp
from core.wording import count

RENEWAL_NEAR = Signal(
    name="renewal_near",
    label="Days to renewal",
    trigger="the contract renews within {from} days",
    facts=("days_to_renewal",),
    when=lambda at: pl.col("days_to_renewal").is_between(0, at["from"]),
    strength=lambda at: 0.4 + 0.6 * ramp("days_to_renewal", at),
    weight=0.7,
    value=lambda row: count(row["days_to_renewal"], "day"),
    says=lambda row: f"Renewal in {count(row['days_to_renewal'], 'day')}.",
    clears="the renewal were signed",
    example={"days_to_renewal": 60},
    limits={"from": 90, "full": 14},
)

RENEWAL_AHEAD = Signal(
    name="renewal_ahead",
    label="Renewal ahead",
    trigger="the contract renews within {from} days",
    facts=("days_to_renewal",),
    when=lambda at: pl.col("days_to_renewal").is_between(0, at["from"]),
    strength=lambda at: 0.3 + 0.7 * ramp("days_to_renewal", at),
    weight=0.5,
    value=lambda row: count(row["days_to_renewal"], "day"),
    says=lambda row: f"Renewal in {count(row['days_to_renewal'], 'day')}.",
    clears="the renewal were signed",
    example={"days_to_renewal": 150},
    limits={"from": 180, "full": 60},
)

FEEDBACK_WINDOW = Signal(
    name="feedback_window",
    label="Time before renewal",
    trigger="the contract renews in {full} to {from} days",
    facts=("days_to_renewal",),
    when=lambda at: pl.col("days_to_renewal").is_between(at["full"], at["from"]),
    strength=lambda at: 0.5 + 0.5 * ramp("days_to_renewal", at),
    weight=0.5,
    value=lambda row: count(row["days_to_renewal"], "day"),
    says=lambda row: (
        f"Renewal in {count(row['days_to_renewal'], 'day')}, early enough to act on what they say."
    ),
    clears="the renewal were signed",
    example={"days_to_renewal": 120},
    limits={"from": 150, "full": 91},
)

SHORT_CONTRACT = Signal(
    name="short_contract",
    label="Contract term",
    trigger="the contract runs for {from} months at most",
    facts=("contract_months",),
    when=lambda at: pl.col("contract_months").is_between(1, at["from"]),
    strength=lambda _: pl.lit(1.0),
    weight=0.4,
    value=lambda row: count(row["contract_months"], "month"),
    says=lambda row: f"The contract runs for {count(row['contract_months'], 'month')}.",
    clears="the contract ran longer",
    example={"contract_months": 12},
    limits={"from": 12},
)
