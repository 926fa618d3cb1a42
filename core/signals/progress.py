"""Signals of progress: what was reached, what is celebrated, and whether anybody asked about it."""

import polars as pl

from core.signals.signal import Signal, ramp
from core.wording import Row, count

MILESTONE_RECENT = Signal(
    name="milestone_recent",
    label="Milestone reached",
    trigger="a milestone was reached within {from} days",
    facts=("days_since_milestone", "milestone"),
    when=lambda at: pl.col("days_since_milestone").is_between(0, at["from"]),
    strength=lambda at: 0.5 + 0.5 * ramp("days_since_milestone", at),
    weight=0.6,
    value=lambda row: _ago(row["days_since_milestone"]),
    says=lambda row: (
        f"They reached a milestone {_ago(row['days_since_milestone'])}: "
        f"{row['milestone'].rstrip('.')}."
    ),
    clears="the milestone were longer ago",
    example={"days_since_milestone": 4, "milestone": "Second team is live"},
    limits={"from": 14, "full": 1},
)

ANNIVERSARY_NEAR = Signal(
    name="anniversary_near",
    label="Anniversary",
    trigger="the anniversary of sign-up is within {from} days",
    facts=("days_to_anniversary",),
    when=lambda at: pl.col("days_to_anniversary").is_between(0, at["from"]),
    strength=lambda at: 0.5 + 0.5 * ramp("days_to_anniversary", at),
    weight=0.6,
    value=lambda row: count(row["days_to_anniversary"], "day"),
    says=lambda row: _anniversary(row),
    clears="the anniversary had passed",
    example={"days_to_anniversary": 12, "days_as_customer": 718},
    limits={"from": 21, "full": 3},
)

FEEDBACK_MISSING = Signal(
    name="feedback_missing",
    label="Feedback asked for",
    trigger="nobody asked for feedback within 180 days",
    facts=("feedback_asked",),
    when=lambda _: ~pl.col("feedback_asked"),
    strength=lambda _: pl.lit(1.0),
    weight=0.5,
    value="No",
    says="Nobody asked them for feedback in the last 180 days.",
    clears="they had been asked for feedback",
    example={"feedback_asked": False},
)


def _ago(days: int) -> str:
    return "today" if days == 0 else f"{count(days, 'day')} ago"


def _anniversary(row: Row) -> str:
    ahead, so_far = row["days_to_anniversary"], row.get("days_as_customer")
    when = "today" if ahead == 0 else f"in {count(ahead, 'day')}"
    if so_far is None:
        return f"Their anniversary as a customer is {when}."
    return f"{count(round((so_far + ahead) / 365.25), 'year')} as a customer {when}."
