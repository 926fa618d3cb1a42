import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from core.calendar import Absence
from storage.database import Database
from storage.deliveries import STALE
from storage.delivery import Delivery
from storage.digests import Digests, Kind, Subscription
from storage.outbox import Letter, Outbox
from storage.tables import Csm

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = date(2026, 11, 20)
WORDS: Mapping[str, str] = {"is_archived": "Not posted: the channel is archived."}


async def _digests(database: Database) -> Digests:
    async with database.write() as session:
        session.add(Csm(id="ana", name="Ana", email="ana@x", source="t", source_id="1"))
        session.add(Csm(id="ben", name="Ben", email="ben@x", source="t", source_id="2"))
    return Digests(database)


async def _subscribe(
    digests: Digests,
    channel: str = "U1",
    csm: str = "ana",
    kind: Kind = "person",
    now: datetime = NOW,
    **more: object,
) -> Subscription:
    return await digests.subscribe(
        channel=channel,
        kind=kind,
        csm_id=csm,
        timezone="Europe/Berlin",
        local_time="08:00",
        now=now,
        **more,  # type: ignore[arg-type]
    )


async def _claim(digests: Digests, day: date = TODAY) -> Delivery:
    claimed = await digests.claim((await _subscribe(digests)).id, day, now=NOW)
    assert claimed is not None
    return claimed


async def _queue(digests: Digests, claimed: Delivery, *told: str) -> bool:
    return await digests.queue(
        claimed,
        Letter(claimed.key, "post", {"text": "five"}),
        items=["r1", "r2"],
        content={"whose": "Your"},
        told=told,
        now=NOW,
    )


async def _end(database: Database, key: str, problem: str | None = None) -> None:
    outbox = Outbox(database)
    (held,) = await outbox.take(now=NOW, key=key)
    if problem:
        await outbox.dead(held, problem, now=NOW)
        return
    async with database.write() as session:
        await outbox.sent(session, held, channel="D1", ts="1.2", now=NOW)


async def test_a_person_has_one_digest_wherever_they_ask_for_it(database: Database) -> None:
    digests = await _digests(database)
    await _subscribe(digests, "U1")

    await _subscribe(digests, "D1")

    assert [s.channel for s in await digests.enabled()] == ["D1"]


async def test_a_channel_and_a_person_have_digests_of_their_own(sqlite: Database) -> None:
    digests = await _digests(sqlite)
    await _subscribe(digests, "U1")
    await _subscribe(digests, "C1", kind="channel")

    person, channel = await digests.for_csm("ana"), await digests.for_channel("C1")

    assert person is not None
    assert channel is not None
    assert {person.kind, channel.kind} == {"person", "channel"}


async def test_what_a_change_does_not_name_stays_as_it_was(database: Database) -> None:
    digests = await _digests(database)
    days, holds = frozenset({1, 3}), ["protect", "grow"]
    await _subscribe(digests, weekdays=days, holidays="none", holds=holds)

    kept = await _subscribe(digests)

    assert (kept.weekdays, kept.holidays, kept.holds) == (days, "none", frozenset(holds))
    assert kept == await digests.for_csm("ana")


async def test_a_digest_that_is_off_keeps_its_time_and_begins_anew(sqlite: Database) -> None:
    digests = await _digests(sqlite)
    subscription = await _subscribe(digests)

    await digests.unsubscribe(subscription.id, now=NOW)

    kept = await digests.for_csm("ana")
    assert kept is not None
    assert (kept.enabled, kept.at) == (False, time(8))
    assert await digests.enabled() == ()
    assert (await _subscribe(digests)).begins == TODAY + timedelta(days=1)


async def test_of_four_processes_one_claims_a_days_digest(database: Database) -> None:
    digests = await _digests(database)
    subscription = await _subscribe(digests)

    claims = await asyncio.gather(
        *(digests.claim(subscription.id, TODAY, now=NOW) for _ in range(4))
    )

    assert sum(claim is not None for claim in claims) == 1


