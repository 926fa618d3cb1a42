"""Steward notices what was done or is overdue, and asks its owner once, in a direct message."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs.notices import is_due, run_due
from bot.playground.slack.trouble import RateLimited, Refused
from core.calendar import Absence, may_write
from storage.notices import Pending
from storage.tables import Activity
from tests.scenarios.office import Json, Office, actions, words
from tests.storage.book import row, save

MONDAY_NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


async def _link(office: Office) -> None:
    await office.services.people.link("ana", office.ana, "Europe/Berlin", now=office.clock())


async def _shown_and_called(office: Office, account: str = "beta") -> Json:
    """Show both recommendations on Friday, and call an account on Sunday."""
    await _link(office)
    listed = await office.ask("list")
    at = MONDAY_NOON - timedelta(days=1)
    await save(
        office.database,
        row(Activity, customer_id=account, kind="call", occurred_at=at),
    )
    return listed


async def _tick(office: Office, now: datetime = MONDAY_NOON) -> int:
    office.clock.forward((now - office.clock()).total_seconds())
    asked = await run_due(office.app.desk, now=now)
    await office.app.settle()
    return asked


def _last(office: Office) -> Json:
    return office.slack.answers(office.ana)[-1]


async def test_what_was_done_is_proposed_once_for_completion(office: Office) -> None:
    await _shown_and_called(office)

    asked, again = await _tick(office), await _tick(office, MONDAY_NOON + timedelta(hours=1))

    assert (asked, again) == (1, 0)
    assert "It looks done: you had a call on Sun 22 Nov. How did it go?" in words(_last(office))
    assert actions(_last(office)) == [
        "notice.positive",
        "notice.neutral",
        "notice.negative",
        "notice.not_yet",
    ]


async def test_an_answer_completes_it_with_what_happened_as_its_line(office: Office) -> None:
    listed = await _shown_and_called(office)
    await _tick(office)

    await office.click(office.ana, _last(office), "notice.positive")

    now = words(_last(office))
    assert "Ana Souza completed · went well" in now
    assert "Ana Souza completed · went well" in words(office.now_shown(listed))
    assert actions(_last(office)) == ["recommendation.undo"]
    last = await office.services.recommendations.last_decided("beta")
    assert last is not None
    assert last.last is not None
    assert last.last.note == "You had a call on Sun 22 Nov 2026."


async def test_not_yet_leaves_it_open_for_good(office: Office) -> None:
    await _shown_and_called(office)
    await _tick(office)

    await office.click(office.ana, _last(office), "notice.not_yet")
    later = await _tick(office, MONDAY_NOON + timedelta(days=9))

    assert later == 0
    assert "I leave it open and do not ask again." in words(_last(office))
    assert actions(_last(office)) == []
    last = await office.services.recommendations.last_decided("beta")
    assert last is None


async def test_the_card_and_the_list_say_that_it_looks_done(office: Office) -> None:
    await _shown_and_called(office)
    await _tick(office)

    listed, card = await office.ask("list"), await office.ask("beta")

    assert "Looks done: Call Sarah Lin at Beta Inc" in words(listed)
    assert "It looks done: you had a call on Sun 22 Nov" in words(listed)
    assert "notice.positive" in actions(card)
    assert "recommendation.accept" not in actions(card)


async def test_an_overdue_one_is_asked_about_once_after_two_working_days(office: Office) -> None:
    await _link(office)
    shown = await office.ask("beta")
    await office.click(office.ana, shown, "recommendation.accept")
    last = await office.services.recommendations.last_decided("beta")
    assert last is not None
    due = datetime.combine(last.due_on, MONDAY_NOON.timetz())
    late = [await _tick(office, due + timedelta(days=days)) for days in (0, 1, 2, 3, 4, 7, 8)]

    assert sum(late) == 1
    assert late[:2] == [0, 0]
    assert "Still on it? It was due" in words(_last(office))
    assert actions(_last(office)) == [
        "recommendation.complete",
        "recommendation.defer",
        "recommendation.dismiss",
    ]

    await office.click(office.ana, _last(office), "recommendation.complete")
    await office.submit(office.ana, result="positive", outcome="Sarah is back")

    assert "Ana Souza completed · went well" in words(_last(office))


async def test_nobody_is_written_to_at_night_at_weekends_or_without_slack(office: Office) -> None:
    listed = await office.ask("list")
    await save(
        office.database,
        row(Activity, customer_id="gamma", kind="call", occurred_at=office.clock()),
    )
    await _shown_and_called(office)

    sunday = await _tick(office, MONDAY_NOON - timedelta(hours=20))
    early = await _tick(office, MONDAY_NOON.replace(hour=6, minute=59))
    morning = await _tick(office, MONDAY_NOON.replace(hour=7))

    assert (sunday, early, morning) == (0, 0, 1)
    assert listed["ts"]


async def test_nobody_is_asked_while_they_are_away_or_on_a_public_holiday(office: Office) -> None:
    """That Monday is Labour Thanksgiving Day in Japan."""
    await _shown_and_called(office)
    away = Absence(MONDAY_NOON.date(), MONDAY_NOON.date() + timedelta(days=1))
    await office.services.digests.go_away("ana", away, now=MONDAY_NOON)
    while_away = await _tick(office)
    await office.services.digests.come_back("ana", today=MONDAY_NOON.date(), now=MONDAY_NOON)
    await office.services.people.link("ana", office.ana, "Asia/Tokyo", now=MONDAY_NOON)

    on_a_holiday = await _tick(office, MONDAY_NOON.replace(hour=3))
    on_tuesday = await _tick(office, MONDAY_NOON.replace(hour=3, day=24))

    assert (while_away, on_a_holiday, on_tuesday) == (0, 0, 1)


async def test_two_processes_ask_once(office: Office) -> None:
    await _shown_and_called(office)
    before = len(office.slack.answers(office.ana))

    await asyncio.gather(_tick(office), _tick(office))

    assert len(office.slack.answers(office.ana)) == before + 1


async def test_a_busy_slack_is_tried_again_and_a_refusal_is_not(office: Office) -> None:
    await _shown_and_called(office)
    before = len(office.slack.answers(office.ana))
    office.slack.fail("chat.postMessage", RateLimited())
    await _tick(office)
    office.slack.fail("chat.postMessage", Refused("account_inactive"))
    await _tick(office, MONDAY_NOON + timedelta(minutes=10))

    last = await _tick(office, MONDAY_NOON + timedelta(minutes=20))

    assert last == 0
    assert len(office.slack.answers(office.ana)) == before


@pytest.mark.parametrize(
    ("local", "may"),
    [
        ("2026-11-23T07:59", False),
        ("2026-11-23T08:00", True),
        ("2026-11-27T17:59", True),
        ("2026-11-27T18:00", False),
        ("2026-11-28T12:00", False),
    ],
)
def test_people_are_written_to_in_their_working_hours(local: str, may: bool) -> None:
    assert may_write(datetime.fromisoformat(local), away=None) is may


def test_a_weekend_does_not_make_anything_more_overdue() -> None:
    friday = datetime(2026, 11, 20, tzinfo=UTC).date()
    late = Pending("r", "overdue", "ana", "U1", "UTC", friday)

    assert not is_due(late, friday + timedelta(days=3))
    assert is_due(late, friday + timedelta(days=4))
