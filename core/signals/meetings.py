"""Signals of meetings: whether there was one lately, or will be one soon anyway."""

import polars as pl

from core.signals.signal import Signal
from core.wording import count

MET_LATELY = Signal(
    name="met_lately",
    label="Met lately",
    trigger="there was a meeting within {from} days",
    facts=("days_since_meeting",),
    when=lambda at: pl.col("days_since_meeting").is_between(0, at["from"]),
    strength=lambda _: pl.lit(1.0),
    weight=0.3,
    value=lambda row: f"{count(row['days_since_meeting'], 'day')} ago",
    says=lambda row: f"The last meeting was {count(row['days_since_meeting'], 'day')} ago.",
    clears="the last meeting were longer ago",
    example={"days_since_meeting": 3},
    limits={"from": 7},
)

MEETING_SOON = Signal(
    name="meeting_soon",
    label="Meeting booked",
    trigger="a meeting is booked within {from} days",
    facts=("days_to_meeting",),
    when=lambda at: pl.col("days_to_meeting").is_between(0, at["from"]),
    strength=lambda _: pl.lit(1.0),
    weight=0.3,
    value=lambda row: f"in {count(row['days_to_meeting'], 'day')}",
    says=lambda row: f"A meeting is booked in {count(row['days_to_meeting'], 'day')}.",
    clears="the meeting were called off",
    example={"days_to_meeting": 4},
    limits={"from": 7},
)
