"""Transitions: what may follow what, and who is told what."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import AlreadyDecided, DecisionRefused, Invalid, UndoExpired
from core.recommendations import DecisionKind, DismissReason, Recommendation, Status, decide
from tests.core.builders import TODAY, beta, decision

TOMORROW = TODAY + timedelta(days=1)
DETAILS: dict[DecisionKind, dict[str, Any]] = {
    DecisionKind.ACCEPT: {},
    DecisionKind.DEFER: {"until": TOMORROW},
    DecisionKind.DISMISS: {"reason": DismissReason.ALREADY_DONE},
    DecisionKind.COMPLETE: {"note": "Booked the QBR."},
    DecisionKind.UNDO: {},
}


def _after(*kinds: DecisionKind) -> Recommendation:
    recommendation = beta()
    for minute, kind in enumerate(kinds):
        recommendation = decide(
            recommendation, decision(kind, after=minute, **DETAILS[kind]), today=TODAY
        )
    return recommendation


def test_accepting_makes_it_accepted_and_says_by_whom() -> None:
    accepted = _after(DecisionKind.ACCEPT)

    assert accepted.status is Status.ACCEPTED
    assert accepted.version == 2
    assert accepted.last is not None
    assert accepted.last.by_name == "Ana Souza"


def test_accepting_twice_tells_the_second_who_was_first() -> None:
    with pytest.raises(AlreadyDecided) as refused:
        _after(DecisionKind.ACCEPT, DecisionKind.ACCEPT)

    assert (refused.value.status, refused.value.by) == ("accepted", "Ana Souza")


def test_an_accepted_one_can_be_completed_with_its_outcome() -> None:
    assert _after(DecisionKind.ACCEPT, DecisionKind.COMPLETE).status is Status.COMPLETED


def test_completing_without_an_outcome_is_refused() -> None:
    with pytest.raises(Invalid):
        decide(beta(), decision(DecisionKind.COMPLETE, note="  "), today=TODAY)


@pytest.mark.parametrize(
    "until", [None, TODAY, TODAY - timedelta(days=1), TODAY.replace(year=2030)]
)
def test_a_deferral_needs_a_day_in_the_coming_year(until: object) -> None:
    with pytest.raises(Invalid):
        decide(beta(), decision(DecisionKind.DEFER, until=until), today=TODAY)


def test_a_deferred_one_is_snoozed_until_its_day() -> None:
    deferred = _after(DecisionKind.DEFER)

    assert deferred.is_snoozed(TODAY)
    assert not deferred.is_snoozed(TOMORROW)


def test_undo_takes_it_back_to_where_it_was() -> None:
    undone = _after(DecisionKind.ACCEPT, DecisionKind.DEFER, DecisionKind.UNDO)

    assert undone.status is Status.ACCEPTED
    assert _after(DecisionKind.DISMISS, DecisionKind.UNDO).status is Status.RECOMMENDED


def test_undo_comes_too_late_after_ten_minutes() -> None:
    accepted = _after(DecisionKind.ACCEPT)

    decide(accepted, decision(DecisionKind.UNDO, after=10), today=TODAY)
    with pytest.raises(UndoExpired):
        decide(accepted, decision(DecisionKind.UNDO, after=11), today=TODAY)


def test_there_is_nothing_to_undo_on_an_untouched_one() -> None:
    with pytest.raises(AlreadyDecided):
        _after(DecisionKind.UNDO)


@given(st.lists(st.sampled_from(list(DecisionKind)), max_size=12))
def test_whatever_is_tried_the_version_counts_the_kept_decisions(kinds: list[DecisionKind]) -> None:
    recommendation, kept = beta(), 0
    for kind in kinds:
        try:
            recommendation = decide(recommendation, decision(kind, **DETAILS[kind]), today=TODAY)
            kept += 1
        except DecisionRefused:
            continue

    assert recommendation.version == 1 + kept == 1 + len(recommendation.history)