async def test_a_claim_left_behind_is_taken_over_and_whoever_lost_it_queues_nothing(
    database: Database,
) -> None:
    digests = await _digests(database)
    slow = await _claim(digests)
    later = NOW + STALE + timedelta(seconds=1)

    assert await digests.left_behind(now=NOW + STALE) == ()
    assert await digests.left_behind(now=later) == (slow,)
    early = await digests.claim(slow.subscription_id, TODAY, now=NOW + STALE)
    quick = await digests.claim(slow.subscription_id, TODAY, now=later)

    assert early is None
    assert quick is not None
    assert not await _queue(digests, slow)
    assert await digests.miss(slow, "too late") is None
    assert await _queue(digests, quick)
    assert not await _queue(digests, quick)
    assert await digests.claim(slow.subscription_id, TODAY, now=later + STALE * 2) is None


async def test_a_queued_digest_has_its_letter_and_becomes_what_the_letter_becomes(
    database: Database,
) -> None:
    digests = await _digests(database)
    claimed = await _claim(digests)
    await _queue(digests, claimed)
    assert await digests.settle(words=WORDS, closing=WORDS, now=NOW) == ()

    await _end(database, claimed.key)
    (sent,) = await digests.settle(words=WORDS, closing=WORDS, now=NOW)

    assert (sent.state, sent.channel, sent.ts, sent.items) == ("sent", "D1", "1.2", ("r1", "r2"))
    assert await digests.settle(words=WORDS, closing=WORDS, now=NOW) == ()
    assert await digests.find(claimed.id) == sent
    assert dict(sent.content) == {"whose": "Your"}


async def test_a_letter_that_slack_never_takes_ends_the_subscription_with_a_reason(
    database: Database,
) -> None:
    digests = await _digests(database)
    claimed = await _claim(digests)
    await _queue(digests, claimed)
    await _end(database, claimed.key, "is_archived")

    (missed,) = await digests.settle(words=WORDS, closing=WORDS, now=NOW)

    assert (missed.state, missed.problem) == ("missed", WORDS["is_archived"])
    assert await digests.enabled() == ()


async def test_days_that_are_over_are_recorded_once_and_told_of_once(database: Database) -> None:
    digests = await _digests(database)
    subscription = await _subscribe(digests)
    days = [date(2026, 11, 18), date(2026, 11, 19)]
    word = Letter("digest-missed:1", "post", {})

    recorded = await asyncio.gather(
        *(
            digests.pass_over(subscription.id, days, state="missed", why="down", now=NOW)
            for _ in range(2)
        )
    )
    missed = await digests.untold()
    told = await asyncio.gather(*(digests.tell(missed, word, now=NOW) for _ in range(2)))

    assert sorted(len(one) for one in recorded) == [0, 2]
    assert [one.local_date for one in missed] == days
    assert sorted(told) == [False, True]
    assert await digests.untold() == ()
    assert await digests.last_days() == {subscription.id: days[-1]}


async def test_a_digest_tells_of_those_that_were_missed_in_the_same_breath(
    sqlite: Database,
) -> None:
    digests = await _digests(sqlite)
    claimed = await _claim(digests)
    yesterday = [TODAY - timedelta(days=1)]
    await digests.pass_over(claimed.subscription_id, yesterday, state="missed", why="down", now=NOW)
    (missed,) = await digests.untold()

    await _queue(digests, claimed, missed.id)

    assert await digests.untold() == ()
    log = await digests.log(claimed.subscription_id)
    assert [one.state for one in log] == ["queued", "missed"]
    assert await digests.last_sent(claimed.subscription_id, before=TODAY) is None


async def test_a_released_claim_can_be_claimed_again(database: Database) -> None:
    digests = await _digests(database)
    claimed = await _claim(digests)

    await digests.release(claimed)

    assert await digests.claim(claimed.subscription_id, TODAY, now=NOW) is not None


async def test_somebody_is_away_until_they_are_back(database: Database) -> None:
    digests = await _digests(database)
    absence = Absence(TODAY, TODAY + timedelta(days=14))
    await digests.go_away("ana", absence, now=NOW)
    assert await digests.absences() == {"ana": absence}

    assert await digests.come_back("ana", today=TODAY + timedelta(days=3), now=NOW)

    assert await digests.away("ana") == Absence(TODAY, TODAY + timedelta(days=3))
    assert not await digests.come_back("ana", today=TODAY + timedelta(days=3), now=NOW)
    assert not await digests.come_back("ben", today=TODAY, now=NOW)
