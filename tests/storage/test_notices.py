"""What is noticed: what looks done since it was shown, what is overdue, each asked about once."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.happenings import Happened
from core.recommendations import DecisionKind, Recommendation
from storage.database import Database
from storage.notices import Notices
from storage.outbox import Letter, Outbox
from storage.people import People
from storage.recommendations import Recommendations, redrawing
from storage.tables import Activity, ActivityLog, table
from tests.core.builders import NOW, TODAY, beta, decision
from tests.storage.book import begin, row, save

CALLED = {"champion_outreach": ("call", "meeting")}
DAY = timedelta(days=1)


@pytest.fixture
async def shown(database: Database) -> Recommendation:
    await begin(database)
    (stored,) = await Recommendations(database).offer([beta()], now=NOW)
    return stored


async def _called(database: Database, after: timedelta) -> None:
    await save(database, row(Activity, customer_id="beta", kind="call", occurred_at=NOW + after))


async def _decide(database: Database, id: str, kind: DecisionKind, **details: Any) -> None:
    await Recommendations(database).decide(
        id, decision(kind, **details), request_key=f"c.{kind}", today=TODAY
    )


async def _link(database: Database) -> None:
    await People(database).link("ana", "U1", "Europe/Berlin", now=NOW)


async def test_what_happened_since_it_was_shown_makes_it_look_done(
    database: Database, shown: Recommendation
) -> None:
    notices = Notices(database)
    await _called(database, -DAY)
    assert await notices.look(CALLED, now=NOW + DAY) == {}

    await _called(database, 2 * DAY)

    called = Happened("call", (NOW + 2 * DAY).date())
    assert await notices.look(CALLED, now=NOW + 3 * DAY) == {shown.id: called}
    assert await notices.look(CALLED, now=NOW + 3 * DAY) == {}
    assert (await Recommendations(database).get(shown.id)).done == called


async def test_when_it_is_asked_for_again_it_looks_done_by_what_happened_since(
    database: Database,
) -> None:
    repository = Recommendations(database)
    await begin(database)
    await _called(database, -DAY)
    (new,) = await repository.offer([beta()], now=NOW, fulfilling=CALLED)
    await _called(database, DAY)

    (again,) = await repository.offer([beta()], now=NOW + 2 * DAY, fulfilling=CALLED)

    assert new.done is None
    assert again.done == Happened("call", (NOW + DAY).date())
    assert await repository.get(new.id) == again


async def test_what_happened_weeks_ago_is_not_brought_up(
    database: Database, shown: Recommendation
) -> None:
    await _called(database, 2 * DAY)

    assert await Notices(database).look(CALLED, now=NOW + 20 * DAY) == {}
    assert shown.done is None


async def test_what_it_was_put_off_for_does_not_make_it_look_done(
    database: Database, shown: Recommendation
) -> None:
    await _decide(database, shown.id, DecisionKind.DEFER, until=TODAY + 9 * DAY, happening="call")
    await _called(database, DAY)
    await Recommendations(database).offer([beta()], now=NOW + 2 * DAY)

    assert await Notices(database).look(CALLED, now=NOW + 2 * DAY) == {}


async def test_of_several_deferrals_the_last_one_says_what_it_waited_for(
    database: Database, shown: Recommendation
) -> None:
    for key, awaited in (("first", "meeting"), ("second", "call")):
        defer = decision(DecisionKind.DEFER, until=TODAY + 9 * DAY, happening=awaited)
        await Recommendations(database).decide(shown.id, defer, request_key=key, today=TODAY)
    await _called(database, DAY)
    await Recommendations(database).offer([beta()], now=NOW + 2 * DAY)

    assert await Notices(database).look(CALLED, now=NOW + 2 * DAY) == {}


async def test_what_looked_done_and_was_put_off_all_the_same_is_not_asked_about_when_it_is_back(
    database: Database, shown: Recommendation
) -> None:
    await _link(database)
    await _called(database, DAY)
    notices = Notices(database)
    await notices.look(CALLED, now=NOW + 2 * DAY)
    later = decision(DecisionKind.DEFER, after=3 * 1440, until=TODAY + 6 * DAY)
    await Recommendations(database).decide(shown.id, later, request_key="c", today=TODAY + 3 * DAY)

    await Recommendations(database).offer([beta()], now=NOW + 6 * DAY)

    assert await notices.look(CALLED, now=NOW + 6 * DAY) == {}
    assert await notices.pending(now=NOW + 6 * DAY) == ()
    assert (await Recommendations(database).get(shown.id)).done is None


async def test_a_decision_ends_that_it_looks_done(
    database: Database, shown: Recommendation
) -> None:
    await _called(database, DAY)
    await Notices(database).look(CALLED, now=NOW + 2 * DAY)

    await _decide(database, shown.id, DecisionKind.COMPLETE, note="We talked.")

    assert (await Recommendations(database).get(shown.id)).done is None


async def test_owners_without_slack_are_not_asked(
    database: Database, shown: Recommendation
) -> None:
    await _called(database, DAY)
    notices = Notices(database)
    await notices.look(CALLED, now=NOW + 2 * DAY)
    assert await notices.pending(now=NOW + 2 * DAY) == ()

    await _link(database)

    (one,) = await notices.pending(now=NOW + 2 * DAY)
    assert (one.id, one.kind, one.slack_user_id) == (shown.id, "done", "U1")


async def test_an_accepted_one_is_pending_from_the_day_after_it_was_due(
    database: Database, shown: Recommendation
) -> None:
    await _link(database)
    notices, due = Notices(database), timedelta(days=(shown.due_on - TODAY).days)
    assert await notices.pending(now=NOW + due + DAY) == ()

    await _decide(database, shown.id, DecisionKind.ACCEPT)

    assert await notices.pending(now=NOW + due) == ()
    assert [one.kind for one in await notices.pending(now=NOW + due + DAY)] == ["overdue"]


async def test_of_many_processes_one_asks_and_the_day_is_counted(
    database: Database, shown: Recommendation
) -> None:
    await _link(database)
    await _called(database, DAY)
    notices, now = Notices(database), NOW + 2 * DAY
    await notices.look(CALLED, now=now)
    (one,) = await notices.pending(now=now)

    letter = Letter("notice", "post", {})
    asked = await asyncio.gather(
        *(notices.ask([one], lambda taken: letter, now=now) for _ in range(5))
    )

    assert [one for one in asked if one] == [letter]
    assert await Outbox(database).find("notice") is not None
    assert await notices.asked("ana", since=now - DAY) == 1
    assert await notices.asked("ana", since=now + DAY) == 0
    assert await notices.pending(now=now) == ()
    async with database.read() as session:
        said = list(await session.scalars(select(table(ActivityLog).c.action)))
    assert sorted(said) == ["person.link", "recommendation.propose"]


async def test_what_is_left_open_is_never_asked_about_again(
    database: Database, shown: Recommendation
) -> None:
    await _link(database)
    await _decide(database, shown.id, DecisionKind.ACCEPT)
    await _called(database, DAY)
    notices = Notices(database)
    await notices.look(CALLED, now=NOW + 2 * DAY)

    redraw = redrawing(shown.id, "left", today=NOW.date())
    await notices.leave(shown, by="ana", at=NOW + 2 * DAY, then=redraw)
    await _called(database, 3 * DAY)

    assert await notices.look(CALLED, now=NOW + 4 * DAY) == {}
    assert await notices.pending(now=NOW + 40 * DAY) == ()
    assert (await Recommendations(database).get(shown.id)).done is None
