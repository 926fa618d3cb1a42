"""Ranking: the seed's examples come out, the numbers add up, nothing is invented."""

import math
from dataclasses import replace
from datetime import timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.eligibility import Past
from core.engine import Engine
from core.facts import FACTS, GROUPS
from core.learning import Effectiveness, outcomes
from core.ranking import rank
from core.recommend import build, cleared, leaders, others, runner_up, unknown
from core.recommendations import Status
from core.scoring import WEIGHTS
from core.wording import day
from tests.core.builders import (
    BETA,
    CATALOGUE,
    ENGINE,
    FRESH,
    NOW,
    TODAY,
    beta,
    facts,
    ranking,
)


def _knowing(**seen: tuple[int, int]) -> Engine:
    """The engine after so many wins and losses of each play."""
    rows = [
        {"play": play, "outcome": float(won), "at": NOW, "kind": "completed"}
        for play, (wins, losses) in seen.items()
        for won in [True] * wins + [False] * losses
    ]
    learned = Effectiveness.of(outcomes(rows), CATALOGUE.priors, NOW)
    return replace(ENGINE, effectiveness=learned)


def _plays(*rows: dict[str, object], past: tuple[Past, ...] = ()) -> list[str]:
    return rank(facts(*rows), ENGINE, past)["play"].to_list()


def test_beta_inc_gets_the_call_to_its_silent_champion_with_the_seeds_reasons() -> None:
    recommendation = beta()

    assert recommendation.headline == "Call Sarah Lin at Beta Inc"
    assert recommendation.urgency == "immediate"
    assert recommendation.reasons == (
        "Champion Sarah hasn't logged in for 14 days.",
        "Health score dropped 12 points this week (78 to 66).",
        "Usage is down 25 % against the two weeks before.",
        "Renewal in 60 days.",
    )


TICKETS = {"open_tickets": 5, "urgent_tickets": 3, "tickets_30d": 6, "tickets_usual": 1.0}


@pytest.mark.parametrize(
    ("story", "play"),
    [
        ({"days_to_renewal": 85, "health": 82.0}, "renewal_preparation"),
        ({"days_since_value_update": 100}, "value_update"),
        (TICKETS, "support_issues"),
        ({"adoption": 0.28}, "training"),
        ({"days_to_qbr": 12, "next_qbr_on": TODAY, "qbr_prep_booked": False}, "qbr_preparation"),
    ],
    ids=["Alpha Corp", "Gamma Ltd", "Delta Co", "Epsilon", "Zeta Inc"],
)
def test_the_seeds_other_accounts_get_their_plays(story: dict[str, object], play: str) -> None:
    assert _plays(FRESH | story)[0] == play


def test_an_account_of_which_nothing_is_known_gets_no_recommendation() -> None:
    assert _plays({}) == []


def test_no_account_at_all_gives_an_empty_ranking() -> None:
    assert rank(facts(), ENGINE, ()).is_empty()


def test_the_runner_up_says_what_would_lead_if_the_best_fell_away() -> None:
    frame = facts(BETA)
    ranked = ranking(BETA)

    second = runner_up(ranked, ENGINE, leaders(cleared(frame, ENGINE, ())))

    assert second is not None
    assert second.title == "Executive alignment"
    assert second.reason.endswith(
        "If Sarah signed in again, Start renewal conversation would lead."
    )


def test_what_ends_a_signal_ends_its_stronger_cases_too() -> None:
    full = facts(FRESH | {"seat_use": 0.97, "health": 90.0})

    leading = leaders(cleared(full, ENGINE, ()))

    assert "upsell_proposal" in rank(full, ENGINE, ())["play"].to_list()
    assert leading.get(("a", "near_capacity")) != "upsell_proposal"
    assert leading["a", "at_capacity"] == "expansion_discussion"


def test_only_the_owner_is_told_of_their_outcomes_as_yours() -> None:
    row = {"play": "champion_outreach", "owner": "ana", "outcome": 1.0, "at": NOW}
    learned = Effectiveness.of(outcomes([row | {"kind": "completed"}]), CATALOGUE.priors, NOW)
    engine = replace(ENGINE, effectiveness=learned)
    best = ranking(BETA, engine=engine).row(0, named=True)

    theirs, own = build(best, engine), build(best, replace(engine, reader="ana"))

    assert "worked in 1 of Ana's 1;" in theirs.evidence_note
    assert "worked in 1 of your 1;" in own.evidence_note
    assert theirs.score.part("impact").pieces[0].says.startswith("Worked in 1 of Ana's 1;")


