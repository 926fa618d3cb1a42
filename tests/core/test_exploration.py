"""Trying near-ties: how often, how likely, and never where it matters."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exploration import choose, draw, with_propensities
from core.rules import Rules

RULES = Rules.shipped()
DAY = date(2026, 3, 3)


def ranked(*accounts: tuple[str, list[float]], due_in: int = 5, risk: float = 0.0) -> pl.DataFrame:
    rows = [
        {
            "id": id,
            "name": id,
            "play": f"play {place}",
            "priority": priority,
            "due_in": due_in,
            "strength.critical_risk": risk,
        }
        for id, priorities in accounts
        for place, priority in enumerate(sorted(priorities, reverse=True))
    ]
    frame = pl.DataFrame(rows)
    return frame.sort(["priority", "name", "id", "play"], descending=[True, False, False, False])


def chosen(*priorities: float, **critical: float) -> Counter[str]:
    """What is chosen for two thousand accounts whose plays have these priorities."""
    accounts = [(f"account {n}", list(priorities)) for n in range(2000)]
    return Counter(choose(ranked(*accounts, **critical), RULES, DAY)["play"].to_list())  # type: ignore[arg-type]  # by name


def test_the_best_is_kept_nine_times_in_ten_and_a_share_of_the_tenth() -> None:
    seen = chosen(80.0, 79.0)

    assert seen["play 0"] / 2000 == pytest.approx(0.95, abs=0.02)
    assert seen["play 1"] / 2000 == pytest.approx(0.05, abs=0.02)


def test_what_is_no_near_tie_is_never_tried() -> None:
    assert chosen(80.0, 70.0) == {"play 0": 2000}


@pytest.mark.parametrize("critical", [{"due_in": 0}, {"risk": 0.7}], ids=["due now", "at risk"])
def test_nothing_is_tried_out_where_it_is_critical(critical: dict[str, float]) -> None:
    frame = ranked(("a", [80.0, 79.9, 79.8]), **critical)  # type: ignore[arg-type]  # by name

    assert chosen(80.0, 79.9, 79.8, **critical) == {"play 0": 2000}
    assert choose(frame, RULES, DAY)["propensity"].to_list() == [1.0]


def test_asking_again_on_the_same_day_gives_the_same_answer() -> None:
    frame = ranked(*((f"account {n}", [80.0, 79.5, 79.0]) for n in range(200)))

    assert choose(frame, RULES, DAY).equals(choose(frame, RULES, DAY))
    assert not choose(frame, RULES, DAY).equals(choose(frame, RULES, DAY + timedelta(days=1)))


def test_without_exploration_the_best_is_certain() -> None:
    found = choose(ranked(("a", [80.0, 80.0])), replace(RULES, exploration=0.0), DAY)

    assert found["propensity"].to_list() == [1.0]


def test_an_empty_ranking_stays_empty() -> None:
    assert choose(ranked(("a", [1.0])).clear(), RULES, DAY).is_empty()


portfolios = st.lists(
    st.lists(st.floats(0, 100), min_size=1, max_size=6), min_size=1, max_size=6
).map(lambda found: ranked(*((f"account {n}", one) for n, one in enumerate(found))))


@given(portfolios)
def test_the_propensities_of_an_account_sum_to_one(frame: pl.DataFrame) -> None:
    sums = with_propensities(frame, RULES).group_by("id").agg(pl.col("propensity").sum())

    assert sums["propensity"].to_list() == pytest.approx([1.0] * sums.height)


@given(portfolios, st.dates(DAY, DAY + timedelta(days=1000)))
def test_each_account_is_chosen_for_as_if_it_were_alone(frame: pl.DataFrame, day: date) -> None:
    together = choose(frame, RULES, day)

    assert together["id"].n_unique() == together.height == frame["id"].n_unique()
    for (id,), own in frame.group_by("id", maintain_order=True):
        alone = choose(own, RULES, day).row(0, named=True)
        assert together.filter(pl.col("id") == id).row(0, named=True) == alone


@given(st.text(), st.dates())
def test_a_draw_lies_between_nothing_and_one(account: str, day: date) -> None:
    assert 0 <= draw(account, day) < 1
