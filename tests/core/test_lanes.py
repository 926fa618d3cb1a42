"""A day's list: at most five, each in the lane where it belongs."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from core.lanes import LANES, MOST, LaneName, days_list, lane_of
from core.recommendations import AccountId, Category, Recommendation, Status, Urgency
from tests.core.builders import CATALOGUE, TODAY, beta

EVERY: frozenset[LaneName] = frozenset(get_args(LaneName))
BETA = beta()


def _one(
    account: str,
    category: Category = "engagement",
    urgency: Urgency = "this_week",
    play: str = "a_teams_own",
    **changes: object,
) -> Recommendation:
    made = replace(BETA, category=category, urgency=urgency, play=play, **changes)  # type: ignore[arg-type]
    return replace(made, account=replace(made.account, id=AccountId(account)))


def test_every_lane_has_a_play() -> None:
    lanes = {
        lane_of(_one("a", play.category, "this_week", play.name))
        for play in CATALOGUE.plays.values()
    }

    assert lanes == EVERY == {lane.name for lane in LANES}


@pytest.mark.parametrize(
    ("category", "urgency", "lane"),
    [
        ("risk", "this_month", "protect"),
        ("expansion", "immediate", "grow"),
        ("lifecycle", "today", "owe"),
        ("lifecycle", "this_month", "close"),
        ("engagement", "immediate", "protect"),
        ("engagement", "this_week", "close"),
    ],
)
def test_a_teams_own_play_goes_by_its_category_and_urgency(
    category: Category, urgency: Urgency, lane: str
) -> None:
    assert lane_of(_one("a", category, urgency)) == lane


def test_a_day_has_five_at_most_lane_by_lane_in_the_order_of_their_priority() -> None:
    offered = [_one(str(n), "expansion" if n % 2 else "risk") for n in range(9)]

    shown = days_list(offered, (), lanes=EVERY, today=TODAY)

    assert [one.account.id for one in shown] == ["0", "2", "4", "1", "3"]
    assert len(shown) == MOST


def test_what_was_accepted_and_is_due_comes_first_and_its_account_only_once() -> None:
    late = _one("beta", status=Status.ACCEPTED, due_on=TODAY - timedelta(days=2))
    later = _one("gamma", status=Status.ACCEPTED, due_on=TODAY + timedelta(days=1))

    shown = days_list(
        [_one("beta", "risk"), _one("alpha", "risk")], [later, late], lanes=EVERY, today=TODAY
    )

    assert [(one.account.id, one.status) for one in shown] == [
        ("beta", Status.ACCEPTED),
        ("alpha", Status.RECOMMENDED),
    ]


def test_only_the_lanes_that_are_wanted_are_shown() -> None:
    offered = [_one("a", "risk"), _one("b", "expansion"), _one("c")]

    shown = days_list(offered, (), lanes=frozenset({"grow"}), today=TODAY)

    assert [one.account.id for one in shown] == ["b"]
