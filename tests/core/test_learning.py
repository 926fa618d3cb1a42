"""Effectiveness: thin data stays near the prior, much data speaks for itself."""

from hypothesis import given
from hypothesis import strategies as st

from core.learning import Tally, estimate


def test_without_outcomes_the_prior_is_the_estimate_and_says_so() -> None:
    found = estimate(Tally(), 0.6)

    assert found.rate == 0.6
    assert found.evidence == 0
    assert "no outcomes yet" in found.says


def test_two_successes_move_the_estimate_less_than_two_hundred() -> None:
    few, many = estimate(Tally(2, 2), 0.6), estimate(Tally(200, 200), 0.6)

    assert 0.6 < few.rate < 0.65
    assert many.rate > 0.95


@given(st.integers(0, 500), st.integers(0, 500), st.floats(0.05, 0.95))
def test_the_interval_holds_the_rate_and_evidence_grows_with_outcomes(
    wins: int, losses: int, prior: float
) -> None:
    found = estimate(Tally(wins, wins + losses), prior)

    assert 0 <= found.low <= found.rate <= found.high <= 1
    assert estimate(Tally(wins + 1, wins + losses + 1), prior).evidence > found.evidence
