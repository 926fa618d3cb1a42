"""How fast outcomes lose weight with age."""

from datetime import datetime

import numpy as np
import polars as pl

HALF_LIFE = 180.0
"""Days after which an outcome counts half, until the data says otherwise."""

TRIED = (45.0, 90.0, 360.0, 720.0, None)
"""The other half-lives to choose from; None never forgets."""

ENOUGH = 200
"""From how many outcomes on the half-life is chosen by them."""

FLOOR = 50.0
"""As many outcomes, counted by weight, are kept at least (or all, while there are fewer)."""

_DAY = 86_400.0
_START = 20.0


def aged(frame: pl.DataFrame, as_of: datetime | None) -> pl.DataFrame:
    """Add `age` in days at `as_of` (at the newest row when None)."""
    now = pl.lit(as_of) if as_of is not None else pl.col("at").max()
    age = (now - pl.col("at")).dt.total_milliseconds() / (1000 * _DAY)
    return frame.with_columns(age.cast(pl.Float64).clip(0).alias("age"))


def weighed(frame: pl.DataFrame, half_life: float | None) -> pl.DataFrame:
    """Add `weight`, which halves with every half-life of `age`."""
    return frame.with_columns(_weight(half_life).alias("weight"))


def chosen(frame: pl.DataFrame) -> float | None:
    """Return the half-life under which each outcome was best foretold by those before it.

    It is HALF_LIFE below ENOUGH outcomes, and as long as no other one is better by more than the
    standard error of the difference: chance alone would make a team forget too soon.
    """
    if frame.height < ENOUGH:
        return HALF_LIFE
    ordered = frame.sort("age", descending=True)
    usual = _surprises(ordered, HALF_LIFE)
    gains = {other: usual - _surprises(ordered, other) for other in TRIED}
    clear = [other for other, gain in gains.items() if _mean(gain) > _error(gain)]
    return max(clear, key=lambda other: _mean(gains[other]), default=HALF_LIFE)


def kept(frame: pl.DataFrame, half_life: float | None) -> float | None:
    """Lengthen a half-life until FLOOR outcomes are left by weight, or all there are."""
    least = min(FLOOR, float(frame.height))
    while half_life is not None and _left(frame, half_life) < least:
        half_life = half_life * 1.25 if half_life < 100_000 else None
    return half_life


def _weight(half_life: float | None) -> pl.Expr:
    return pl.lit(1.0) if half_life is None else (0.5 ** (pl.col("age") / half_life))


def _left(frame: pl.DataFrame, half_life: float) -> float:
    return float(frame.select(_weight(half_life).sum()).item())


def _surprises(ordered: pl.DataFrame, half_life: float | None) -> np.ndarray:
    """Return the log loss of foretelling each row of a play from the rows before it."""
    rows = weighed(ordered, half_life).with_columns(won=pl.col("outcome") * pl.col("weight"))
    team = _before("won") + 0.5 * pl.col("weight"), _before("weight") + pl.col("weight")
    expected = team[0] / team[1]
    # Weights are relative to the end; to the row itself they are larger by its own weight.
    worth = _START * pl.col("weight")
    rate = (_before("won").over("play") + worth * expected) / (
        _before("weight").over("play") + worth
    )
    hit = pl.col("outcome") * rate.log() + (1 - pl.col("outcome")) * (1 - rate).log()
    return rows.select(-hit).to_series().to_numpy()


def _before(column: str) -> pl.Expr:
    return pl.col(column).cum_sum() - pl.col(column)


def _mean(gain: np.ndarray) -> float:
    return float(gain.mean())


def _error(gain: np.ndarray) -> float:
    return float(gain.std() / len(gain) ** 0.5)
