"""The levels that outcomes are gathered at: play, segment within it, owner within that."""

from collections.abc import Mapping
from functools import cached_property

import polars as pl

LEVELS: dict[str, tuple[str, ...]] = {
    "play": ("play",),
    "segment": ("play", "segment"),
    "owner": ("play", "segment", "owner"),
}
"""Each level's columns; the last of them is what it adds to the level above."""


class Cells:
    """What was seen in each cell of each level: its columns with `sum` and `weight`."""

    def __init__(self, frames: Mapping[str, pl.DataFrame]) -> None:
        self.frames = frames

    @cached_property
    def by_name(self) -> dict[tuple[str | None, ...], tuple[float, float]]:
        """The sum and weight of each cell by its play, segment and owner, as far as it has them."""
        rows = (row for frame in self.frames.values() for row in frame.iter_rows())
        return {row[:-2]: (row[-2], row[-1]) for row in rows}


def cells(frame: pl.DataFrame, value: str) -> Cells:
    """Add up `value` by the frame's `weight` at each level.

    A row whose segment or owner is not known counts at the levels above only.
    """
    weighed = pl.col(value) * pl.col("weight")
    frames = {
        level: frame.filter(pl.col(columns[-1]).is_not_null())
        .group_by(columns)
        .agg(weighed.sum().alias("sum"), pl.col("weight").sum())
        for level, columns in LEVELS.items()
    }
    return Cells(frames)


def shrunk_one(
    group: tuple[str | None, ...],
    found: Cells,
    strength: Mapping[str, float],
    root: float,
) -> tuple[float, float]:
    """Return the value and weight of one (play, segment, owner), as `shrunk` does of many."""
    named = [depth for depth in range(1, len(LEVELS) + 1) if group[depth - 1] is not None]
    seen = [found.by_name.get(group[:depth], (0.0, 0.0)) for depth in named]
    value, weight = root, 0.0
    for depth, whole, part in zip(named, seen, [*seen[1:], (0.0, 0.0)], strict=True):
        k = strength[tuple(LEVELS)[depth - 1]]
        weight = whole[1] - part[1] + k
        value = (whole[0] - part[0] + k * value) / weight
    return value, weight


def shrunk(
    groups: pl.DataFrame, found: Cells, strength: Mapping[str, float], root: pl.Expr
) -> pl.DataFrame:
    """Add `value` and `weight` to each group: every level shrunk toward the one above.

    Along the way each outcome counts once: what a level adds are the outcomes of others than the
    level below it, so that nobody is confirmed by their own outcomes. `root` is what is expected of
    a play before its outcomes; `weight` counts those of the finest level that the group names, with
    what the level above is worth.
    """
    rows = groups.lazy()
    for level, frame in found.frames.items():
        at_level = frame.lazy().rename({"sum": f"{level}.sum", "weight": f"{level}.weight"})
        rows = rows.join(
            at_level, on=LEVELS[level], how="left", nulls_equal=True, maintain_order="left"
        )
    rows = rows.with_columns(root.alias("value"), weight=0.0)
    for level, columns in LEVELS.items():
        step = _step(level, strength[level])
        named = pl.col(columns[-1]).is_not_null()
        rows = rows.with_columns(
            pl.when(named).then(new).otherwise(old).alias(old) for old, new in step.items()
        )
    return rows.select(*groups.columns, "value", "weight").collect()


def _step(level: str, k: float) -> dict[str, pl.Expr]:
    weight = _of_others(level, "weight") + k
    value = (_of_others(level, "sum") + k * pl.col("value")) / weight
    return {"value": value, "weight": weight}


def _of_others(level: str, what: str) -> pl.Expr:
    """Return a level's sum or weight without that of the next finer level which is named."""
    below = tuple(LEVELS)[tuple(LEVELS).index(level) + 1 :]
    part = pl.lit(0.0)
    for finer in reversed(below):
        named = pl.col(LEVELS[finer][-1]).is_not_null()
        part = pl.when(named).then(pl.col(f"{finer}.{what}").fill_null(0)).otherwise(part)
    return pl.col(f"{level}.{what}").fill_null(0) - part