def test_what_comes_after_the_runner_up_is_named_with_its_reason() -> None:
    ranked = ranking(BETA | {"days_since_contact": 30})

    further = others(ranked, ENGINE)

    assert [one.play for one in further] == ranked["play"].to_list()[2:4]
    assert all(one.reason.endswith(".") for one in further)


def test_a_renewal_is_not_opened_while_the_champion_is_silent() -> None:
    assert "renewal_preparation" not in _plays(BETA)
    assert "renewal_preparation" in _plays(BETA | {"champion_silent_days": 1})


def test_a_missing_fact_lowers_confidence_and_is_said() -> None:
    whole, partial = beta(), beta(health_on=None, health=None, health_change_7d=None)

    assert partial.score.part("confidence").value < whole.score.part("confidence").value
    assert "no health scores" in partial.unknown


def test_a_stale_fact_lowers_confidence_and_is_said_with_its_day() -> None:
    stale = beta(health_on=TODAY.replace(month=1))

    assert stale.score.part("confidence").value < beta().score.part("confidence").value
    assert "no health score since Sat 3 Jan" in stale.unknown


def test_unknown_revenue_adds_nothing_to_the_priority() -> None:
    unknown = beta(arr=None, arr_rank=None)

    assert unknown.score.part("account_value").value == 0
    assert "not known" in unknown.score.part("account_value").pieces[0].says


def test_a_play_that_worked_more_often_scores_higher() -> None:
    good = _knowing(champion_outreach=(40, 0))
    bad = _knowing(champion_outreach=(0, 40))

    scores = [rank(facts(BETA), engine, ())["impact"][0] for engine in (good, bad)]

    assert scores[0] > scores[1]


def test_an_accepted_play_is_not_proposed_again() -> None:
    past = (Past("beta", "champion_outreach", Status.ACCEPTED, TODAY),)

    assert "champion_outreach" not in _plays(BETA, past=past)


VALUES = {
    pl.Float64: st.none() | st.floats(-200, 200),
    pl.Int64: st.none() | st.integers(-400, 4000),
    pl.String: st.none() | st.sampled_from(["Sarah Lin", "not_started", "{x} <!channel>"]),
    pl.Boolean: st.none() | st.booleans(),
    pl.Date: st.none() | st.dates(TODAY.replace(year=2024), TODAY.replace(year=2028)),
}

anything = st.fixed_dictionaries(
    {fact.name: VALUES[fact.dtype] for fact in FACTS if fact.group != "account"}  # type: ignore[index]  # the catalogue uses these five types
    | {f"{group.name}_on": VALUES[pl.Date] for group in GROUPS}
)


@given(anything, st.integers(0, 60), st.integers(0, 60))
def test_whatever_the_facts_the_parts_add_up_and_stay_on_their_scale(
    values: dict[str, object], wins: int, losses: int
) -> None:
    known = {"arr_rank": abs(float(values["arr_rank"] or 0)) / 200}  # type: ignore[arg-type]  # a float or None by construction
    engine = _knowing(champion_outreach=(wins, losses), check_in=(losses, wins))

    found = ranking(values | known, engine=engine)

    for row in found.iter_rows(named=True):
        score = build(row, engine).score
        assert math.isclose(score.priority, row["priority"], abs_tol=1e-9)
        assert math.isclose(score.priority, sum(part.points for part in score.parts))
        assert [part.weight for part in score.parts] == list(WEIGHTS.values())
        for part in score.parts:
            assert 0 <= part.value <= 100 + 1e-9
            assert math.isclose(part.value, sum(piece.points for piece in part.pieces))


def test_all_that_the_relationship_rests_on_is_named_also_contact_of_today() -> None:
    best = beta(days_since_contact=0)

    (relationship,) = (
        piece for piece in best.score.part("impact").pieces if piece.label == "Relationship"
    )
    assert relationship.says == (
        "You have a champion, their sign-in in the last 30 days, an executive sponsor, contact in "
        "the last 30 days"
    )
    assert relationship.points == 15.0


def test_one_feed_that_stopped_is_said_once() -> None:
    stopped = TODAY - timedelta(days=40)
    row = {"usage_on": stopped, "adoption_on": stopped, "seats_on": stopped, "health_on": None}

    said = unknown(row, ["health", "usage", "adoption", "seats", "value"], TODAY)

    assert said == ("no health scores", f"no usage data since {day(stopped, TODAY)}", "no ARR")
