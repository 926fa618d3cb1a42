"""Signals of usage: falling, thin, or out of step with what was bought."""

import polars as pl

from core.signals.signal import Signal, ramp
from core.wording import Row, percent

USAGE_DROP = Signal(
    name="usage_drop",
    label="Usage drop",
    trigger="usage fell by {from} % or more in two weeks",
    facts=("usage_change",),
    when=lambda at: pl.col("usage_change") <= at["from"],
    strength=lambda at: 0.5 + 0.5 * ramp("usage_change", at),
    weight=0.6,
    value=lambda row: f"{row['usage_change']:+.0f} %",
    says=lambda row: f"Usage is down {-row['usage_change']:.0f} % against the two weeks before.",
    clears="usage were back where it was",
    example={"usage_change": -25.0},
    limits={"from": -20, "full": -50},
)

LOW_ADOPTION = Signal(
    name="low_adoption",
    label="Low feature adoption",
    trigger="less than {from} of the features are in use",
    facts=("adoption",),
    when=lambda at: pl.col("adoption") < at["from"],
    strength=lambda at: 0.5 + 0.5 * ramp("adoption", at),
    weight=0.6,
    value=lambda row: percent(row["adoption"]),
    says=lambda row: f"Only {percent(row['adoption'])} of the features are in use.",
    clears=lambda at: f"more than {percent(at['from'])} of the features were in use",
    example={"adoption": 0.28},
    limits={"from": 0.4, "full": 0.1},
)

NEAR_CAPACITY = Signal(
    name="near_capacity",
    label="Close to capacity",
    trigger="at least {from} of the seats are in use",
    facts=("seat_use",),
    when=lambda at: pl.col("seat_use") >= at["from"],
    strength=lambda at: 0.5 + 0.5 * ramp("seat_use", at),
    weight=0.7,
    value=lambda row: percent(row["seat_use"]),
    says=lambda row: f"{percent(row['seat_use'])} of the seats are in use.",
    clears=lambda at: f"less than {percent(at['from'])} of the seats were in use",
    example={"seat_use": 0.95},
    limits={"from": 0.9, "full": 1.0},
)

AT_CAPACITY = Signal(
    name="at_capacity",
    label="At capacity",
    trigger="at least {from} of the seats are in use",
    facts=("seat_use",),
    when=lambda at: pl.col("seat_use") >= at["from"],
    strength=lambda at: 0.6 + 0.4 * ramp("seat_use", at),
    weight=0.8,
    value=lambda row: percent(row["seat_use"]),
    says=lambda row: f"{percent(row['seat_use'])} of the seats are taken: hardly one is free.",
    clears=lambda at: f"less than {percent(at['from'])} of the seats were in use",
    example={"seat_use": 0.97},
    limits={"from": 0.95, "full": 1.0},
)

SEATS_UNUSED = Signal(
    name="seats_unused",
    label="Seats unused",
    trigger="less than {from} of the seats are in use",
    facts=("seat_use",),
    when=lambda at: pl.col("seat_use") < at["from"],
    strength=lambda at: 0.5 + 0.5 * ramp("seat_use", at),
    weight=0.7,
    value=lambda row: percent(row["seat_use"]),
    says=lambda row: f"Only {percent(row['seat_use'])} of the seats are in use.",
    clears=lambda at: f"{percent(at['from'])} of the seats were in use",
    example={"seat_use": 0.38},
    limits={"from": 0.5, "full": 0.2},
)

FEATURE_FADING = Signal(
    name="feature_fading",
    label="Feature use fading",
    trigger="the use of a feature fell by {from} % or more in four weeks",
    facts=("fading_change", "fading_metric"),
    when=lambda at: pl.col("fading_change") <= at["from"],
    strength=lambda at: 0.5 + 0.5 * ramp("fading_change", at),
    weight=0.6,
    value=lambda row: f"{row['fading_change']:+.0f} %",
    says=lambda row: (
        f"Use of {_feature(row)} is down {-row['fading_change']:.0f} % "
        "against the four weeks before."
    ),
    clears="use of {fading_words} were back where it was",
    example={"fading_metric": "report_exports", "fading_change": -32.0},
    limits={"from": -25, "full": -60},
)


def _feature(row: Row) -> str:
    return str(row["fading_metric"]).replace("_", " ")
