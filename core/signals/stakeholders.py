"""Signals of relationship: who stands behind the product at the account."""

import polars as pl

from core.signals.signal import Signal, ramp
from core.wording import count, first_name

SPONSOR_SILENT = Signal(
    name="sponsor_silent",
    label="Executive sponsor silent",
    trigger="there was no contact with the executive sponsor for more than {from} days",
    facts=("sponsor_silent_days", "sponsor"),
    when=lambda at: pl.col("sponsor_silent_days") > at["from"],
    strength=lambda at: 0.5 + 0.5 * ramp("sponsor_silent_days", at),
    weight=0.6,
    value=lambda row: count(row["sponsor_silent_days"], "day"),
    says=lambda row: (
        f"No contact with executive sponsor {first_name(row['sponsor'])} "
        f"for {count(row['sponsor_silent_days'], 'day')}."
    ),
    clears="{sponsor_first} were in touch again",
    example={"sponsor": "Tom Reed", "sponsor_silent_days": 70},
    limits={"from": 60, "full": 150},
)

CHAMPION_ENGAGED = Signal(
    name="champion_engaged",
    label="Champion engaged",
    trigger="the champion signed in within {from} days",
    facts=("champion_silent_days", "champion"),
    when=lambda at: pl.col("champion_silent_days") <= at["from"],
    strength=lambda at: 0.5 + 0.5 * ramp("champion_silent_days", at),
    weight=0.4,
    value=lambda row: f"{count(row['champion_silent_days'], 'day')} ago",
    says=lambda row: (
        f"Champion {first_name(row['champion'])} signed in "
        + (
            "today."
            if row["champion_silent_days"] == 0
            else f"{count(row['champion_silent_days'], 'day')} ago."
        )
    ),
    clears="{champion_first} went quiet",
    example={"champion": "Sarah Lin", "champion_silent_days": 2},
    limits={"from": 7, "full": 0},
)
