"""Signals of the first weeks: a kickoff that is not booked, and the weeks to look at progress."""

import polars as pl

from core.signals.signal import Signal, ramp
from core.wording import count

KICKOFF_MISSING = Signal(
    name="kickoff_missing",
    label="Kickoff booked",
    trigger="it has been a customer for {full} days at most, and no kickoff is booked",
    facts=("kickoff_booked", "days_as_customer"),
    when=lambda at: (
        ~pl.col("kickoff_booked") & pl.col("days_as_customer").is_between(0, at["full"])
    ),
    strength=lambda at: 0.6 + 0.4 * ramp("days_as_customer", at),
    weight=0.8,
    value="No",
    says=lambda row: (
        f"A customer for {count(row['days_as_customer'], 'day')}, and no kickoff is booked yet."
    ),
    clears="the kickoff were booked",
    example={"kickoff_booked": False, "days_as_customer": 9},
    limits={"from": 0, "full": 21},
)

CHECKPOINT_DUE = Signal(
    name="checkpoint_due",
    label="Onboarding week",
    trigger=("it has been a customer for {first}, {second} or {third} days, give or take {around}"),
    facts=("days_as_customer",),
    when=lambda at: pl.any_horizontal(
        [
            (pl.col("days_as_customer") - at[name]).abs() <= at["around"]
            for name in ("first", "second", "third")
        ]
    ),
    strength=lambda _: pl.lit(0.8),
    weight=0.7,
    value=lambda row: f"week {round(row['days_as_customer'] / 7)}",
    says=lambda row: (
        f"It is week {round(row['days_as_customer'] / 7)} of their onboarding "
        f"(day {row['days_as_customer']})."
    ),
    clears="the checkpoint had taken place",
    example={"days_as_customer": 28},
    limits={"first": 14, "second": 28, "third": 56, "around": 3},
)
