"""How many outcomes the level above is worth to a level with few of its own."""

import numpy as np
from scipy.special import betaln

PSEUDO_OUTCOMES = 20
"""The strength that is taken without looking at the data."""

LEAST, MOST = 5.0, 200.0
_GRID = np.geomspace(LEAST, MOST, 25)
_SPREAD = 1.0


def likeliest(wins: np.ndarray, totals: np.ndarray, parents: np.ndarray) -> float:
    """Return the strength under which cells that vary around their parents are most probable.

    The cells are beta-binomial around `parents`; strengths are thought log-normal around
    PSEUDO_OUTCOMES, and end at LEAST and MOST.
    """
    if not len(wins):
        return float(PSEUDO_OUTCOMES)
    good, bad = parents[:, None] * _GRID, (1 - parents[:, None]) * _GRID
    fits = betaln(good + wins[:, None], bad + (totals - wins)[:, None]) - betaln(good, bad)
    thought = -0.5 * (np.log(_GRID / PSEUDO_OUTCOMES) / _SPREAD) ** 2
    return float(_GRID[np.argmax(fits.sum(axis=0) + thought)])
