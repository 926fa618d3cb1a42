"""Happenings in words: only what is one of the catalogue's, said in full, is read as one."""

import pytest

from bot.language.events import Event, resolve


@pytest.mark.parametrize(
    ("words", "happening"),
    [
        ("until the ticket closes", "ticket_closed"),
        ("until their support case is resolved", "ticket_closed"),
        ("once all tickets are closed", "tickets_cleared"),
        ("after the renewal call", "renewal_talk"),
        ("until they renew", "renewed"),
        ("until after the QBR", "qbr"),
        ("when the QBR prep call is booked", "qbr_prep_booked"),
        ("after our next meeting", "meeting"),
        ("until a meeting is booked", "meeting_booked"),
        ("after the call", "call"),
        ("as soon as they reply", "reply"),
        ("until I hear back", "reply"),
        ("when the champion is back", "champion_back"),
        ("when they are back", "champion_back"),
        ("after the executive briefing", "sponsor_met"),
        ("until the next milestone", "milestone"),
        ("until a training is booked", "training_booked"),
    ],
)
def test_what_people_wait_for_is_found_in_the_catalogue(words: str, happening: str) -> None:
    assert resolve(words) == Event(happening)


def test_a_person_who_is_to_be_back_is_named() -> None:
    assert resolve("when Sarah is back") == Event("champion_back", "sarah")
    assert resolve("once Tom is back from vacation") == Event("champion_back", "tom")


@pytest.mark.parametrize(
    "words",
    [
        "until Friday",
        "until the moon is full",
        "after the meeting on Friday",
        "until the ticket closes or the champion is back",
        "until",
        "",
        "next week",
        "when we are ready for the next meeting",
    ],
)
def test_days_and_anything_else_are_no_happening(words: str) -> None:
    assert resolve(words) is None
