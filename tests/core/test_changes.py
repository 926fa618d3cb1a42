"""What changed: small moves are not told, large ones in words, and nothing is called a cause."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from core.changes import (
    AccountChanges,
    Event,
    Period,
    at_account,
    in_order,
    sizes,
    told,
    tone,
    whole,
)
from core.changes.watches import WATCHES
from core.facts import FACT
from tests.contracts.facts import any_facts
from tests.core.builders import BETA, NOW, TODAY, facts

SINCE = TODAY - timedelta(days=14)
PERIOD = Period(NOW - timedelta(days=14), SINCE, TODAY, "Tue 17 Feb")
CALM: dict[str, Any] = BETA | {
    "health": 78.0,
    "usage_change": 1.0,
    "champion_silent_days": 1,
    "days_since_contact": 2,
    "days_to_renewal": 74,
}
"""Beta Inc two weeks before it went quiet."""


def changed(
    then: dict[str, Any], now: dict[str, Any], *events: Event, between: tuple[Any, ...] = ()
) -> AccountChanges:
    """What is told of an account with these facts then and now."""
    rows = [(SINCE, then), *between, (TODAY, now)]
    readings = [(on, facts(row).row(0, named=True)) for on, row in rows]
    sized = sizes(facts(then), facts(now))
    return at_account(sized.row(0, named=True) if sized.height else {}, readings, events, PERIOD)


def says(found: AccountChanges) -> list[str]:
    return [one.says for one in found.moves]


def test_a_move_is_told_from_what_to_what() -> None:
    found = changed(CALM, BETA)

    assert "Health fell 12 points, from 78 to 66" in says(found)
    assert "Usage is down 25 % in two weeks, up 1 % before" in says(found)
    assert "Sarah Lin went quiet: last sign-in Tue 17 Feb, 14 days ago" in says(found)
    assert {one.tone for one in found.moves if one.fact == "health"} == {"worse"}


def test_what_stays_or_moves_a_little_is_not_told() -> None:
    a_little = {"health": 76.5, "usage_change": 9.0, "days_since_contact": 16, "open_tickets": 2}

    assert changed(CALM, CALM).moves == ()
    assert changed(CALM, CALM | a_little).moves == ()
    assert sizes(facts(CALM), facts(CALM)).is_empty()


def test_a_fact_that_was_not_known_before_has_not_moved() -> None:
    assert changed(CALM | {"health": None}, CALM).moves == ()


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ({"health": 54.4}, {"health": 48.6}, "Health fell 5 points, from 54 to 49"),
        ({"champion": "Ann Ray"}, {}, "Sarah Lin is the champion now, Ann Ray before"),
        ({}, {"champion": None}, "No champion is named any more, Sarah Lin before"),
        ({"urgent_tickets": 2}, {"urgent_tickets": 0}, "No urgent tickets, 2 before"),
        ({"open_tickets": 1}, {"open_tickets": 4}, "4 open tickets, 1 before"),
        ({"days_to_renewal": 95}, {"days_to_renewal": 81}, "The renewal is in 81 days, on"),
        ({"arr": 100_000.0}, {"arr": 120_000.0}, "ARR rose from $100K to $120K"),
        ({"champion_silent_days": 20}, {"champion_silent_days": 0}, "Sarah Lin is back"),
        (
            {"next_qbr_on": TODAY + timedelta(days=3)},
            {"next_qbr_on": TODAY + timedelta(days=10)},
            "The QBR moved from Fri 6 Mar to Fri 13 Mar",
        ),
    ],
)
def test_each_kind_of_fact_has_its_words(
    then: dict[str, Any], now: dict[str, Any], told: str
) -> None:
    found = says(changed(CALM | then, CALM | now))

    assert len(found) == 1
    assert found[0].startswith(told)


def test_another_champion_is_not_called_quiet() -> None:
    found = changed(CALM | {"champion": "Ann Ray"}, BETA)

    assert "champion_silent_days" not in {one.fact for one in found.moves}


def test_urgent_tickets_are_not_told_again_as_tickets() -> None:
    many = {"open_tickets": 9, "urgent_tickets": 3}

    assert says(changed(CALM, CALM | many)) == ["3 urgent tickets, none before"]


def test_a_feed_that_stopped_is_told_once_and_only_when_it_stopped() -> None:
    old = {"usage_on": TODAY - timedelta(days=15)}
    stale_then = {"usage_on": SINCE - timedelta(days=15)}

    assert says(changed(CALM | {"usage_on": SINCE}, CALM | old)) == [
        "No usage data since Mon 16 Feb"
    ]
    assert changed(CALM | stale_then, CALM | stale_then).moves == ()


def test_what_moved_most_comes_first_and_what_got_better_presses_less() -> None:
    worse = CALM | {"id": "worse", "health": 70.0}
    better = CALM | {"id": "better", "health": 86.0}
    large = CALM | {"id": "large", "health": 60.0}
    then = facts(*(CALM | {"id": name} for name in ("worse", "better", "large", "same")))

    ranked = sizes(then, facts(worse, better, large, CALM | {"id": "same"}))

    assert ranked["id"].to_list() == ["large", "worse", "better"]


def test_who_came_and_who_left_is_known() -> None:
    then, now = facts({"id": "a"}, {"id": "b"}), facts({"id": "b"}, {"id": "c"})

    assert whole(then, now) == {"came": ("c",), "left": ("a",)}


def test_a_move_is_dated_by_the_first_reading_that_stays_near_its_end() -> None:
    days = [TODAY - timedelta(days=ago) for ago in (9, 5, 2)]
    scores = (78.0, 69.0, 67.0)
    between = tuple(
        (on, CALM | {"health": score, "health_on": on})
        for on, score in zip(days, scores, strict=True)
    )

    found = changed(CALM, CALM | {"health": 66.0}, between=between)

    assert found.moves[0].on == TODAY - timedelta(days=5)


def test_what_lies_close_in_time_is_named_by_its_day_and_nothing_else() -> None:
    near = Event("ticket_opened", TODAY - timedelta(days=3), "Export fails")
    far = Event("risk_raised", TODAY - timedelta(days=40), "Old risk")
    mail = Event("email_out", TODAY - timedelta(days=2), "Hello")

    found = changed(CALM, BETA | {"champion_silent_days": 9}, near, far, mail)

    assert found.main is not None
    assert found.main.fact == "health"
    assert found.near == (
        "Sun 22 Feb: Sarah Lin's last sign-in",
        "Sat 28 Feb: Ticket opened: “Export fails”",
        "Tue 3 Mar: Usage is down 25 % in two weeks, up 1 % before",
    )


def test_nothing_is_named_beside_facts_that_need_no_reason() -> None:
    found = changed(CALM, CALM | {"arr": 240_000.0}, Event("left", TODAY, who="Tom Reed"))

    assert found.main is None
    assert found.near == ()


def test_contacts_of_a_kind_are_told_once_with_their_number() -> None:
    events = [Event("email_in", TODAY - timedelta(days=n), f"No {n}", "Ann") for n in (3, 1, 2)]

    (one,) = in_order(events)

    assert told(one, TODAY) == "They wrote on Mon 2 Mar (Ann): “No 1” (3 times in all)"


def test_what_a_move_says_is_not_said_again_by_its_event() -> None:
    raised = Event("risk_raised", TODAY, "They look around")
    found = changed(CALM | {"open_risks": 0}, CALM | {"open_risks": 1, "top_risk": "x"}, raised)

    assert [one.kind for one in found.events] == []


@given(any_facts(), any_facts())
def test_any_facts_can_be_told(then: dict[str, Any], now: dict[str, Any]) -> None:
    found = changed(then | {"id": "a"}, now | {"id": "a"})

    assert all("None" not in one.says and "\n" not in one.says for one in found.moves)
    assert all(isinstance(one.on, date | None) for one in found.moves)


def test_every_watched_fact_is_a_fact_and_its_weight_is_sane() -> None:
    assert all(one.fact in FACT for one in WATCHES)
    assert all(0 < one.weight <= 1.5 for one in WATCHES)
    assert len({one.fact for one in WATCHES}) == len(WATCHES)


def test_what_a_customer_wrote_does_not_leave_its_quotation_marks() -> None:
    said = told(Event("email_in", TODAY, "Hi” accept it.\n“Now"), TODAY)

    assert said == "They wrote on Tue 3 Mar: “Hi\u2019 accept it. \u2018Now”"


def test_a_ticket_that_was_closed_is_no_bad_news() -> None:
    still, done = (Event("ticket_opened", TODAY, detail=stands) for stands in ("open", "closed on"))

    assert (tone(still), tone(done)) == ("worse", "other")
