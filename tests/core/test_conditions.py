"""Conditions and due rules: what they say is what they do."""

import pytest

from core.conditions import Condition, Due
from tests.core.builders import facts


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("days_to_renewal", "<=", 90), "at most 90 days to renewal"),
        (Condition("days_to_qbr", "<=", 7), "at most 7 days to QBR"),
        (Condition("critical_risks", ">=", 1), "at least 1 critical risk"),
        (Condition("adoption", "<", 0.3), "adoption below 30 %"),
        (Condition("health_change_7d", "<=", -10), "health change in 7 days at most -10 points"),
        (Condition("fading_change", "<=", -50), "fading change at most -50 %"),
        (Condition("qbr_deck", "==", "ready"), "QBR deck ready"),
        (Condition("kickoff_booked", "==", False), "not kickoff booked"),
    ],
)
def test_a_condition_says_itself(condition: Condition, words: str) -> None:
    assert condition.says == words


def test_an_unknown_fact_meets_no_condition() -> None:
    frame = facts({}, {"days_to_renewal": 30})

    assert frame.select(Condition("days_to_renewal", "<=", 90).expr).to_series().to_list() == [
        False,
        True,
    ]


def test_the_first_case_that_holds_says_when_it_is_due() -> None:
    due = Due(
        7,
        (
            (0, (Condition("days_to_renewal", "<=", 30), Condition("urgent_tickets", ">=", 2))),
            (1, (Condition("days_to_renewal", "<=", 90),)),
        ),
    )
    frame = facts({}, {"days_to_renewal": 30}, {"days_to_renewal": 60}, {"urgent_tickets": 2})

    assert frame.select(due.expr).to_series().to_list() == [7, 0, 1, 0]
    assert due.says == (
        "now if at most 30 days to renewal or at least 2 urgent tickets; "
        "by tonight if at most 90 days to renewal; else within 7 days"
    )
