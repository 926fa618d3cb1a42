"""Signals of health: a sudden drop, a longer decline, or strength."""

import polars as pl

from core.signals.signal import Signal, ramp
from core.wording import Row

HEALTH_DROP = Signal(
    name="health_drop",
    label="Health drop in a week",
    trigger="health fell by {from} points or more in a week",
    facts=("health_change_7d", "health", "health_was"),
    when=lambda at: pl.col("health_change_7d") <= at["from"],
    strength=lambda at: 0.5 + 0.5 * ramp("health_change_7d", at),
    weight=0.7,
    value=lambda row: f"{row['health_change_7d']:+.0f} points",
    says=lambda row: _dropped(row),
    clears="health were back at {health_was:.0f}",
    example={"health": 66.0, "health_was": 78.0, "health_change_7d": -12.0},
    limits={"from": -10, "full": -25},
)

HEALTH_PLUNGE = Signal(
    name="health_plunge",
    label="Steep health drop in a week",
    trigger="health fell by more than {from} points in a week",
    facts=("health_change_7d", "health", "health_was"),
    when=lambda at: pl.col("health_change_7d") < at["from"],
    strength=lambda at: 0.6 + 0.4 * ramp("health_change_7d", at),
    weight=0.8,
    value=lambda row: f"{row['health_change_7d']:+.0f} points",
    says=lambda row: _dropped(row),
    clears="health were back at {health_was:.0f}",
    example={"health": 58.0, "health_was": 76.0, "health_change_7d": -18.0},
    limits={"from": -15, "full": -35},
)

HEALTH_DECLINE = Signal(
    name="health_decline",
    label="Health decline in a month",
    trigger="health fell by more than {from} points in 30 days",
    facts=("health_change_30d", "health"),
    when=lambda at: pl.col("health_change_30d") < at["from"],
    strength=lambda at: 0.5 + 0.5 * ramp("health_change_30d", at),
    weight=0.6,
    value=lambda row: f"{row['health_change_30d']:+.0f} points",
    says=lambda row: (
        f"Health fell {-row['health_change_30d']:.0f} points in 30 days, to {row['health']:.0f}."
    ),
    clears="health recovered",
    example={"health": 50.0, "health_change_30d": -20.0},
    limits={"from": -15, "full": -35},
)

HEALTH_STRONG = Signal(
    name="health_strong",
    label="Health strong",
    trigger="health is {from} or more",
    facts=("health",),
    when=lambda at: pl.col("health") >= at["from"],
    strength=lambda at: 0.5 + 0.5 * ramp("health", at),
    weight=0.4,
    value=lambda row: f"{row['health']:.0f}",
    says=lambda row: f"Health score is strong ({row['health']:.0f}).",
    clears=lambda at: f"health fell below {at['from']:.0f}",
    example={"health": 82.0},
    limits={"from": 80, "full": 100},
)

HEALTH_FINE = Signal(
    name="health_fine",
    label="Health fine",
    trigger="health is {from} or more",
    facts=("health",),
    when=lambda at: pl.col("health") >= at["from"],
    strength=lambda at: 0.4 + 0.6 * ramp("health", at),
    weight=0.3,
    value=lambda row: f"{row['health']:.0f}",
    says=lambda row: f"Health score is fine ({row['health']:.0f}).",
    clears=lambda at: f"health fell below {at['from']:.0f}",
    example={"health": 76.0},
    limits={"from": 70, "full": 100},
)

HEALTH_CRITICAL = Signal(
    name="health_critical",
    label="Health critical",
    trigger="health is below {from}",
    facts=("health",),
    when=lambda at: pl.col("health") < at["from"],
    strength=lambda at: 0.6 + 0.4 * ramp("health", at),
    weight=0.7,
    value=lambda row: f"{row['health']:.0f}",
    says=lambda row: f"Health score is critical ({row['health']:.0f}).",
    clears=lambda at: f"health rose to {at['from']:.0f}",
    example={"health": 32.0},
    limits={"from": 40, "full": 10},
)


def _dropped(row: Row) -> str:
    return (
        f"Health score dropped {-row['health_change_7d']:.0f} points this week "
        f"({row['health_was']:.0f} to {row['health']:.0f})."
    )
