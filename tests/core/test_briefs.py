"""A brief: what was said, what is promised, who went quiet, one ask, one value; from rows alone."""

from datetime import timedelta
from typing import Any

from core.briefs import (
    Advised,
    Background,
    Booked,
    Brief,
    Deal,
    OpenTicket,
    Person,
    PlanNote,
    brief,
)
from core.briefs import Touch as T
from core.briefs.brief import NO_ASK, NO_VALUE
from core.changes import Event
from tests.core.builders import BETA, NOW, TODAY, beta, facts


def _ago(days: int) -> Any:
    return NOW - timedelta(days=days)


def _made(
    background: Background, advised: Advised | None = None, *events: Event, **facts_: Any
) -> Brief:
    row = facts(BETA | facts_).row(0, named=True)
    told = advised or Advised()
    return brief(row, background, moves=(), events=events, advised=told, today=TODAY)


CALL = T("call", _ago(20), "Plans", "Sarah Lin", "Two answers\nto follow.")
MAIL = T("email_out", _ago(4), "Dates", "Sarah Lin")
WROTE = T("email_in", _ago(2), "When?", "Sarah Lin")


def test_the_last_talk_comes_with_what_was_noted_and_our_mail_waits_for_an_answer() -> None:
    found = _made(Background(touches=(MAIL, CALL)))

    assert found.touches == (
        "Last call with Sarah Lin on 11 Feb (“Plans”): “Two answers to follow.”",
    )
    assert found.theirs == ("Sarah Lin's answer to “Dates” of 27 Feb",)


def test_their_mail_that_nobody_answered_is_ours_to_answer() -> None:
    found = _made(Background(touches=(WROTE, MAIL)))

    assert found.ours == ("an answer to their e-mail “When?” of 1 Mar",)
    assert found.theirs == ()


def test_open_promises_name_what_presses_most_first() -> None:
    tickets = (
        OpenTicket("Old", "low", TODAY - timedelta(days=30), ""),
        OpenTicket("High", "high", TODAY - timedelta(days=5), ""),
        OpenTicket("Urgent", "urgent", TODAY - timedelta(days=1), ""),
    )
    accepted = beta()
    found = _made(
        Background(
            tickets=tickets,
            deals=(Deal("Seats", 9_000.0, "qualified", TODAY + timedelta(days=9)),),
            booked=(Booked("Check-in Beta Inc", "check_in", _ago(-8)),),
            plan=PlanNote("FY26", "pending_review", TODAY - timedelta(days=6)),
        ),
        Advised(underway=(accepted,)),
        days_to_qbr=20,
        next_qbr_on=TODAY + timedelta(days=20),
        qbr_prep_booked=False,
        qbr_deck="not_started",
    )

    assert found.ours == (
        f"{accepted.headline}: due {TODAY.day + (accepted.due_on - TODAY).days} Mar"
        if accepted.due_on > TODAY
        else f"{accepted.headline}: due today",
        "ticket “Urgent”, urgent, open for 1 day",
        "ticket “High”, high, open for 5 days",
        "1 more open ticket",
        "QBR on 23 Mar: no preparation booked, deck not started",
        "account plan FY26 waits for review since 25 Feb",
    )
    assert found.theirs == (
        "their decision on “Seats”: $9K, qualified, expected 12 Mar",
        "Booked: Check-in, 11 Mar",
    )


def test_people_who_matter_are_named_with_their_last_sign_and_who_went_quiet() -> None:
    people = (
        Person("Sarah Lin", "champion", "VP", "Ops", _ago(14), _ago(20), None),
        Person("Tom Reed", "executive_sponsor", "COO", "", None, _ago(70), None),
        Person("Ann Ray", "economic_buyer", "CFO", "", None, None, None),
        Person("Max Gone", "technical", "Admin", "IT", _ago(90), None, TODAY - timedelta(days=5)),
        Person("Zoe User", "user", "", "", _ago(1), None, None),
    )

    found = _made(Background(people=people), idle_department="Finance")

    assert found.people == (
        "Sarah Lin, champion: quiet, last sign-in 17 Feb, 14 days ago",
        "Tom Reed, sponsor: last contact 23 Dec 2025, 70 days ago",
        "Ann Ray, economic buyer: no sign-in or contact on record",
        "Max Gone, Admin, left on 26 Feb",
        "Quiet: nobody in Finance signed in for 90 days",
    )


def test_one_ask_comes_from_what_is_recommended_and_is_a_question() -> None:
    best = beta()

    assert _made(Background(), Advised(best)).ask.endswith("?")
    assert _made(Background()).ask == NO_ASK


def test_the_value_is_what_rows_prove_and_never_invented() -> None:
    reached: dict[str, Any] = {"milestone": "First report", "milestone_on": TODAY}
    reached["days_since_milestone"] = 0

    assert _made(Background()).value == NO_VALUE
    assert _made(Background(), **reached).value == "They reached “First report” (today)."
    assert _made(Background(), usage_change=12.0).value == "Use is up 12 % in two weeks."
    assert _made(Background(), adoption=0.64).value == "They use 64 % of the features they have."


def test_an_account_without_rows_says_so() -> None:
    found = _made(Background(), health_on=None, support_on=TODAY - timedelta(days=40))

    assert found.touches == ("No meeting, call or e-mail is on record",)
    assert found.story == found.ours == found.theirs == found.people == ()
    assert found.unknown == ("no health scores", "no support data since Thu 22 Jan")


def test_an_open_ticket_is_a_promise_and_no_part_of_the_story() -> None:
    waits = Event("ticket_opened", TODAY, "Export fails", detail="open")
    done = Event("ticket_opened", TODAY, "Sign-in", detail="closed on 3 Mar")

    found = _made(Background(), None, waits, done)

    assert found.story == ("Ticket opened on Tue 3 Mar: “Sign-in” (closed on 3 Mar)",)
