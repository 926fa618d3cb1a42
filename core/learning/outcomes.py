"""The frame that learning starts from: one row for each recommendation that came to an end."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

OUTCOMES: dict[str, pl.DataType] = {
    "play": pl.String(),
    "segment": pl.String(),
    "owner": pl.String(),
    "outcome": pl.Float64(),
    "at": pl.Datetime("us", "UTC"),
    "kind": pl.String(),
    "health_effect": pl.Float64(),
    "usage_effect": pl.Float64(),
}
"""Its columns. `outcome` is 1 (positive) or 0; `kind` is "completed" or "not_relevant" (dismissed
as such, a 0); the effects are the measured changes against the account's own trend."""


def outcomes(rows: Iterable[Mapping[str, Any]] = ()) -> pl.DataFrame:
    """Return a frame of outcomes; a column that a row lacks is null there."""
    return pl.DataFrame([dict(row) for row in rows], schema=OUTCOMES)
