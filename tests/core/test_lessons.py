"""What was learned: only what differs from what was expected, and by how many points."""

from datetime import timedelta

import pytest

from core.learning import Effectiveness, outcomes
from core.lessons import lessons
from core.scoring import IMPACT, WEIGHTS
from tests.core.builders import CATALOGUE, NOW


def _learned(play: str, good: int, bad: int) -> Effectiveness:
    seen = [
        {
            "play": play,
            "segment": "smb",
            "owner": "ana",
            "outcome": float(n < good),
            "at": NOW - timedelta(days=n % 20),
            "kind": "completed",
        }
        for n in range(good + bad)
    ]
    return Effectiveness.of(outcomes(seen), CATALOGUE.priors, NOW)


def test_nothing_is_learned_without_outcomes() -> None:
    assert lessons(_learned("training", 0, 0), CATALOGUE) == ()


def test_a_play_that_works_better_than_expected_is_told_with_its_points() -> None:
    (lesson,) = lessons(_learned("champion_outreach", 46, 4), CATALOGUE)

    assert (lesson.play, lesson.estimate.team.positive) == ("champion_outreach", 46)
    gained = lesson.estimate.rate - lesson.expected
    assert lesson.points == pytest.approx(WEIGHTS["impact"] * IMPACT["effectiveness"] * gained)
    assert lesson.points > 0


def test_a_play_that_fails_ranks_lower() -> None:
    found = lessons(_learned("training", 2, 30), CATALOGUE)

    assert found[0].play == "training"
    assert found[0].points < 0
