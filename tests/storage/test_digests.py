import asyncio
from datetime import UTC, date, datetime, timedelta

from storage.database import Database
from storage.digests import Digests, Kind, Subscription
from storage.tables import Csm

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = date(2026, 11, 20)


async def _digests(database: Database) -> Digests:
    async with database.write() as session:
        session.add(Csm(id="ana", name="Ana", email="ana@x", source="t", source_id="1"))
        session.add(Csm(id="ben", name="Ben", email="ben@x", source="t", source_id="2"))
    return Digests(database)


async def _subscribe(
    digests: Digests, channel: str = "U1", csm: str = "ana", kind: Kind = "person"
) -> Subscription:
    return await digests.subscribe(
        channel=channel,
        kind=kind,
        csm_id=csm,
        timezone="Europe/Berlin",
        local_time="08:00",
        now=NOW,
    )


async def test_a_person_has_one_digest_wherever_they_ask_for_it(database: Database) -> None:
    digests = await _digests(database)
    await _subscribe(digests, "U1")

    await _subscribe(digests, "D1")

    assert [s.channel for s in await digests.enabled()] == ["D1"]


async def test_a_channel_and_a_person_have_digests_of_their_own(database: Database) -> None:
    digests = await _digests(database)
    await _subscribe(digests, "U1")
    await _subscribe(digests, "C1", kind="channel")

    person, channel = await digests.for_csm("ana"), await digests.for_channel("C1")

    assert person is not None
    assert channel is not None
    assert {person.kind, channel.kind} == {"person", "channel"}


async def test_a_digest_that_is_off_keeps_its_time(database: Database) -> None:
    digests = await _digests(database)
    subscription = await _subscribe(digests)

    await digests.unsubscribe(subscription.id, now=NOW)

    kept = await digests.for_csm("ana")
    assert kept is not None
    assert (kept.enabled, kept.local_time) == (False, "08:00")
    assert await digests.enabled() == ()


async def test_of_two_processes_one_claims_a_days_digest(database: Database) -> None:
    digests = await _digests(database)
    subscription = await _subscribe(digests)

    claims = await asyncio.gather(
        *(digests.claim(subscription.id, TODAY, now=NOW) for _ in range(4))
    )

    assert sum(claim is not None for claim in claims) == 1


async def test_a_claim_left_behind_is_taken_over_after_five_minutes(database: Database) -> None:
    digests = await _digests(database)
    subscription = await _subscribe(digests)
    await digests.claim(subscription.id, TODAY, now=NOW)

    early = await digests.claim(subscription.id, TODAY, now=NOW + timedelta(minutes=4))
    late = await digests.claim(subscription.id, TODAY, now=NOW + timedelta(minutes=6))

    assert early is None
    assert late is not None


async def test_whoever_lost_a_claim_does_not_post(database: Database) -> None:
    digests = await _digests(database)
    subscription = await _subscribe(digests)
    slow = await digests.claim(subscription.id, TODAY, now=NOW)
    quick = await digests.claim(subscription.id, TODAY, now=NOW + timedelta(minutes=6))
    assert slow is not None
    assert quick is not None

    assert not await digests.sending(slow)
    assert await digests.sending(quick)
    assert not await digests.sending(quick)


async def test_a_digest_that_was_being_posted_is_not_posted_again(database: Database) -> None:
    digests = await _digests(database)
    subscription = await _subscribe(digests)
    claim = await digests.claim(subscription.id, TODAY, now=NOW)
    assert claim is not None
    await digests.sending(claim)
    later = NOW + timedelta(minutes=6)

    assert await digests.settled(since=TODAY, now=later) == frozenset()
    assert await digests.claim(subscription.id, TODAY, now=later) is None
    assert await digests.settled(since=TODAY, now=later) == {(subscription.id, TODAY)}


async def test_a_sent_digest_remembers_where_and_what(database: Database) -> None:
    digests = await _digests(database)
    subscription = await _subscribe(digests)
    claim = await digests.claim(subscription.id, TODAY, now=NOW)
    assert claim is not None

    sent = await digests.sent(claim, channel="D1", ts="1.2", items=["r1", "r2"], now=NOW)

    assert (sent.state, sent.channel, sent.ts, sent.items) == ("sent", "D1", "1.2", ("r1", "r2"))
    assert await digests.settled(since=TODAY, now=NOW) == {(subscription.id, TODAY)}


async def test_a_released_claim_can_be_claimed_again(database: Database) -> None:
    digests = await _digests(database)
    subscription = await _subscribe(digests)
    claim = await digests.claim(subscription.id, TODAY, now=NOW)
    assert claim is not None

    await digests.release(claim)

    assert await digests.claim(subscription.id, TODAY, now=NOW) is not None
