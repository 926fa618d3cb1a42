"""Rules before ranking: what rests, and until when."""

from datetime import date, timedelta

import pytest

from core.eligibility import Past, rests_until
from core.recommendations import DismissReason, Status
from tests.core.builders import CATALOGUE

ON = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("reason", "days"),
    [
        (DismissReason.ALREADY_DONE, 30),
        (DismissReason.NOT_RELEVANT, 90),
        (DismissReason.WRONG_DATA, 30),
        (DismissReason.NOT_NOW, 14),
        (None, 14),
    ],
)
def test_a_dismissed_play_rests_as_long_as_its_reason_says(
    reason: DismissReason | None, days: int
) -> None:
    past = Past("a", "check_in", Status.DISMISSED, ON, reason=reason)

    assert rests_until(past, CATALOGUE) == ON + timedelta(days=days)


def test_a_completed_play_rests_for_its_own_cooldown() -> None:
    assert rests_until(Past("a", "check_in", Status.COMPLETED, ON), CATALOGUE) == ON + timedelta(
        days=21
    )


def test_a_deferred_play_comes_back_on_its_day() -> None:
    until = ON + timedelta(days=3)

    assert rests_until(Past("a", "check_in", Status.DEFERRED, ON, until=until), CATALOGUE) == until


def test_a_play_that_waits_for_a_decision_may_be_proposed_again() -> None:
    assert rests_until(Past("a", "check_in", Status.RECOMMENDED, ON), CATALOGUE) is None
