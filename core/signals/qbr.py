"""Signals of QBRs, and of what is not ready for them."""

from datetime import date

import polars as pl

from core.signals.signal import Signal, ramp
from core.wording import count

QBR_NEAR = Signal(
    name="qbr_near",
    label="Days to QBR",
    trigger="a QBR is planned within {from} days",
    facts=("days_to_qbr", "next_qbr_on"),
    when=lambda at: pl.col("days_to_qbr").is_between(0, at["from"]),
    strength=lambda at: 0.5 + 0.5 * ramp("days_to_qbr", at),
    weight=0.7,
    value=lambda row: count(row["days_to_qbr"], "day"),
    says=lambda row: (
        f"QBR on {row['next_qbr_on'].day} {row['next_qbr_on']:%b} "
        f"({count(row['days_to_qbr'], 'day')} away)."
    ),
    clears="the QBR had taken place",
    example={"days_to_qbr": 18, "next_qbr_on": date(2026, 2, 15)},
    limits={"from": 21, "full": 3},
)

QBR_UNPREPARED = Signal(
    name="qbr_unprepared",
    label="Prep meeting scheduled",
    trigger="no preparation meeting is booked for the QBR",
    facts=("qbr_prep_booked",),
    when=lambda _: ~pl.col("qbr_prep_booked"),
    strength=lambda _: pl.lit(1.0),
    weight=0.6,
    value="No",
    says="No preparation meeting is booked yet.",
    clears="a preparation meeting were booked",
    example={"qbr_prep_booked": False},
)

QBR_OBJECTIVES_MISSING = Signal(
    name="qbr_objectives_missing",
    label="Customer objectives gathered",
    trigger="the customer's objectives for the QBR are not gathered",
    facts=("qbr_objectives",),
    when=lambda _: ~pl.col("qbr_objectives"),
    strength=lambda _: pl.lit(1.0),
    weight=0.4,
    value="No",
    says="The customer's objectives are not gathered yet.",
    clears="the customer's objectives were gathered",
    example={"qbr_objectives": False},
)

QBR_DECK_MISSING = Signal(
    name="qbr_deck_missing",
    label="QBR deck status",
    trigger="the QBR deck is not started",
    facts=("qbr_deck",),
    when=lambda _: pl.col("qbr_deck") == "not_started",
    strength=lambda _: pl.lit(1.0),
    weight=0.4,
    value="Not started",
    says="The QBR deck is not started.",
    clears="the deck were begun",
    example={"qbr_deck": "not_started"},
)
