"""Learning on a real randomised trial, where it is at hand; `make bench` measures all of it."""

from statistics import mean

import polars as pl
import pytest

from tests.benchmarks.learning import hillstrom, place, replay, surprises

RANDOM = 0.147
"""The mean reward of choosing arms at random."""


@pytest.fixture(scope="module")
def trial() -> pl.DataFrame:
    found = hillstrom()
    if found is None:
        pytest.skip(f"the trial is not at {place()}; STEWARD_DATA names where it is")
    return found


def test_outcomes_are_never_foretold_much_worse_than_by_their_mean(trial: pl.DataFrame) -> None:
    assert max(surprises(trial, seeds=4).values()) < 0.016


def test_a_policy_that_learns_earns_more_than_chance(trial: pl.DataFrame) -> None:
    assert mean(replay(trial, seed) for seed in range(3)) > RANDOM + 0.02
