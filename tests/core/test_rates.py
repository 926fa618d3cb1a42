"""Shrunken rates and means: near the level above while thin, the data's own when there is much."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone

from core.learning import ShrunkenMeans, ShrunkenRates, outcomes

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
NAMES = st.sampled_from(["a", "b", "c"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "play": NAMES,
            "segment": st.none() | NAMES,
            "owner": st.none() | NAMES,
            "outcome": st.sampled_from([0.0, 1.0]),
            "days": st.integers(0, 2000),
            "health_effect": st.none() | st.floats(-30, 30),
        }
    ),
    max_size=60,
)


def seen(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return outcomes(
        {key: row[key] for key in row if key != "days"}
        | {"at": NOW - timedelta(days=row.get("days", 0)), "kind": "completed"}
        for row in rows
    )


def times(count: int, outcome: float, play: str = "a", **rest: Any) -> list[dict[str, Any]]:
    group = {"segment": "a", "owner": "a", "days": 0} | rest
    return [{"play": play, "outcome": outcome, **group} for _ in range(count)]


def group(play: str = "a", segment: str | None = "a", owner: str | None = "a") -> pl.DataFrame:
    schema = {"play": pl.String, "segment": pl.String, "owner": pl.String}
    return pl.DataFrame([(play, segment, owner)], schema=schema, orient="row")


def rate(rows: list[dict[str, Any]], of: pl.DataFrame | None = None, **settings: Any) -> float:
    learned = ShrunkenRates(as_of=NOW, **settings).fit(seen(rows))
    return float(learned.predict(group() if of is None else of)["rate"][0])


@given(ROWS, st.sampled_from([20, 50, "auto"]))
@settings(max_examples=25)
def test_a_rate_lies_between_what_was_expected_and_what_was_seen(
    rows: list[dict[str, Any]], strength: Any
) -> None:
    learned = ShrunkenRates(strength=strength, priors={"a": 0.4, "b": 0.4, "c": 0.4}).fit(
        seen(rows)
    )
    shares = [
        sum(row["outcome"] for row in some) / len(some)
        for keys in (("play",), ("play", "segment"), ("play", "segment", "owner"), ())
        for some in _grouped(rows, keys).values()
    ]

    found = learned.predict(seen(rows))

    low, high = min([0.4, *shares]), max([0.4, *shares])
    assert found["rate"].is_between(low - 1e-6, high + 1e-6).all()


@given(ROWS, st.sampled_from([20, 50, "auto"]))
@settings(max_examples=25)
def test_an_interval_holds_its_rate_and_lies_between_nothing_and_all(
    rows: list[dict[str, Any]], strength: Any
) -> None:
    found = ShrunkenRates(strength=strength).fit(seen(rows)).predict(seen(rows))

    assert (found["low"] <= found["rate"]).all()
    assert (found["rate"] <= found["high"]).all()
    assert found["low"].is_between(0, 1).all()
    assert found["high"].is_between(0, 1).all()


@given(ROWS, NAMES, st.none() | NAMES, st.none() | NAMES)
@settings(max_examples=25)
def test_one_at_a_time_and_all_at_once_are_equal(
    rows: list[dict[str, Any]], play: str, segment: str | None, owner: str | None
) -> None:
    rates = ShrunkenRates(strength="auto", priors={"a": 0.3, "b": 0.7}).fit(seen(rows))
    means = ShrunkenMeans().fit(seen(rows))
    asked = group(play, segment, owner)

    assert rates.predict_one(play, segment, owner) == pytest.approx(rates.predict(asked).row(0))
    alone = means.predict_one(play, segment, owner) or (None, None, None)
    assert alone == pytest.approx(means.predict(asked).row(0))


@given(st.integers(0, 40), st.integers(0, 40), st.integers(2, 5))
@settings(max_examples=20)
def test_more_outcomes_of_the_same_kind_narrow_the_interval(
    wins: int, losses: int, more: int
) -> None:
    def width(count: int) -> float:
        rows = times(count * (1 + wins), 1.0) + times(count * (1 + losses), 0.0)
        found = ShrunkenRates(half_life=None).fit(seen(rows)).predict(group())
        return float((found["high"] - found["low"])[0])

    assert width(more) < width(1)


@given(st.integers(0, 700), st.integers(1, 700))
@settings(max_examples=20)
def test_a_success_counts_less_the_longer_ago_it_was(days: int, longer: int) -> None:
    lately = times(60, 0.0)

    near = rate(lately + times(20, 1.0, days=days), half_life=180)
    far = rate(lately + times(20, 1.0, days=days + longer), half_life=180)

    assert far < near


def test_while_outcomes_are_few_none_is_forgotten() -> None:
    old, recent = times(9, 1.0, days=700), times(9, 1.0)

    assert rate(old) == pytest.approx(rate(recent))


def test_forgetting_stops_where_fifty_outcomes_are_left() -> None:
    learned = ShrunkenRates(as_of=NOW).fit(seen(times(100, 1.0, days=900)))

    assert learned.cells_.frames["play"]["weight"].sum() >= 50


def test_a_team_that_changed_is_forgotten_faster_than_one_that_did_not() -> None:
    changed = [
        row
        for days in range(600)
        for row in times(1, float((days < 300) ^ (days % 10 == 0)), days=days)
    ]
    steady = [row for days in range(600) for row in times(1, float(days % 2), days=days)]

    quick = ShrunkenRates(as_of=NOW).fit(seen(changed)).half_life_
    slow = ShrunkenRates(as_of=NOW).fit(seen(steady)).half_life_

    assert quick is not None
    assert quick < 180
    assert slow is None or slow >= 180


def test_what_was_never_seen_is_expected_to_do_as_the_level_above() -> None:
    rows = times(60, 1.0, owner="b") + times(60, 0.0, segment="b", owner="b")

    assert rate(rows, group(owner="new")) == pytest.approx(rate(rows, group(owner=None)))
    assert rate(rows, group(segment="new", owner="new")) == pytest.approx(
        rate(rows, group(segment=None, owner=None))
    )
    assert rate(rows, group("new")) == pytest.approx(0.5, abs=0.01)
    assert rate(rows) > 0.7


def test_each_level_may_differ_from_the_one_above_once_it_has_outcomes() -> None:
    rows = times(200, 1.0, owner="b") + times(200, 0.0, owner="c")

    assert rate(rows, group(owner="b")) > 0.9
    assert rate(rows, group(owner="c")) < 0.1
    assert rate(rows, group(owner=None)) == pytest.approx(0.5, abs=0.02)


def test_without_outcomes_a_play_is_expected_to_do_what_its_prior_says() -> None:
    found = ShrunkenRates(priors={"a": 0.6}).fit(seen([])).predict(group())

    assert found["rate"][0] == pytest.approx(0.6)
    assert (round(found["low"][0], 2), round(found["high"][0], 2)) == (0.46, 0.74)


def test_an_untried_play_is_expected_to_share_the_luck_of_the_others() -> None:
    priors = {"a": 0.5, "b": 0.7}

    assert rate(times(60, 0.0), group("b"), priors=priors) < 0.5
    assert rate(times(60, 1.0), group("b"), priors=priors) > 0.8


def test_the_strength_is_learned_weak_where_cells_differ_and_strong_where_they_do_not() -> None:
    differ = times(40, 1.0, owner="a") + times(40, 0.0, owner="b") + times(40, 1.0, owner="c")
    alike = [
        row
        for owner in "abcdefgh"
        for outcome in (0.0, 1.0)
        for row in times(60, outcome, owner=owner)
    ]

    weak = ShrunkenRates(strength="auto").fit(seen(differ)).strength_["owner"]
    strong = ShrunkenRates(strength="auto").fit(seen(alike)).strength_["owner"]

    assert weak < 20 < strong


@pytest.mark.parametrize("estimator", [ShrunkenRates(strength=50), ShrunkenMeans("usage_effect")])
def test_an_estimator_can_be_cloned_read_and_set_as_scikit_learn_does(
    estimator: ShrunkenRates | ShrunkenMeans,
) -> None:
    twin = clone(estimator)

    assert twin is not estimator
    assert twin.get_params() == estimator.get_params()
    assert twin.set_params(strength=30).get_params()["strength"] == 30
    assert "strength=30" in repr(twin)
    with pytest.raises(TypeError, match="colour"):
        twin.set_params(colour="red")


def test_a_few_measured_effects_say_little_and_many_speak_for_themselves() -> None:
    few = ShrunkenMeans().fit(seen(times(2, 1.0, health_effect=12.0)))
    many = ShrunkenMeans().fit(seen(times(400, 1.0, health_effect=12.0)))

    assert 0 < few.predict(group())["effect"][0] < 4
    assert many.predict(group())["effect"][0] > 11
    assert _width(many) < _width(few)


def test_an_effect_that_was_never_measured_is_not_known() -> None:
    learned = ShrunkenMeans().fit(seen(times(9, 1.0, health_effect=None)))

    assert learned.predict(group()).row(0) == (None, None, None)
    assert learned.predict_one("a", "a", "a") is None


def _width(learned: ShrunkenMeans) -> float:
    found = learned.predict(group())
    return float((found["high"] - found["low"])[0])


def _grouped(
    rows: list[dict[str, Any]], keys: tuple[str, ...]
) -> Mapping[tuple[str | None, ...], list[dict[str, Any]]]:
    found: dict[tuple[str | None, ...], list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(tuple(row[key] for key in keys), []).append(row)
    return found
