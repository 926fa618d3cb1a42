"""Facts that were called wrong: silent until they change, for that account only."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from core.doubts import Doubt, changed, counted_from, flagged, is_unchanged, plain, without_doubted
from core.engine import Moment
from core.facts import FACT
from core.ranking import rank, with_facts
from core.recommend import build, unknown
from core.recommendations import DecisionKind, DismissReason
from tests.core.builders import BETA, ENGINE, NOW, TODAY, beta, decision, facts

DAYS = st.sampled_from(
    ["champion_silent_days", "days_since_contact", "days_to_renewal", "days_to_qbr"]
)
OTHERS = st.sampled_from(["open_tickets", "health", "adoption"])


def _doubt(fact: str, value: Any, account: str = "beta") -> Doubt:
    on = counted_from(fact, ENGINE.moment)
    return Doubt(f"d.{fact}", account, fact, plain(value), on, "Champion silent: 14 days", "Ana")


def _later(days: int) -> Moment:
    return Moment(NOW + timedelta(days=days), TODAY + timedelta(days=days))


@given(DAYS, st.integers(0, 400), st.integers(0, 60), st.integers(-5, 5))
def test_days_count_on_by_themselves_and_anything_else_is_a_change(
    fact: str, value: int, passed: int, moved: int
) -> None:
    counts = -1 if fact.startswith("days_to_") else 1

    now = value + counts * passed + moved

    assert is_unchanged(_doubt(fact, value), now, _later(passed)) == (moved == 0)


@given(OTHERS, st.integers(-100, 100), st.integers(0, 60), st.integers(-100, 100))
def test_other_facts_are_unchanged_while_they_are_equal(
    fact: str, value: int, passed: int, now: int
) -> None:
    assert is_unchanged(_doubt(fact, value), float(now), _later(passed)) == (now == value)


@given(st.sampled_from(sorted(FACT)), st.integers(0, 9))
def test_what_is_no_longer_known_has_not_changed(fact: str, passed: int) -> None:
    assert is_unchanged(_doubt(fact, 3), None, _later(passed))


def test_means_that_roll_on_may_drift_a_little_and_are_still_what_was_doubted() -> None:
    wrong = _doubt("usage_change", -25.0)

    assert is_unchanged(wrong, -22.0, _later(3))
    assert not is_unchanged(wrong, -8.0, _later(3))


def test_days_and_words_are_compared_as_they_are_kept() -> None:
    on = date(2026, 5, 2)

    assert is_unchanged(_doubt("next_qbr_on", on), on, _later(4))
    assert not is_unchanged(_doubt("next_qbr_on", on), on + timedelta(days=1), _later(4))
    assert is_unchanged(_doubt("qbr_prep_booked", False), False, _later(4))
    assert not is_unchanged(_doubt("qbr_deck", "draft"), "ready", _later(4))


def test_a_doubted_fact_silences_its_signal_for_that_account_only() -> None:
    both = facts(BETA, BETA | {"id": "other"})

    used = without_doubted(both, [_doubt("champion_silent_days", 14)], ENGINE.moment)

    ranked = rank(used, ENGINE, ())
    outreach = ranked.filter(pl.col("play") == "champion_outreach")
    assert outreach["id"].to_list() == ["other"]
    assert used["champion"].to_list() == ["Sarah Lin", "Sarah Lin"]


def test_a_doubt_lowers_confidence_and_is_said_on_the_card() -> None:
    said = "Ana told me that “Champion silent: 14 days” is wrong"
    used = without_doubted(facts(BETA), [_doubt("champion_silent_days", 14)], ENGINE.moment)

    of_play = pl.col("play") == "executive_alignment"
    doubted = with_facts(rank(used, ENGINE, ()).filter(of_play), used, ENGINE).row(0, named=True)
    before = rank(facts(BETA), ENGINE, ()).filter(of_play).row(0, named=True)

    assert doubted["confidence"] < before["confidence"]
    assert any(said in text for text in build(doubted, ENGINE).unknown)
    assert said in unknown(doubted, ["champion"], TODAY)[0]


def test_a_fact_that_changed_is_used_again_and_its_doubt_is_over() -> None:
    doubts = [_doubt("champion_silent_days", 10), _doubt("open_tickets", 1)]

    used = without_doubted(facts(BETA), doubts, ENGINE.moment)

    assert used["champion_silent_days"].to_list() == [14]
    assert used["open_tickets"].to_list() == [None]
    assert changed(facts(BETA), doubts, ENGINE.moment) == ("d.champion_silent_days",)


def test_doubts_about_accounts_and_facts_out_of_sight_do_nothing() -> None:
    doubts = [_doubt("open_tickets", 1, account="elsewhere"), _doubt("gone_since", 1)]

    assert without_doubted(facts(BETA), doubts, ENGINE.moment).equals(facts(BETA))
    assert changed(facts(BETA), doubts, ENGINE.moment) == ()


def test_wrong_data_flags_what_was_named_else_the_deciding_signal() -> None:
    shown = beta()
    wrong = decision(DecisionKind.DISMISS, reason=DismissReason.WRONG_DATA)

    (deciding,) = flagged(shown, wrong)
    named = flagged(shown, replace(wrong, doubts=("usage_drop", "health_drop")))

    assert deciding.reading is not None
    assert (deciding.reading.fact, deciding.reading.value) == ("champion_silent_days", 14)
    assert {one.type for one in named} == {"usage_drop", "health_drop"}
    assert flagged(shown, replace(wrong, reason=DismissReason.NOT_NOW)) == ()
    assert flagged(replace(shown, signals=()), wrong) == ()


def test_history_is_counted_in_utc_and_what_is_to_come_from_the_readers_day() -> None:
    moment = Moment(datetime.fromisoformat("2026-03-03T23:30+00:00"), date(2026, 3, 4))

    assert counted_from("days_since_contact", moment) == date(2026, 3, 3)
    assert counted_from("days_to_renewal", moment) == date(2026, 3, 4)
