"""When the plays apply: the edges of the document's triggers, and what rules a play out."""

from typing import Any

import pytest

from core.ranking import rank
from core.signals.signal import say
from tests.core.builders import BETA, CATALOGUE, ENGINE, FRESH, TODAY, facts

WELL = FRESH | {
    "health": 88.0,
    "champion": "Sarah Lin",
    "champion_silent_days": 2,
    "sponsor": "Tom Reed",
}
"""An account of which nothing speaks but its health."""

FULL = {"seat_use": 0.97}
RISK = {"critical_risks": 1, "serious_risks": 1, "open_risks": 1}
SERIOUS = {"serious_risks": 1, "open_risks": 1}
TICKETS = {"open_tickets": 5, "urgent_tickets": 3, "tickets_30d": 6, "tickets_usual": 1.0}
QUIET = {"champion_silent_days": 20}
FELL_15 = {"health": 65.0, "health_was": 80.0, "health_change_7d": -15.0}
FELL_16 = {"health": 64.0, "health_was": 80.0, "health_change_7d": -16.0}
WHITE = {"idle_department": "Finance", "departments_active": 2, "health": 75.0}
ASK = {"feedback_asked": False}
REACHED = {"milestone": "Second team is live", "days_since_milestone": 3}
NO_KICKOFF = {"kickoff_booked": False}
YEARLY = {"contract_months": 12, "open_opportunities": 1, "opportunity": "30 seats"}


def plays(*known: dict[str, Any]) -> list[str]:
    row: dict[str, Any] = WELL
    for one in known:
        row = row | one
    return rank(facts(row), ENGINE, ())["play"].to_list()


@pytest.mark.parametrize(
    ("play", "known", "applies"),
    [
        ("share_content", {"fading_metric": "reports", "fading_change": -25.0}, True),
        ("share_content", {"fading_metric": "reports", "fading_change": -24.0}, False),
        ("request_feedback", ASK | {"days_to_renewal": 150}, True),
        ("request_feedback", ASK | {"days_to_renewal": 91}, True),
        ("request_feedback", ASK | {"days_to_renewal": 90}, False),
        ("request_feedback", ASK | {"days_to_renewal": 151}, False),
        ("request_feedback", ASK | REACHED, True),
        ("request_feedback", {"feedback_asked": True} | REACHED, False),
        ("request_feedback", REACHED, False),
        ("value_update", REACHED, True),
        ("escalation_call", FELL_16, True),
        ("escalation_call", FELL_15, False),
        ("escalation_call", {"health": 60.0, "health_change_30d": -16.0}, True),
        ("escalation_call", {"health": 60.0, "health_change_30d": -15.0}, False),
        ("save_play", RISK, True),
        ("save_play", {"critical_risks": 0, "open_risks": 2}, False),
        ("save_play", {"health": 39.0}, True),
        ("department_introduction", WHITE, True),
        ("department_introduction", WHITE | {"departments_active": 0}, False),
        ("department_introduction", WHITE | {"health": 69.0}, False),
        ("department_introduction", WHITE | {"open_risks": 1}, False),
        ("upsell_proposal", FULL, True),
        ("upsell_proposal", FULL | {"health": 79.0}, False),
        ("upsell_proposal", {"seat_use": 0.94}, False),
        ("renewal_optimization", {"days_to_renewal": 140, "seat_use": 0.49}, True),
        ("renewal_optimization", {"days_to_renewal": 140, "seat_use": 0.95}, True),
        ("renewal_optimization", {"days_to_renewal": 140, "seat_use": 0.7}, False),
        ("renewal_optimization", {"days_to_renewal": 181, "seat_use": 0.49}, False),
        ("multi_year_offer", YEARLY | {"days_to_renewal": 180}, True),
        ("multi_year_offer", YEARLY | {"days_to_renewal": 181}, False),
        ("multi_year_offer", YEARLY | {"days_to_renewal": 150, "contract_months": 24}, False),
        ("multi_year_offer", {"days_to_renewal": 150, "contract_months": 12}, False),
        ("kickoff", NO_KICKOFF | {"days_as_customer": 21}, True),
        ("kickoff", NO_KICKOFF | {"days_as_customer": 22}, False),
        ("kickoff", {"kickoff_booked": True, "days_as_customer": 9}, False),
        ("kickoff", {"days_as_customer": 9}, False),
        ("success_review", {"days_to_anniversary": 21, "days_as_customer": 709}, True),
        ("success_review", {"days_to_anniversary": 22, "days_as_customer": 708}, False),
        ("success_review", REACHED | {"days_since_milestone": 14}, True),
        ("success_review", REACHED | {"days_since_milestone": 15}, False),
    ],
)
def test_a_play_applies_up_to_its_edge(play: str, known: dict[str, Any], applies: bool) -> None:
    assert (play in plays(known)) is applies


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (10, False),
        (11, True),
        (17, True),
        (18, False),
        (25, True),
        (31, True),
        (53, True),
        (59, True),
        (60, False),
    ],
)
def test_onboarding_is_looked_at_in_weeks_two_four_and_eight(days: int, due: bool) -> None:
    assert ("onboarding_checkpoint" in plays({"days_as_customer": days})) is due


