"""Effects are measured against an account's own trend, all accounts at once."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.effects import FEWEST, WEEKS, effects, forecast

DAY = date(2026, 3, 3)
Row = tuple[str, date, float]
SCORES = st.lists(st.none() | st.floats(0, 100), min_size=1, max_size=WEEKS)


def _series(before: list[float], after: list[float], account: str = "a") -> list[Row]:
    """Weekly values until the day of completion, and from the week after it on."""
    old = [(account, DAY - timedelta(weeks=n), v) for n, v in enumerate(reversed(before))]
    return old + [(account, DAY + timedelta(weeks=n), v) for n, v in enumerate(after, 1)]


def _effects(*rows: Row, relative: bool = False, most: float | None = None) -> list[float | None]:
    frame = pl.DataFrame(
        rows, schema={"id": pl.String, "on": pl.Date, "value": pl.Float64}, orient="row"
    )
    done = pl.DataFrame({"key": ["r"], "id": ["a"], "day": [DAY]})
    return list(effects(frame, done, relative=relative, most=most).row(0)[1:])


def _number(value: float | None) -> float:
    assert value is not None
    return value


def _line(*weeks: float | None, ahead: float = 2) -> float:
    row = np.array([[np.nan if one is None else one for one in weeks]])
    return float(forecast(row, ahead)[0])


@settings(deadline=None)  # joins take their time while other work goes on
@given(st.floats(0, 100), st.floats(-30, 30), st.integers(1, WEEKS))
def test_what_was_level_shows_the_whole_change(level: float, change: float, weeks: int) -> None:
    found = _effects(*_series([level] * weeks, [level + change] * 5))

    assert found == pytest.approx([change, change])


def test_a_decline_that_stops_is_an_effect_and_one_that_goes_on_is_less_than_its_fall() -> None:
    falling = [90.0 - n for n in range(20)]

    goes_on = _effects(*_series(falling, [70.0 - n for n in range(5)]))
    stops = _effects(*_series(falling, [71.0] * 5))

    assert -2 < _number(goes_on[0]) < 0 < _number(stops[0]) < _number(stops[1])


def test_with_less_than_six_weeks_the_line_is_flat() -> None:
    few, enough = [50.0 + 5 * n for n in range(FEWEST - 1)], [50.0 + 5 * n for n in range(FEWEST)]

    assert _line(*few, ahead=2) == _line(*few, ahead=9)
    assert _line(*enough, ahead=2) < _line(*enough, ahead=9)


def test_use_is_measured_in_percent_of_its_trend() -> None:
    assert _effects(*_series([200.0] * 9, [250.0] * 5), relative=True) == pytest.approx([25, 25])
    assert _effects(*_series([0.0] * 9, [250.0] * 5), relative=True) == [None, None]


def test_without_history_or_without_days_after_nothing_is_measured() -> None:
    assert _effects(*_series([], [50.0] * 5)) == [None, None]
    after_14, after_30 = _effects(*_series([50.0] * 9, [60.0, 60.0]))
    assert (round(_number(after_14), 6), after_30) == (10, None)
    assert _effects() == [None, None]


def test_a_history_that_broke_off_before_the_last_weeks_says_nothing_about_the_trend() -> None:
    old = [("a", DAY - timedelta(days=21 + 7 * n), 50.0) for n in range(9)]
    older = [("a", DAY - timedelta(days=28 + 7 * n), 50.0) for n in range(9)]
    after = _series([], [60.0] * 5)

    assert _effects(*old, *after) == pytest.approx([10, 10])
    assert _effects(*older, *after) == [None, None]


def test_a_trend_stays_within_the_scale() -> None:
    rising = [40.0 + 4 * n for n in range(16)]

    assert _effects(*_series(rising, [100.0] * 5), most=100) == pytest.approx([0, 0])


@given(SCORES, st.floats(0.5, 9))
def test_a_line_stays_finite_and_a_week_without_scores_follows_it(
    weeks: list[float | None], ahead: float
) -> None:
    line = _line(*weeks, ahead=ahead)

    known = [one for one in weeks if one is not None]
    assert np.isnan(line) == (not known)
    if known:
        reach = 3 * (max(known) - min(known))
        assert min(known) - reach - 1e-6 <= line <= max(known) + reach + 1e-6


@given(st.lists(SCORES, min_size=1, max_size=6), st.floats(0.5, 9))
def test_all_accounts_at_once_and_one_by_one_are_the_same(
    rows: list[list[float | None]], ahead: float
) -> None:
    wide = np.full((len(rows), WEEKS), np.nan)
    for row, weeks in zip(wide, rows, strict=True):
        row[-len(weeks) :] = [np.nan if one is None else one for one in weeks]

    together = forecast(wide, ahead)
    alone = [float(forecast(row[None, :], ahead)[0]) for row in wide]

    assert together == pytest.approx(alone, nan_ok=True)
