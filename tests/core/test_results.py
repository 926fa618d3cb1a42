"""What came of a period: who counts where, intervals that hold, and verdicts that wait."""

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.results import RECORDS, Growth, Results, Share, results

SINCE = datetime(2026, 2, 1, tzinfo=UTC)
UNTIL = datetime(2026, 3, 3, tzinfo=UTC)
DAY = timedelta(days=1)


def record(**values: Any) -> dict[str, Any]:
    """A recommendation shown on the second day and not decided yet."""
    blank = dict.fromkeys(RECORDS)
    return (
        blank
        | {
            "play": "check_in",
            "title": "Check-in call",
            "urgency": "this_week",
            "shown_at": SINCE + DAY,
            "due_at": SINCE + 8 * DAY,
            "status": "recommended",
        }
        | values
    )


def done(result: str | None = "positive", **values: Any) -> dict[str, Any]:
    at = SINCE + 2 * DAY
    return record(
        **{"status": "completed", "accepted_at": at, "completed_at": at, "result": result} | values
    )


def summed(*records: dict[str, Any], health: Growth | None = None) -> Results:
    frame = pl.DataFrame(list(records), schema=RECORDS, orient="row")
    return results(frame, since=SINCE, until=UNTIL, health=health)


def test_an_empty_period_says_nothing_and_does_not_fail() -> None:
    found = summed()

    assert found.completed == 0
    assert (found.effect, found.hours, found.plays) == (None, None, ())
    assert {found.verdict(name) for name in ("acceptance", "hours", "health")} == {"too few"}


def test_success_counts_what_is_judged_and_completions_count_all() -> None:
    found = summed(done(), done(), done("negative"), done(None))

    assert found.completed == 4
    assert found.success == Share(2, 3)


def test_what_was_put_off_or_waits_is_neither_accepted_nor_refused() -> None:
    waiting = [record(status="deferred"), record()]
    found = summed(done(), record(status="dismissed"), *waiting)

    assert found.acceptance == Share(1, 2)
    assert found.undecided == 2


def test_accepted_and_then_dropped_or_overdue_is_not_completed_but_what_is_due_later_waits() -> (
    None
):
    accepted = {"status": "accepted", "accepted_at": SINCE + 2 * DAY}
    dropped = record(status="dismissed", accepted_at=SINCE + 2 * DAY)
    overdue = record(**accepted, due_at=UNTIL - DAY)
    found = summed(done(), dropped, overdue, record(**accepted, due_at=UNTIL + DAY))

    assert found.completion == Share(1, 3)
    assert found.running == 1
    assert found.acceptance == Share(4, 4)


def test_what_was_accepted_and_then_put_off_waits_for_its_completion() -> None:
    put_off = record(status="deferred", accepted_at=SINCE + 2 * DAY, due_at=UNTIL - DAY)
    found = summed(done(), put_off)

    assert found.completion == Share(1, 1)
    assert found.running == 1


def test_a_completion_counts_in_its_period_and_an_acceptance_where_it_was_first_shown() -> None:
    found = summed(done(shown_at=SINCE - DAY), done(completed_at=UNTIL + DAY))

    assert found.completed == 1
    assert found.acceptance.of == 1


def test_time_to_action_is_the_median_of_immediate_ones_and_says_how_many_wait() -> None:
    acted = [
        done(urgency="immediate", accepted_at=SINCE + DAY + timedelta(hours=hours))
        for hours in (1, 3, 50)
    ]
    found = summed(*acted, record(urgency="immediate"), done(urgency="today"))

    assert (found.hours, found.acted, found.idle) == (3.0, 3, 1)


def test_the_health_effect_is_a_mean_with_an_interval_around_it() -> None:
    found = summed(done(effect=6.0), done(effect=10.0), done(effect=None))

    assert found.effect is not None
    assert (found.effect.value, found.effect.of) == (8.0, 2)
    assert found.effect.low is not None
    assert found.effect.low < 8.0 < (found.effect.high or 0)
    assert summed(done(effect=6.0)).effect == type(found.effect)(6.0, 1)


def test_among_mixed_results_twelve_of_thirteen_come_before_three_of_three() -> None:
    training = {"play": "training", "title": "Training"}
    often = [done(**training) for _ in range(12)]
    failing = [done("negative", play="value_update", title="Value update") for _ in range(6)]
    found = summed(*often, done("neutral", **training), *[done()] * 3, *failing)

    assert [one.play for one in found.plays] == ["training", "check_in", "value_update"]
    assert found.plays[0].share == Share(12, 13)


@pytest.mark.parametrize(("good", "said"), [(5, "met"), (3, "missed")])
def test_a_target_is_met_or_missed_from_five_cases_on(good: int, said: str) -> None:
    found = summed(*[done()] * good, *[done("negative")] * (5 - good))

    assert found.verdict("positive") == said
    assert summed(*[done()] * 4).verdict("positive") == "too few"


def test_health_growth_is_in_percent_of_the_beginning() -> None:
    found = summed(health=Growth(before=60.0, after=69.0, accounts=9))

    assert found.health is not None
    assert found.health.percent == pytest.approx(15.0)
    assert found.verdict("health") == "met"


@given(of=st.integers(1, 10_000), share=st.floats(0, 1))
def test_the_interval_holds_the_rate_and_narrows_with_cases(of: int, share: float) -> None:
    one = Share(round(of * share), of)
    low, high = one.interval

    assert 0.0 <= low <= one.rate <= high <= 1.0
    wider = Share(one.hits * 10, of * 10).interval
    assert wider[1] - wider[0] < high - low


@given(hits=st.integers(0, 50), misses=st.integers(0, 50), rate=st.floats(0, 1))
def test_drawing_toward_a_rate_never_passes_it(hits: int, misses: int, rate: float) -> None:
    one = Share(hits, hits + misses)
    edges = sorted((one.rate if one.of else rate, rate))

    assert edges[0] - 1e-9 <= one.toward(rate) <= edges[1] + 1e-9