@pytest.mark.parametrize("known", [{"days_since_meeting": 7}, {"days_to_meeting": 7}, NO_KICKOFF])
def test_no_checkpoint_is_asked_for_beside_a_meeting_or_before_the_kickoff(
    known: dict[str, Any],
) -> None:
    week_two = {"days_as_customer": 14}

    assert "onboarding_checkpoint" in plays(week_two)
    assert "onboarding_checkpoint" not in plays(week_two, known)


def test_who_never_had_a_kickoff_still_gets_the_later_checkpoints() -> None:
    assert "onboarding_checkpoint" in plays(NO_KICKOFF, {"days_as_customer": 28})


def test_a_drop_of_twelve_points_is_no_reason_to_escalate() -> None:
    beta = rank(facts(BETA), ENGINE, ())["play"].to_list()

    assert beta[0] == "champion_outreach"
    assert "escalation_call" not in beta


def test_nobody_checks_in_who_meets_the_customer_next_week_anyway() -> None:
    silent = {"days_since_contact": 30}

    assert "check_in" in plays(silent)
    assert "check_in" not in plays(silent, {"days_to_meeting": 5})


GROWTH = [name for name, play in CATALOGUE.plays.items() if play.lean == "grow"]


@pytest.mark.parametrize("play", GROWTH)
@pytest.mark.parametrize(
    "trouble",
    [RISK, SERIOUS, QUIET, TICKETS, FELL_16, {"health": 60.0, "health_change_30d": -20.0}],
    ids=["critical risk", "serious risk", "silent champion", "tickets", "drop", "decline"],
)
def test_nothing_is_sold_to_a_customer_in_trouble(play: str, trouble: dict[str, Any]) -> None:
    example = dict(CATALOGUE.plays[play].example)

    assert play in plays(example)
    assert play not in plays(example, trouble)


@pytest.mark.parametrize(
    "play", ["kickoff", "onboarding_checkpoint", "value_update", "success_review", "share_content"]
)
def test_business_as_usual_waits_while_an_account_has_to_be_saved(play: str) -> None:
    example = dict(CATALOGUE.plays[play].example)

    both = plays(example, RISK)

    assert "save_play" in both
    assert play not in both


def test_a_success_is_reviewed_in_the_qbr_when_one_is_near() -> None:
    qbr = {"days_to_qbr": 12, "next_qbr_on": TODAY}

    assert "success_review" in plays(REACHED)
    assert "success_review" not in plays(REACHED, qbr)


@pytest.mark.parametrize(
    ("days", "seats", "best"),
    [
        (85, {"seat_use": 0.93}, "renewal_preparation"),
        (85, {"seat_use": 0.38}, "renewal_preparation"),
        (150, {"seat_use": 0.38}, "renewal_optimization"),
        (150, {"seat_use": 0.93}, "multi_year_offer"),
    ],
)
def test_one_of_the_plays_about_a_renewal_leads(
    days: int, seats: dict[str, Any], best: str
) -> None:
    about = ("renewal_preparation", "renewal_optimization", "multi_year_offer")
    ranked = plays({"days_to_renewal": days, "contract_months": 12}, seats)

    assert next(name for name in ranked if name in about) == best


def test_saving_comes_before_renewing() -> None:
    assert plays({"days_to_renewal": 60, "health": 45.0}, RISK)[0] == "save_play"


@pytest.mark.parametrize(
    ("critical", "said"),
    [
        (1, "1 critical risk not cleared: “Runs a trial of a competitor”."),
        (2, "2 critical risks not cleared: first of all “Runs a trial of a competitor”."),
    ],
)
def test_a_critical_risk_is_named(critical: int, said: str) -> None:
    row = RISK | {"critical_risks": critical, "top_risk": "Runs a trial of a competitor."}

    assert say(CATALOGUE.signals["critical_risk"].says, row) == said
