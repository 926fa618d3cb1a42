from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.inbox import MOST_ATTEMPTS, Backlog, Inbox

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


async def test_an_event_is_kept_once_however_often_it_comes(database: Database) -> None:
    inbox = Inbox(database)

    first = await inbox.put("Ev1", "question", {"text": "hello"}, now=NOW)
    again = await inbox.put("Ev1", "question", {"text": "hello"}, now=NOW)

    assert first is not None
    assert (first.attempts, again) == (1, None)


async def test_an_unfinished_item_is_found_again_and_a_finished_one_is_not(
    database: Database,
) -> None:
    inbox = Inbox(database)
    await inbox.put("Ev1", "question", {"text": "hello"}, now=NOW)
    await inbox.put("Ev2", "question", {"text": "help"}, now=NOW + timedelta(seconds=1))
    await inbox.done("Ev1", now=NOW + timedelta(seconds=2))

    waiting = await inbox.unfinished(before=NOW + timedelta(minutes=1))

    assert waiting == ("Ev2",)
    assert await inbox.take("Ev1") is None


async def test_an_item_is_given_up_after_three_tries(database: Database) -> None:
    inbox = Inbox(database)
    await inbox.put("Ev1", "question", {"text": "hello"}, now=NOW)

    tries = [await inbox.take("Ev1") for _ in range(MOST_ATTEMPTS)]

    assert [item.attempts if item else None for item in tries] == [2, 3, None]
    assert await inbox.unfinished(before=NOW + timedelta(minutes=1)) == ()


async def test_what_waits_is_found_by_its_kind_until_it_is_done_or_forgotten(
    database: Database,
) -> None:
    inbox = Inbox(database)
    await inbox.put("Ev1", "question", {"text": "hello"}, now=NOW)
    await inbox.put("S1", "share", {"to": "C1"}, now=NOW)

    assert [item.key for item in await inbox.waiting("share")] == ["S1"]
    assert await inbox.is_open("Ev1")
    assert not await inbox.is_open("Ev2")

    await inbox.done("Ev1", now=NOW)
    await inbox.forget("S1")

    assert not await inbox.is_open("Ev1")
    assert await inbox.waiting("share") == ()
    assert await inbox.put("S1", "share", {}, now=NOW) is not None


async def test_the_backlog_is_what_waits_since_when_and_what_was_given_up(
    database: Database,
) -> None:
    inbox = Inbox(database)
    assert await inbox.backlog() == Backlog(waiting=0, oldest=None, given_up=0)
    for n, key in enumerate(("given up", "done", "older", "newer")):
        await inbox.put(key, "question", {}, now=NOW + timedelta(minutes=n))
    await inbox.done("done", now=NOW)
    for _ in range(MOST_ATTEMPTS):
        await inbox.take("given up")

    found = await inbox.backlog()

    assert found == Backlog(waiting=2, oldest=NOW + timedelta(minutes=2), given_up=1)
