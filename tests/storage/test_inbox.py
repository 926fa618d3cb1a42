import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage.database import Database
from storage.inbox import LEASE, MOST_ATTEMPTS, Backlog, Inbox, Item, finish

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


async def _put(inbox: Inbox, key: str, after: timedelta = timedelta(0), turn: str = "") -> Item:
    item = await inbox.put(key, "question", {"text": "hello"}, now=NOW + after, turn=turn)
    assert item is not None
    return item


async def test_an_event_is_kept_once_however_often_it_comes(database: Database) -> None:
    inbox = Inbox(database)

    first = await _put(inbox, "Ev1")
    again = await inbox.put("Ev1", "question", {"text": "hello"}, now=NOW)

    assert (first.attempts, again) == (1, None)


async def test_of_a_hundred_at_once_each_is_kept_once(database: Database) -> None:
    inbox = Inbox(database)

    came = await asyncio.gather(
        *(inbox.put(f"Ev{n % 50}", "question", {"n": n}, now=NOW) for n in range(100))
    )

    assert sum(item is not None for item in came) == 50
    assert (await inbox.backlog()).waiting == 50


@pytest.mark.parametrize("odd", ["a\0b", "a\ud800b"], ids=["nul", "half a character"])
async def test_a_character_that_no_database_keeps_costs_neither_it_nor_what_comes_with_it(
    database: Database, odd: str
) -> None:
    inbox = Inbox(database)

    came: list[dict[str, Any]] = [{"text": odd, "more": [odd]}, {"text": "Grüße 👋"}]
    kept = await asyncio.gather(
        *(inbox.put(f"Ev{n}", "question", body, now=NOW) for n, body in enumerate(came))
    )

    assert [item is not None for item in kept] == [True, True]
    first, second = await inbox.waiting("question")
    assert first.body["text"].replace("?", "") == "ab"
    assert second.body == {"text": "Grüße 👋"}


async def test_what_cannot_be_kept_is_not_said_to_be(sqlite: Database) -> None:
    inbox = Inbox(sqlite)

    came = await asyncio.gather(
        inbox.put("Ev1", "question", {"a": object()}, now=NOW), return_exceptions=True
    )

    assert isinstance(came[0], Exception)
    assert (await inbox.backlog()).waiting == 0
    assert (await _put(inbox, "Ev1")).attempts == 1


async def test_an_item_stays_with_its_process_until_its_lease_runs_out(database: Database) -> None:
    inbox = Inbox(database)
    mine = await _put(inbox, "Ev1")

    assert await inbox.take(now=NOW + LEASE - SECOND) == ()
    await inbox.renew([mine.lease], now=NOW + LEASE - SECOND)
    assert await inbox.take(now=NOW + LEASE + SECOND) == ()
    (theirs,) = await inbox.take(now=NOW + 3 * LEASE)

    assert (theirs.key, theirs.attempts, theirs.body) == ("Ev1", 2, {"text": "hello"})
    assert not await inbox.done(mine, now=NOW + 3 * LEASE)
    assert await inbox.done(theirs, now=NOW + 3 * LEASE)
    assert await inbox.take(now=NOW + 9 * LEASE) == ()


async def test_of_many_processes_one_takes_what_was_left(database: Database) -> None:
    inbox = Inbox(database)
    await asyncio.gather(*(_put(inbox, f"Ev{n}") for n in range(10)))

    taken = await asyncio.gather(*(inbox.take(now=NOW + 2 * LEASE, limit=4) for _ in range(5)))

    keys = [item.key for items in taken for item in items]
    assert len(keys) == len(set(keys)) == 10
    assert len({item.lease for items in taken for item in items}) == 10


async def test_what_is_given_back_or_put_off_is_taken_by_the_next(database: Database) -> None:
    inbox = Inbox(database)
    first, second = await _put(inbox, "Ev1"), await _put(inbox, "Ev2")

    await inbox.release([first.lease])
    await inbox.put_off(second, until=NOW + 5 * SECOND)

    assert [item.key for item in await inbox.take(now=NOW + SECOND)] == ["Ev1"]
    assert [item.key for item in await inbox.take(now=NOW + 6 * SECOND)] == ["Ev2"]


async def test_a_process_that_is_alone_takes_everything_at_once(database: Database) -> None:
    inbox = Inbox(database)
    await _put(inbox, "Ev1")
    mine = await _put(inbox, "Ev2")

    await inbox.let_go(but=[mine.lease])

    assert [item.key for item in await inbox.take(now=NOW)] == ["Ev1"]
    assert await inbox.take(now=NOW) == ()


