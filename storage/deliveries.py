"""What becomes of each day's digest: claimed by one process, queued with its letter, settled."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.audit import STEWARD, Entry, record
from storage.database import Database
from storage.delivery import DELIVERIES, Delivery, new_row, read_row, where
from storage.delivery_log import DeliveryLog, tell_of
from storage.outbox import Letter, put
from storage.tables import DigestSubscription, OutboxLetter, table
from storage.upsert import insert

STALE = timedelta(minutes=5)
"""After this long without being queued, a claim belongs to a process that is no more."""

SUBSCRIPTIONS = table(DigestSubscription)
OUTBOX = table(OutboxLetter)


class Deliveries(DeliveryLog):
    """Lets each day's digest be claimed by one process only, and keeps what became of it."""

    def __init__(self, database: Database, *, stale: timedelta = STALE) -> None:
        """Take the database, and how long a claim stays with a process that fell silent."""
        super().__init__(database)
        self._stale = stale

    async def last_days(self) -> dict[str, date]:
        """Return the newest local date that each subscription has a delivery of."""
        newest = func.max(DELIVERIES.c.local_date)
        statement = select(DELIVERIES.c.subscription_id, newest).group_by(
            DELIVERIES.c.subscription_id
        )
        async with self._database.read() as session:
            return {row[0]: row[1] for row in await session.execute(statement)}

    async def left_behind(self, *, now: datetime) -> tuple[Delivery, ...]:
        """Return the claims of processes that are no more."""
        return await where(self._database, _is_stale(now - self._stale))

    async def queued(self) -> tuple[Delivery, ...]:
        """Return those whose letters are in the outbox, as far as is kept here."""
        return await where(self._database, DELIVERIES.c.state == "queued")

    async def claim(
        self, subscription_id: str, local_date: date, *, now: datetime
    ) -> Delivery | None:
        """Take one day's digest; None when it is taken, or settled already.

        A claim that a stopped process left behind is taken over.
        """
        row = new_row(subscription_id, local_date, now) | {"state": "claimed"}
        here = and_(
            DELIVERIES.c.subscription_id == subscription_id, DELIVERIES.c.local_date == local_date
        )
        taken_over = (
            update(DELIVERIES).where(here, _is_stale(now - self._stale)).values(claimed_at=now)
        )
        async with self._database.write() as session:
            added = insert(session, DELIVERIES).values(row).on_conflict_do_nothing()
            is_ours = await session.scalar(added.returning(DELIVERIES.c.id))
            if not (is_ours or await session.scalar(taken_over.returning(DELIVERIES.c.id))):
                return None
            found = (await session.execute(select(DELIVERIES).where(here))).one()
        return read_row(found)

    async def queue(
        self,
        claimed: Delivery,
        letter: Letter,
        *,
        items: Sequence[str],
        content: Mapping[str, Any],
        told: Iterable[str],
        now: datetime,
    ) -> bool:
        """Leave a digest for sending, in one transaction; False when the claim is not ours now.

        `told` are the ids of the missed ones that it tells of.
        """
        values = {"state": "queued", "items": list(items), "content": dict(content)}
        async with self._database.write() as session:
            if not await _settle(session, claimed, values):
                return False
            await put(session, letter, now=now)
            await tell_of(session, told, now)
        return True

    async def skip(self, claimed: Delivery, why: str) -> Delivery | None:
        """Record that no digest is wanted this day; None when the claim is not ours any more."""
        return await self._end(claimed, {"state": "skipped", "problem": why[:300]})

    async def miss(self, claimed: Delivery, why: str, *, closes: bool = False) -> Delivery | None:
        """Record that a day's digest will not come; None when the claim is not ours any more.

        With `closes` none will: the subscription is turned off with it.
        """
        values = {"state": "missed", "problem": why[:300]}
        return await self._end(claimed, values, closes=closes)

    async def pass_over(
        self,
        subscription_id: str,
        days: Sequence[date],
        *,
        state: str,
        why: str,
        now: datetime,
    ) -> tuple[Delivery, ...]:
        """Record days that nobody claimed as missed or skipped; return those recorded by this."""
        if not days:
            return ()
        rows = [
            new_row(subscription_id, day, now) | {"state": state, "problem": why[:300]}
            for day in days
        ]
        async with self._database.write() as session:
            added = insert(session, DELIVERIES).values(rows).on_conflict_do_nothing()
            found = (await session.execute(added.returning(*DELIVERIES.c))).all()
        return tuple(sorted(map(read_row, found), key=lambda one: one.local_date))

    async def release(self, claimed: Delivery) -> None:
        """Give a claim back, so that the day can be claimed again."""
        async with self._database.write() as session:
            await session.execute(delete(DELIVERIES).where(_is_ours(claimed)))

    async def settle(
        self, *, words: Mapping[str, str], closing: Collection[str], now: datetime
    ) -> tuple[Delivery, ...]:
        """Keep what became of the letters that were queued; return the deliveries settled by this.

        A letter that will never arrive makes its digest a missed one: `words` say why by the
        outbox's code, and those in `closing` turn the subscription off with it.
        """
        ended = OUTBOX.c.state.in_(("sent", "dead"))
        by_key = {one.key: one for one in await self.queued()}
        if not by_key:
            return ()
        async with self._database.write() as session:
            found = select(OUTBOX).where(OUTBOX.c.key.in_(by_key), ended)
            # In one order everywhere: two processes then wait for each other one way only.
            letters = (await session.execute(found.order_by(OUTBOX.c.key))).all()
            done: list[Delivery] = []
            for letter in letters:
                closed = await _close(session, by_key[letter.key], letter, words)
                if closed is not None and letter.problem in closing:
                    await _turn_off(session, closed.subscription_id, closed.problem or "", now)
                done += [closed] if closed else []
        return tuple(done)

    async def _end(
        self, claimed: Delivery, values: dict[str, Any], *, closes: bool = False
    ) -> Delivery | None:
        async with self._database.write() as session:
            if not await _settle(session, claimed, values):
                return None
            if closes:
                await _turn_off(
                    session, claimed.subscription_id, values["problem"], claimed.claimed_at
                )
            here = DELIVERIES.c.id == claimed.id
            return read_row((await session.execute(select(DELIVERIES).where(here))).one())


