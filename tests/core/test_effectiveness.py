"""Effectiveness: what is expected of a play for a CSM and a segment, said with its numbers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from core.learning import Effectiveness, Estimate, Tally, outcomes

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
PRIORS = {"training": 0.6, "outreach": 0.5}


def many(wins: int, losses: int, **about: Any) -> list[dict[str, Any]]:
    usual = {"play": "training", "segment": "smb", "owner": "ana", "kind": "completed", "at": NOW}
    return [usual | about | {"outcome": 1.0}] * wins + [usual | about | {"outcome": 0.0}] * losses


def learned(*rows: dict[str, Any]) -> Effectiveness:
    return Effectiveness.of(outcomes(rows), PRIORS, NOW)


def test_an_estimate_says_what_was_own_what_was_the_teams_and_what_to_expect() -> None:
    found = learned(*many(7, 2), *many(80, 51, owner="ben")).estimate("training", "smb", "ana")

    assert found.own == Tally(7, 9)
    assert found.team == Tally(87, 140)
    assert found.says.startswith("worked in 7 of your 9; team 62 % of 140; estimated 6")
    assert found.low < found.rate < found.high


def test_without_own_outcomes_the_teams_are_said() -> None:
    found = learned(*many(8, 2, owner="ben")).estimate("training", "smb", "ana")

    assert found.says.startswith("team 80 % of 10; estimated 6")


def test_the_outcomes_of_a_team_of_one_are_said_once() -> None:
    assert (
        learned(*many(7, 2))
        .estimate("training", "smb", "ana")
        .says.startswith("worked in 7 of your 9; estimated 6")
    )


def test_without_any_outcomes_the_expectation_says_so() -> None:
    found = learned().estimate("training", "smb", "ana")

    assert found.says == "no outcomes yet; expected 60 % [46-74]"
    assert found.evidence == 0
    assert found.effect is None


def test_two_successes_move_the_estimate_less_than_two_hundred() -> None:
    few = learned(*many(2, 0)).estimate("training", "smb", "ana")
    lots = learned(*many(200, 0)).estimate("training", "smb", "ana")

    assert 0.6 < few.rate < 0.65
    assert lots.rate > 0.9
    assert few.evidence < lots.evidence < 1


def test_dismissals_as_not_relevant_lower_the_rate_and_are_named() -> None:
    done = many(6, 0)

    found = learned(*done, *many(0, 2, kind="not_relevant")).estimate("training", "smb", "ana")

    assert found.rate < learned(*done).estimate("training", "smb", "ana").rate
    assert "6 of your 8 (2 not relevant)" in found.says


def test_own_outcomes_in_other_segments_are_own_outcomes() -> None:
    found = learned(*many(3, 0), *many(2, 0, segment="enterprise")).estimate(
        "training", "smb", "ana"
    )

    assert found.own == Tally(5, 5)
    assert found.segment == Tally(3, 3)


def test_the_team_is_asked_for_by_naming_nobody() -> None:
    found = learned(*many(30, 10), *many(10, 30, owner="ben")).estimate("training")

    assert found.rate == pytest.approx(0.5, abs=0.05)
    assert found.own == Tally()


def test_later_outcomes_are_unseen() -> None:
    assert learned(*many(5, 0, at=NOW + timedelta(minutes=1))).estimate("training").team == Tally()


def test_the_measured_effect_comes_with_its_interval_and_number() -> None:
    rows = [*many(20, 0, health_effect=8.0), *many(20, 0, health_effect=4.0), *many(5, 0)]

    found = learned(*rows).estimate("training")

    assert found.measured == 40
    assert found.effect is not None
    assert 3 < found.effect < 6
    assert found.effect_low is not None
    assert found.effect_high is not None
    assert found.effect_low < found.effect < found.effect_high


def test_what_is_expected_of_many_groups_is_what_each_ones_estimate_says() -> None:
    effectiveness = learned(
        *many(7, 2, health_effect=5.0), *many(3, 9, owner="ben"), *many(1, 4, segment=None)
    )
    groups = pl.DataFrame(
        [("smb", "ana"), ("smb", "ben"), (None, "ana"), ("smb", None), (None, None)],
        schema={"segment": pl.String, "owner_id": pl.String},
        orient="row",
    )

    found = effectiveness.of_groups(list(PRIORS), groups)

    for row, play in enumerate(PRIORS):
        for column, (segment, owner) in enumerate(groups.rows()):
            alone = effectiveness.estimate(play, segment, owner)
            measured = float("nan") if alone.effect is None else alone.effect
            assert found.rate[row, column] == pytest.approx(alone.rate)
            assert found.effect[row, column] == pytest.approx(measured, nan_ok=True)
            assert found.evidence[row] == alone.evidence


def test_without_groups_there_is_nothing_to_expect() -> None:
    groups = pl.DataFrame(schema={"segment": pl.String, "owner_id": pl.String})

    assert learned().of_groups(list(PRIORS), groups).rate.shape == (len(PRIORS), 0)


def test_evidence_is_half_at_ten_outcomes() -> None:
    assert Estimate(0.5, 0.4, 0.6, team=Tally(5, 10)).evidence == 0.5
