"""Happenings: each has its words, and fits only where its facts are known."""

from datetime import date

import pytest

from core.happenings import HAPPENINGS, Happened, fitting

NAMES = [
    "meeting",
    "meeting_booked",
    "call",
    "email_sent",
    "reply",
    "qbr",
    "qbr_prep_booked",
    "kickoff_booked",
    "training_booked",
    "renewal_talk",
    "renewed",
    "ticket_closed",
    "tickets_cleared",
    "opportunity_opened",
    "champion_back",
    "sponsor_met",
    "value_update",
    "feedback",
    "milestone",
]


def test_the_catalogue_holds_what_plays_and_people_may_name() -> None:
    assert list(HAPPENINGS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_happening_says_when_it_took_place_and_its_label_reads_on(name: str) -> None:
    one = HAPPENINGS[name]

    assert Happened(name, date(2026, 11, 17)).told().endswith("on Tue 17 Nov 2026")
    assert one.label[0].islower()
    assert not one.label.endswith(".")
    assert (one.fits is None) == (not one.phrases)


def test_nothing_can_be_waited_for_at_an_account_of_which_nothing_is_known() -> None:
    assert fitting({}) == ()


def test_what_can_be_waited_for_follows_from_the_facts() -> None:
    facts = {"open_tickets": 1, "days_to_renewal": 60, "champion": "Sarah Lin"}

    assert [one.name for one in fitting(facts)] == [
        "renewal_talk",
        "renewed",
        "ticket_closed",
        "champion_back",
    ]
