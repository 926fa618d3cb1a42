"""What the demo's scores did after each completion, measured as the product does it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import polars as pl

from core.effects import WINDOWS, effects
from core.recommendations import Recommendation
from storage.sources.demo.shown import Case


def measured(
    cases: Sequence[Case], done: Sequence[Recommendation], now: datetime
) -> dict[str, dict[str, Any]]:
    """Return what an outcome's row says of the effect on health, by the recommendation's id."""
    if not done:
        return {}
    days = {one.id: one.history[-1].at for one in done}
    completed = pl.DataFrame(
        [(one.id, one.account.id, days[one.id].date()) for one in done],
        schema={"key": pl.String, "id": pl.String, "day": pl.Date},
        orient="row",
    )
    found = effects(_scores(cases), completed, most=100)
    return {row["key"]: _columns(row, days[row["key"]], now) for row in found.to_dicts()}


def _scores(cases: Sequence[Case]) -> pl.DataFrame:
    rows = [
        (case.ledger.account_id, on, value)
        for case in cases
        for on, value in zip(case.scores.days, case.scores.values, strict=True)
    ]
    schema = {"id": pl.String, "on": pl.Date, "value": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _columns(row: dict[str, Any], at: datetime, now: datetime) -> dict[str, Any]:
    """Keep what could be measured by now, and say when it was."""
    passed = [day for day in WINDOWS if at + timedelta(days=day + 1) <= now]
    values = {f"health_{day}": row[f"after_{day}"] for day in passed}
    known = {name: round(value, 2) for name, value in values.items() if value is not None}
    if not known:
        return {}
    return known | {"measured_at": at + timedelta(days=max(passed) + 1)}
