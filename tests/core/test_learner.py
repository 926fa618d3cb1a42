"""The learner: the same outcomes teach the same, and other ones are noticed at once."""

from datetime import UTC, datetime, timedelta

from core.learning import Effectiveness, Learner, outcomes

NOW = datetime(2026, 3, 3, 9, 20, tzinfo=UTC)
PRIORS = {"training": 0.6}


def _outcomes(wins: int, at: datetime = NOW) -> list[dict[str, object]]:
    row = {"play": "training", "segment": "smb", "owner": "ana", "kind": "completed", "at": at}
    return [row | {"outcome": 1.0}] * wins


def test_a_new_outcome_counts_in_the_very_next_answer() -> None:
    learner = Learner(PRIORS)
    before = learner.effectiveness(outcomes(_outcomes(2)), NOW).estimate("training")

    after = learner.effectiveness(outcomes(_outcomes(3)), NOW).estimate("training")

    assert (before.team.total, after.team.total) == (2, 3)
    assert after.rate > before.rate


def test_within_an_hour_the_same_outcomes_say_the_same_to_the_last_digit() -> None:
    asked_first, asked_later = Learner(PRIORS), Learner(PRIORS)
    rows = outcomes(_outcomes(3, NOW - timedelta(days=90)))

    first = asked_first.effectiveness(rows, NOW).estimate("training")
    later = asked_later.effectiveness(rows, NOW + timedelta(minutes=39)).estimate("training")

    assert first == later


def test_outcomes_go_on_aging_while_nothing_new_comes() -> None:
    learner = Learner(PRIORS)
    rows = outcomes(_outcomes(60, NOW - timedelta(days=90)))
    learner.effectiveness(rows, NOW)

    a_year_on = learner.effectiveness(rows, NOW + timedelta(days=365)).estimate("training")

    at_once = Effectiveness.of(rows, PRIORS, NOW.replace(minute=0) + timedelta(days=365, hours=1))
    assert a_year_on == at_once.estimate("training")
