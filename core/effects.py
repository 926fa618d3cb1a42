"""What changed after a completion, measured against the account's own trend.

The trend is a damped Holt line with fixed parameters through the weekly medians until the day of
completion; with fewer than six weeks it is flat, and there is none where nothing was measured in
the last four. On short histories fixed parameters were better than fitted ones. What was measured
in days 8-14 and 24-30 after is held against the line there.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

LEVEL, TREND, DAMPING = 0.5, 0.1, 0.9
"""How far a new week moves the level and the slope, and what is left of the slope each week."""

WEEKS = 26
"""So many weeks of history are looked at."""

FEWEST = 6
"""With fewer weeks than this there is no slope."""

RECENT = 4
"""In one of so many weeks before the completion something must have been measured."""

WINDOWS = {14: (8, 14), 30: (24, 30)}
"""The first and last day after completion whose measurements count for day 14 and day 30."""

_NEWEST_WEEK = 3.0
"""The middle of the newest week lies so many days before the completion."""

Weeks = NDArray[np.float64]


def effects(
    measured: pl.DataFrame,
    completed: pl.DataFrame,
    *,
    relative: bool = False,
    most: float | None = None,
) -> pl.DataFrame:
    """Return for each completion how far its account lies off its trend after 14 and 30 days.

    `measured` has the columns id (account), on (day) and value, `completed` key, id and day. The
    result has key, after_14 and after_30: in the unit of the value, or with `relative` in percent
    of the trend; null where the history or the days after are not known. The trend is taken to
    stay between 0 and `most`.
    """
    days = _after(measured, completed)
    history = _history(days, completed)
    found = completed.select("key")
    for day, (first, last) in WINDOWS.items():
        weeks_ahead = ((first + last) / 2 + _NEWEST_WEEK) / 7
        expected = np.clip(forecast(history, weeks_ahead), 0, most)
        actual = (
            days.filter(pl.col("after").is_between(first, last))
            .group_by("key")
            .agg(pl.col("value").mean().alias("actual"))
        )
        held = pl.DataFrame({"key": completed["key"], "expected": expected})
        against = held.join(actual, on="key", how="left", maintain_order="left")
        found = found.with_columns(against.select(_off(relative).alias(f"after_{day}")).to_series())
    return found


def forecast(weeks: Weeks, ahead: float) -> Weeks:
    """Return where each row's line is `ahead` weeks after its last column; NaN without history.

    `weeks` holds a series per row, oldest week first, NaN where nothing was measured.
    """
    level = np.full(weeks.shape[0], np.nan)
    slope = np.zeros(weeks.shape[0])
    for now in weeks.T:
        level, slope = _step(level, slope, now)
    slope = np.where((~np.isnan(weeks)).sum(axis=1) >= FEWEST, slope, 0.0)
    line: Weeks = level + slope * DAMPING * (1 - DAMPING**ahead) / (1 - DAMPING)
    return line


def _step(level: Weeks, slope: Weeks, now: Weeks) -> tuple[Weeks, Weeks]:
    """Move a week on: a week without a measurement follows the line."""
    line, damped = level + DAMPING * slope, DAMPING * slope
    moved = LEVEL * now + (1 - LEVEL) * line
    turned = TREND * (moved - level) + (1 - TREND) * damped
    unseen, first = np.isnan(now), np.isnan(level)
    return (
        np.where(unseen, line, np.where(first, now, moved)),
        np.where(unseen, damped, np.where(first, 0.0, turned)),
    )


def _after(measured: pl.DataFrame, completed: pl.DataFrame) -> pl.DataFrame:
    """Pair each completion with its account's measurements, `after` so many days."""
    after = (pl.col("on") - pl.col("day")).dt.total_days()
    wide = after.is_between(1 - 7 * WEEKS, max(last for _, last in WINDOWS.values()))
    return (
        completed.join(measured, on="id").filter(wide).select("key", "value", after.alias("after"))
    )


def _history(days: pl.DataFrame, completed: pl.DataFrame) -> Weeks:
    """Return the weekly medians until the completion, a row for each, the oldest week first."""
    place = pl.DataFrame({"key": completed["key"]}).with_row_index("row")
    weekly = (
        days.filter(pl.col("after") <= 0)
        .with_columns((WEEKS - 1 - (-pl.col("after")).floordiv(7)).alias("week"))
        .group_by("key", "week")
        .agg(pl.col("value").median())
        .join(place, on="key")
    )
    weeks = np.full((completed.height, WEEKS), np.nan)
    weeks[weekly["row"].to_numpy(), weekly["week"].to_numpy()] = weekly["value"].to_numpy()
    weeks[np.isnan(weeks[:, -RECENT:]).all(axis=1)] = np.nan
    return weeks


def _off(relative: bool) -> pl.Expr:
    expected = pl.col("expected").fill_nan(None)
    if not relative:
        return pl.col("actual") - expected
    return pl.when(expected > 0).then(100 * (pl.col("actual") / expected - 1))