async def _settle(session: AsyncSession, claimed: Delivery, values: dict[str, Any]) -> bool:
    statement = update(DELIVERIES).where(_is_ours(claimed)).values(values)
    return await session.scalar(statement.returning(DELIVERIES.c.id)) is not None


async def _close(
    session: AsyncSession, one: Delivery, letter: Any, words: Mapping[str, str]
) -> Delivery | None:
    """Write what became of a queued digest's letter; None when another process did."""
    if letter.state == "sent":
        place = {"channel": letter.channel, "ts": letter.ts}
        values = {"state": "sent", "sent_at": letter.settled_at, **place}
    else:
        code = str(letter.problem)
        said = words.get(code, f"Slack refused it: {code}.")
        values = {"state": "missed", "problem": said[:300]}
    here = and_(DELIVERIES.c.id == one.id, DELIVERIES.c.state == "queued")
    closed = update(DELIVERIES).where(here).values(values).returning(*DELIVERIES.c)
    row = (await session.execute(closed)).one_or_none()
    return None if row is None else read_row(row)


async def _turn_off(session: AsyncSession, subscription_id: str, why: str, now: datetime) -> None:
    here = SUBSCRIPTIONS.c.id == subscription_id
    await session.execute(update(SUBSCRIPTIONS).where(here).values(enabled=False, changed_at=now))
    entry = Entry("digest.stop", subscription_id, by=STEWARD, at=now, detail={"reason": why})
    await record(session, entry)


def _is_stale(before: datetime) -> ColumnElement[bool]:
    return and_(DELIVERIES.c.state == "claimed", DELIVERIES.c.claimed_at < before)


def _is_ours(claimed: Delivery) -> ColumnElement[bool]:
    """Tell whether a claim is still that of whoever made it: a later one has another moment."""
    return and_(
        DELIVERIES.c.id == claimed.id,
        DELIVERIES.c.state == "claimed",
        DELIVERIES.c.claimed_at == claimed.claimed_at,
    )
