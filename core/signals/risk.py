"""Signals of risk: what somebody or something has marked as one."""

import polars as pl

from core.signals.signal import Signal, ramp
from core.wording import Row, count, quoted

CRITICAL_RISK = Signal(
    name="critical_risk",
    label="Critical risks open",
    trigger="critical risks are open ({from} or more)",
    facts=("critical_risks", "open_risks"),
    when=lambda at: pl.col("critical_risks") >= at["from"],
    strength=lambda at: 0.9 + 0.1 * ramp("critical_risks", at),
    # Somebody has judged it: nothing else that facts say weighs as much.
    weight=0.95,
    value=lambda row: str(row["critical_risks"]),
    says=lambda row: _says(row, row["critical_risks"], "critical risk"),
    clears="the critical risk were cleared",
    example={"critical_risks": 1, "open_risks": 1},
    limits={"from": 1, "full": 3},
)

SERIOUS_RISK = Signal(
    name="serious_risk",
    label="Serious risks open",
    trigger="high or critical risks are open ({from} or more)",
    facts=("serious_risks", "open_risks"),
    when=lambda at: pl.col("serious_risks") >= at["from"],
    strength=lambda at: 0.7 + 0.3 * ramp("serious_risks", at),
    weight=0.6,
    value=lambda row: str(row["serious_risks"]),
    says=lambda row: _says(row, row["serious_risks"], "serious risk"),
    clears="the serious risk were cleared",
    example={"serious_risks": 1, "open_risks": 1},
    limits={"from": 1, "full": 3},
)

RISK_OPEN = Signal(
    name="risk_open",
    label="Risks open",
    trigger="risks of any kind are open ({from} or more)",
    facts=("open_risks",),
    when=lambda at: pl.col("open_risks") >= at["from"],
    strength=lambda at: 0.5 + 0.5 * ramp("open_risks", at),
    weight=0.4,
    value=lambda row: str(row["open_risks"]),
    says=lambda row: _says(row, row["open_risks"], "risk"),
    clears="the risk were cleared",
    example={"open_risks": 1},
    limits={"from": 1, "full": 4},
)


def _says(row: Row, number: int, noun: str) -> str:
    """Name the risk: a number alone tells nobody what to do about it."""
    named = str(row.get("top_risk") or "").strip().rstrip(".")
    first = "" if number == 1 else "first of all "
    return f"{count(number, noun)} not cleared{f': {first}{quoted(named)}' if named else ''}."
