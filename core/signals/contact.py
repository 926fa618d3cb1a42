"""Signals of contact: who has gone quiet."""

import polars as pl

from core.signals.signal import Signal, ramp
from core.wording import Row, count, first_name

CHAMPION_SILENT = Signal(
    name="champion_silent",
    label="Champion silent",
    trigger="the champion has not signed in for {from} days or more",
    facts=("champion_silent_days", "champion"),
    when=lambda at: pl.col("champion_silent_days") >= at["from"],
    strength=lambda at: 0.6 + 0.4 * ramp("champion_silent_days", at),
    weight=0.8,
    value=lambda row: count(row["champion_silent_days"], "day"),
    says=lambda row: (
        f"{_champion(row)} hasn't logged in for {count(row['champion_silent_days'], 'day')}."
    ),
    clears="{champion_first} signed in again",
    example={"champion": "Sarah Lin", "champion_silent_days": 14},
    limits={"from": 14, "full": 42},
)

NO_CONTACT = Signal(
    name="no_contact",
    label="No contact",
    trigger="there was no meeting, call or e-mail for more than {from} days",
    facts=("days_since_contact",),
    when=lambda at: pl.col("days_since_contact") > at["from"],
    strength=lambda at: 0.5 + 0.5 * ramp("days_since_contact", at),
    weight=0.6,
    value=lambda row: count(row["days_since_contact"], "day"),
    says=lambda row: f"No meeting, call or e-mail for {count(row['days_since_contact'], 'day')}.",
    clears="somebody at {name} were in touch",
    example={"days_since_contact": 30},
    limits={"from": 21, "full": 60},
)

VALUE_UPDATE_DUE = Signal(
    name="value_update_due",
    label="Value update due",
    trigger="the last value update is more than {from} days old",
    facts=("days_since_value_update",),
    when=lambda at: pl.col("days_since_value_update") > at["from"],
    strength=lambda at: 0.5 + 0.5 * ramp("days_since_value_update", at),
    weight=0.5,
    value=lambda row: count(row["days_since_value_update"], "day"),
    says=lambda row: (
        f"The last value update was {count(row['days_since_value_update'], 'day')} ago."
    ),
    clears="a value update went out",
    example={"days_since_value_update": 100},
    limits={"from": 90, "full": 180},
)


def _champion(row: Row) -> str:
    name = first_name(row["champion"])
    return f"Champion {name}" if name else "The champion"
