"""A portfolio's questions: what is asked for, and what is missing everywhere."""

from collections import Counter
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.portfolio import Wanted, counts, missing, most_urgent_first
from core.ranking import rank
from core.scoring import BUCKETS, bucket, due
from tests.core.builders import BETA, CATALOGUE, ENGINE, TODAY, facts

PLACED = {"due_in": pl.Int64, "at": pl.Int64}
NAMES = [name for _, name in BUCKETS]


@pytest.mark.parametrize("urgency", ["immediate", "today", "this_week", "this_month"])
@pytest.mark.parametrize("due_in", [-1, 0, 1, 2, 7, 8, 30, 31, 400])
def test_an_urgency_asks_for_exactly_what_its_card_would_say(urgency: str, due_in: int) -> None:
    ranked = pl.DataFrame({"due_in": [due_in]})

    found = Wanted(urgency=urgency).among(ranked, CATALOGUE)  # type: ignore[arg-type]  # one of the four

    assert bool(found.height) == (bucket(due_in) == urgency)


def test_without_a_wish_everything_stays() -> None:
    ranked = rank(facts(BETA), ENGINE, ())

    assert Wanted().among(ranked, CATALOGUE).height == ranked.height


def test_what_one_account_has_is_not_missing_from_the_portfolio() -> None:
    assert missing(facts(BETA, {"id": "bare"}), TODAY) == ()


def test_what_no_account_has_is_said_once_as_a_sentence() -> None:
    said = missing(facts(BETA | {"health_on": None}, {"id": "bare"}), TODAY)

    assert said == ("No health scores.",)


@given(days=st.lists(st.integers(-3, 60)))
def test_what_is_urgent_comes_first_and_keeps_its_order_and_the_counts_add_up(
    days: list[int],
) -> None:
    ranked = pl.DataFrame({"due_in": days, "at": list(range(len(days)))}, schema=PLACED)

    ordered = most_urgent_first(ranked)

    places = [(NAMES.index(bucket(day)), at) for day, at in ordered.rows()]
    assert places == sorted(places)
    assert counts(ranked) == Counter(bucket(day) for day in days)


@given(st.integers(0, 60), st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1)))
def test_only_what_is_due_today_may_be_due_at_a_weekend(due_in: int, today: date) -> None:
    found = due(due_in, today)

    assert (found == today) is (due_in <= 1)
    assert found == today or found.weekday() < 5
    assert abs((found - today).days - due_in) <= 2
