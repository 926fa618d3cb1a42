"""What is expected of every play for many groups of accounts at once, as matrices."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
Group = tuple[str | None, str | None]
"""A segment and an owner; either may not be known."""


@dataclass(frozen=True, slots=True, eq=False)
class Expectations:
    """`rate` (0-1) and `effect` (points of health, nan while none was measured) have a row for each
    play and a column for each group; `evidence` (0-1) has a place for each play.
    """

    rate: Matrix
    effect: Matrix
    evidence: Matrix


def by_group(
    plays: Sequence[str],
    groups: Sequence[Group],
    seen: Container[tuple[Any, ...]],
    value: Callable[[str, str | None, str | None], float],
) -> Matrix:
    """Return `value` of each play for each group.

    An owner without outcomes of a play is expected to do as the segment does, so that only those
    with some, who are in `seen`, are looked at one by one.
    """
    segments = list(dict.fromkeys(segment for segment, _ in groups))
    usual = [[value(play, segment, None) for segment in segments] for play in plays]
    found = np.array(usual, float).reshape(len(plays), len(segments))
    found = found[:, [segments.index(segment) for segment, _ in groups]]
    for row, play in enumerate(plays):
        for column, (segment, owner) in enumerate(groups):
            if owner is not None and (play, segment, owner) in seen:
                found[row, column] = value(play, segment, owner)
    return found
