import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.inbox import LEASE
from storage.outbox import Held, Letter, Outbox, put

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LETTER = Letter("digest:s1:2026-11-20", "post", {"channel": "C1", "text": "Good morning"})


async def _put(database: Database, letter: Letter = LETTER) -> bool:
    async with database.write() as session:
        return await put(session, letter, now=NOW)


async def _sent(database: Database, held: Held, at: datetime) -> bool:
    async with database.write() as session:
        return await Outbox(database).sent(session, held, channel="C1", ts="1.2", now=at)


async def test_a_letter_is_kept_once_by_its_key(database: Database) -> None:
    assert [await _put(database), await _put(database)] == [True, False]
    assert len(await Outbox(database).take(now=NOW)) == 1


async def test_a_letter_that_is_not_committed_is_none(database: Database) -> None:
    try:
        async with database.write() as session:
            await put(session, LETTER, now=NOW)
            raise LookupError
    except LookupError:
        pass

    assert await Outbox(database).take(now=NOW) == ()


async def test_of_many_processes_one_sends_a_letter_and_says_where_it_arrived(
    database: Database,
) -> None:
    outbox = Outbox(database)
    await _put(database)

    taken = await asyncio.gather(*(outbox.take(now=NOW) for _ in range(5)))
    (held,) = [one for several in taken for one in several]
    assert (held.letter, held.doubtful, held.attempts) == (LETTER, False, 1)
    assert await _sent(database, held, NOW)

    fate = await outbox.find(LETTER.key)
    assert fate is not None
    assert (fate.state, fate.channel, fate.ts, fate.settled_at) == ("sent", "C1", "1.2", NOW)
    assert await outbox.take(now=NOW + 9 * LEASE) == ()
    assert await outbox.find("another") is None


async def test_a_letter_whose_sender_fell_silent_is_doubtful_since_it_was_first_tried(
    database: Database,
) -> None:
    outbox = Outbox(database)
    async with database.write() as session:
        first = await outbox.begin(session, LETTER, now=NOW)
    assert first is not None
    assert await outbox.take(now=NOW + LEASE - SECOND) == ()

    (second,) = await outbox.take(now=NOW + LEASE + SECOND)

    assert (second.doubtful, second.started_at, second.attempts) == (True, NOW, 2)
    assert not await _sent(database, first, NOW + LEASE + SECOND)
    assert await _sent(database, second, NOW + LEASE + 2 * SECOND)


async def test_what_is_begun_once_is_not_begun_again(database: Database) -> None:
    outbox = Outbox(database)
    async with database.write() as session:
        assert await outbox.begin(session, LETTER, now=NOW) is not None
    async with database.write() as session:
        assert await outbox.begin(session, LETTER, now=NOW) is None


async def test_what_is_put_back_comes_later_and_the_doubtful_first(database: Database) -> None:
    outbox = Outbox(database)
    for key in ("a", "b"):
        await _put(database, replace(LETTER, key=key))
    a, b = await outbox.take(now=NOW)
    await outbox.again(a, at=NOW + SECOND, doubtful=False, problem="ratelimited")
    await outbox.again(b, at=NOW + 2 * SECOND, doubtful=True)

    assert await outbox.take(now=NOW) == ()
    found = await outbox.take(now=NOW + 3 * SECOND)

    assert [(one.letter.key, one.doubtful) for one in found] == [("b", True), ("a", False)]


async def test_a_dead_letter_says_why_and_stays_dead(database: Database) -> None:
    outbox = Outbox(database)
    await _put(database)
    (held,) = await outbox.take(now=NOW, key=LETTER.key)

    assert await outbox.dead(held, "is_archived", now=NOW)

    fate = await outbox.find(LETTER.key)
    assert fate is not None
    assert (fate.state, fate.problem) == ("dead", "is_archived")
    assert await outbox.take(now=NOW + 9 * LEASE) == ()
    assert not await _put(database)


async def test_only_what_was_settled_long_ago_is_forgotten(database: Database) -> None:
    outbox = Outbox(database)
    for key in ("old", "waiting"):
        await _put(database, replace(LETTER, key=key))
    (old,) = await outbox.take(now=NOW, key="old")
    await outbox.dead(old, "is_archived", now=NOW)

    await outbox.prune(before=NOW + timedelta(days=1))

    assert await outbox.find("old") is None
    assert [one.letter.key for one in await outbox.take(now=NOW)] == ["waiting"]
