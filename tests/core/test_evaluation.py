"""Off-policy evaluation: right on the whole about ways of choosing whose true value is known."""

from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
import polars as pl
import pytest

from core.evaluation import CHOICES, ENOUGH, Evaluation, evaluate
from core.targets import TARGETS, Target, weighed

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
WITHOUT, RATE, URGENT, _ = TARGETS


@cache
def simulated(
    seed: int, count: int = 4000, tries: float = 0.4
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return logged choices, and for each candidate the true chance of success.

    Three plays each; two are near-ties, of which the second is tried now and then.
    """
    dice = np.random.default_rng(seed)
    true = np.clip(dice.normal([0.4, 0.55, 0.5], 0.1, (count, 3)), 0.02, 0.98)
    rate = np.clip(true + dice.normal(0, 0.1, true.shape) + 0.05, 0.02, 0.98)
    chances = np.array([1 - tries / 2, tries / 2, 0.0])
    taken = dice.choice(3, size=count, p=chances)
    reward = dice.random(count) < true[np.arange(count), taken]
    urgency = dice.uniform(0, 100, true.shape)
    rows = [
        {
            "id": f"r{n}",
            "at": NOW - timedelta(days=n % 90),
            "play": f"play {taken[n]}",
            "propensity": chances[taken[n]],
            "reward": float(reward[n]),
            "candidates": [
                {
                    "play": f"play {k}",
                    "priority": 80.0 - k,
                    "propensity": chances[k],
                    "impact": 50.0,
                    "urgency": urgency[n, k],
                    "confidence": 50.0,
                    "account_value": 50.0,
                    "rate": rate[n, k],
                }
                for k in range(3)
            ],
        }
        for n in range(count)
    ]
    truth = [
        {"id": f"r{n}", "pick": f"play {k}", "true": true[n, k], "chance": chances[k]}
        for n in range(count)
        for k in range(3)
    ]
    return pl.DataFrame(rows, schema=CHOICES), pl.DataFrame(truth)


def true_value(choices: pl.DataFrame, truth: pl.DataFrame, target: Target) -> float:
    """What the target really brings where what it picks had a chance."""
    each = choices.select("id", "candidates").explode("candidates").unnest("candidates")
    picks = (
        each.with_columns(worth=target.worth)
        .sort("worth", descending=True)
        .unique("id", keep="first")
    )
    found = picks.join(truth, left_on=["id", "play"], right_on=["id", "pick"]).filter(
        pl.col("chance") > 0
    )
    return float(found["true"].to_numpy().mean())


@pytest.mark.parametrize("target", [WITHOUT, RATE, URGENT], ids=lambda one: one.name)
def test_the_estimates_are_right_on_the_whole_and_their_intervals_hold_the_truth(
    target: Target,
) -> None:
    robust, weighted, held = [], [], 0
    for seed in range(20):
        choices, truth = simulated(seed, count=1000)
        found, value = evaluate(choices, target), true_value(choices, truth, target)
        robust.append(found.robust.mean - value)
        weighted.append(found.weighted.mean - value)
        low, high = found.robust.interval(0.95)
        held += low <= value <= high

    assert abs(np.mean(robust)) < 0.01
    assert abs(np.mean(weighted)) < 0.01
    assert held >= 16  # 19 are expected; more than four are rarely missed by chance
    assert np.std(robust) <= np.std(weighted) * 1.1


def test_replay_agrees_with_the_truth_on_the_whole() -> None:
    missed = []
    for seed in range(20):
        choices, truth = simulated(seed, count=1000)
        found = evaluate(choices, RATE)
        assert found.replay is not None
        missed.append(found.replay - true_value(choices, truth, RATE))

    assert abs(np.mean(missed)) < 0.02


def test_a_way_that_is_better_is_found_to_be_better() -> None:
    found = evaluate(simulated(1, count=6000)[0], RATE)

    assert found.effective > ENOUGH
    assert found.gain.mean > 0
    assert found.verdict.startswith("It would have been better by ")


def test_the_way_that_was_used_shows_no_difference_to_itself() -> None:
    choices, _ = simulated(1, count=3000, tries=1.0)
    alike = choices.with_columns(reward=pl.lit(0.5))

    assert evaluate(alike, WITHOUT).verdict == "No difference shown."


def test_with_few_choices_there_is_no_verdict_and_the_number_lacking_is_said() -> None:
    few = evaluate(simulated(1, count=100)[0], RATE)

    assert few.effective < ENOUGH
    assert few.needed is not None
    assert few.verdict == (
        f"No verdict yet: about {few.needed:,} more choices with outcomes are needed."
    )
    enough = evaluate(simulated(1, count=100 + int(few.needed * 2))[0], RATE)
    assert enough.needed == 0


def test_what_was_never_tried_gets_no_verdict() -> None:
    never = Target("never", "the third", -pl.col("priority"))

    found = evaluate(simulated(1, count=300)[0], never)

    assert (found.covered, found.needed) == (0, None)
    assert found.verdict == "No verdict: what it would choose was never tried."


def test_choices_without_an_alternative_tell_nothing() -> None:
    found = evaluate(simulated(1, count=300, tries=0.0)[0], WITHOUT)

    assert found.effective == 0
    assert found.gain.mean == 0


def test_no_choices_are_no_error() -> None:
    found = evaluate(pl.DataFrame(schema=CHOICES), RATE)

    assert isinstance(found, Evaluation)
    assert found.needed is None


def test_other_weights_must_name_the_four_parts_and_sum_to_one() -> None:
    with pytest.raises(ValueError, match="sum to 1"):
        weighed(impact=1.0, urgency=1.0, confidence=0.0, account_value=0.0)
    with pytest.raises(ValueError, match="sum to 1"):
        weighed(impact=1.0)