async def test_an_item_is_given_up_after_some_tries_and_then_told_of(database: Database) -> None:
    inbox = Inbox(database)
    await _put(inbox, "Ev1")

    tries = [await inbox.take(now=NOW + n * 2 * LEASE) for n in range(1, MOST_ATTEMPTS + 1)]

    assert [len(taken) for taken in tries] == [1] * (MOST_ATTEMPTS - 1) + [0]
    later = NOW + (MOST_ATTEMPTS + 2) * 2 * LEASE
    assert [item.key for item in await inbox.exhausted(now=later)] == ["Ev1"]


async def test_what_shares_a_turn_is_next_when_nothing_older_waits(database: Database) -> None:
    inbox = Inbox(database)
    first, other = await _put(inbox, "Ev2", turn="t"), await _put(inbox, "Ev0", turn="u")
    second = await _put(inbox, "Ev1", SECOND, turn="t")

    assert [await inbox.is_next(item) for item in (first, other, second)] == [True, True, False]
    await inbox.done(first, now=NOW)
    assert await inbox.is_next(second)


async def test_work_is_ended_together_with_what_it_made_or_not_at_all(database: Database) -> None:
    inbox = Inbox(database)
    item = await _put(inbox, "Ev1")
    assert await inbox.end("Ev1", now=NOW)

    async with database.write() as session:
        assert not await finish(session, item, now=NOW)
    assert not await inbox.end("Ev1", now=NOW)
    assert not await inbox.is_open("Ev1")


async def test_what_waits_is_found_by_its_kind_until_it_is_done_or_forgotten(
    database: Database,
) -> None:
    inbox = Inbox(database)
    await _put(inbox, "Ev1")
    shared = await inbox.put("S1", "share", {"to": "C1"}, now=NOW)
    assert shared is not None

    assert [item.key for item in await inbox.waiting("share")] == ["S1"]
    assert await inbox.is_open("Ev1")
    assert not await inbox.is_open("Ev2")

    await inbox.forget("S1")

    assert await inbox.waiting("share") == ()
    assert await inbox.put("S1", "share", {}, now=NOW) is not None


async def test_the_backlog_is_what_waits_since_when_and_what_was_given_up(
    database: Database,
) -> None:
    inbox = Inbox(database)
    assert await inbox.backlog() == Backlog(waiting=0, oldest=None, given_up=0)
    items = [await _put(inbox, str(n), n * 60 * SECOND) for n in range(4)]
    for _ in range(MOST_ATTEMPTS):
        await inbox.release([items[0].lease])
        for taken in await inbox.take(now=NOW + SECOND, limit=1):
            items[0] = taken
    await inbox.done(items[1], now=NOW)

    found = await inbox.backlog()

    assert found == Backlog(waiting=2, oldest=NOW + timedelta(minutes=2), given_up=1)


async def test_only_what_was_done_long_ago_is_forgotten(database: Database) -> None:
    inbox = Inbox(database)
    for key in ("old", "new", "open"):
        await _put(inbox, key)
    await inbox.end("old", now=NOW)
    await inbox.end("new", now=NOW + timedelta(days=2))

    await inbox.prune(before=NOW + timedelta(days=1))

    came = [await inbox.put(key, "question", {}, now=NOW) for key in ("old", "new", "open")]
    assert [item is not None for item in came] == [True, False, False]


async def test_what_has_to_wait_for_its_turn_is_left_until_it_is_next(database: Database) -> None:
    inbox = Inbox(database)
    first, second = (
        await _put(inbox, "Ev1", turn="t"),
        await _put(inbox, "Ev2", SECOND, turn="t"),
    )
    await inbox.release([second.lease])

    assert await inbox.take(now=NOW + SECOND) == ()
    await inbox.done(first, now=NOW + SECOND)
    assert [item.key for item in await inbox.take(now=NOW + SECOND)] == ["Ev2"]


async def test_what_a_newer_version_keeps_is_left_to_its_processes(database: Database) -> None:
    inbox = Inbox(database)
    newer = await inbox.put("N1", "plan", {}, now=NOW)
    assert newer is not None
    await inbox.release([newer.lease])

    assert await inbox.take(("question", "click"), now=NOW) == ()
    assert len(await inbox.take(("plan",), now=NOW)) == 1
