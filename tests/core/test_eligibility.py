"""Rules before ranking: what rests, and until when."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.eligibility import Past, eligible, proposed_lately, rests_until
from core.recommendations import DismissReason, Status
from tests.core.builders import CATALOGUE, ENGINE, TODAY

ON = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("reason", "days"),
    [
        (DismissReason.ALREADY_DONE, 30),
        (DismissReason.NOT_RELEVANT, 90),
        (DismissReason.WRONG_DATA, 7),
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


def test_a_deferral_wakes_with_its_happening_or_on_its_latest_day() -> None:
    until = ON + timedelta(days=30)
    waits = Past("a", "check_in", Status.DEFERRED, ON, until=until, happening="ticket_closed")

    assert rests_until(waits, CATALOGUE) == until
    assert rests_until(replace(waits, happened_on=ON + timedelta(days=2)), CATALOGUE) is None


def _shown(play: str, ago: int, status: Status = Status.RECOMMENDED, account: str = "a") -> Past:
    on = TODAY - timedelta(days=ago)
    return Past(account, play, status, on, DismissReason.NOT_NOW, created_on=on)


def _left(past: list[Past], *plays: str, account: str = "a") -> list[str]:
    rows = pl.DataFrame([{"id": account, "play": play, "priority": 50.0} for play in plays])
    return sorted(eligible(rows, past, ENGINE)["play"].to_list())


def test_an_account_that_had_three_new_ones_this_week_gets_no_fourth() -> None:
    past = [_shown(play, 2, Status.COMPLETED) for play in ("training", "check_in", "value_update")]

    assert _left(past, "qbr_preparation") == []
    assert _left(past[:2], "qbr_preparation") == ["qbr_preparation"]
    assert _left(past, "qbr_preparation", account="b") == ["qbr_preparation"]


def test_what_waits_stays_however_much_is_new() -> None:
    past = [_shown(play, 2) for play in ("training", "check_in", "value_update")]

    assert _left(past, "check_in", "training", "qbr_preparation") == ["check_in", "training"]


def test_after_seven_days_a_recommendation_is_no_longer_new() -> None:
    past = [_shown(play, 7) for play in ("training", "check_in", "value_update")]

    assert _left(past, "qbr_preparation") == ["qbr_preparation"]
    assert proposed_lately(past, ENGINE) == ()


PLAYS = st.sampled_from(sorted(CATALOGUE.plays))
PASTS = st.lists(
    st.builds(
        _shown,
        PLAYS,
        st.integers(0, 20),
        st.sampled_from(Status),
        st.sampled_from(["a", "b"]),
    ),
    max_size=12,
)


@settings(deadline=None)  # joins take their time while other work goes on
@given(PASTS, st.sets(PLAYS, min_size=1))
def test_asked_again_the_answer_is_the_same_and_never_more_than_the_share_is_new(
    past: list[Past], plays: set[str]
) -> None:
    first = _left(past, *plays)
    offered = [_shown(play, 0) for play in first[:1] if not _waits(past, play)]

    again = _left([*past, *offered], *plays)

    assert first[:1] == [play for play in again if play in first[:1]]
    full = [one for one in past if one.account == "a" and one.is_new(TODAY)]
    if len(full) >= ENGINE.rules.most_new:
        assert all(_waits(past, play) for play in first)
        assert proposed_lately([one for one in past if one.account == "a"], ENGINE)


def _waits(past: list[Past], play: str) -> bool:
    return any(one.account == "a" and one.play == play and one.is_waiting for one in past)
