"""Which day's digest went out, to whom, and which was missed; each is claimed once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from storage.database import Database
from storage.tables import DigestDelivery

STALE = timedelta(minutes=5)
"""After this long without being sent, a claim belongs to a process that is no more."""

UNCLEAR = "Steward stopped while it was posting; the digest may have arrived."


@dataclass(frozen=True, slots=True)
class Delivery:
    """One subscription's digest of one local day; `problem` says why it was missed.

    `state`: claimed, sending, sent or missed.
    """

    id: str
    subscription_id: str
    local_date: date
    state: str
    claimed_at: datetime
    channel: str | None = None
    ts: str | None = None
    items: tuple[str, ...] = ()
    problem: str | None = None


class Deliveries:
    """Lets each day's digest be claimed by one process only, and keeps what became of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def settled(self, *, since: date, now: datetime) -> frozenset[tuple[str, date]]:
        """Return (subscription, local date) of the digests that nobody need claim any more."""
        stale = col(DigestDelivery.claimed_at) < now - STALE
        waiting = col(DigestDelivery.state).in_(("claimed", "sending"))
        statement = select(
            col(DigestDelivery.subscription_id), col(DigestDelivery.local_date)
        ).where(col(DigestDelivery.local_date) >= since, or_(~waiting, ~stale))
        async with self._database.read() as session:
            return frozenset((row[0], row[1]) for row in (await session.execute(statement)).all())

    async def claim(
        self, subscription_id: str, local_date: date, *, now: datetime
    ) -> Delivery | None:
        """Take one day's digest; None when it is taken, sent or missed already.

        A claim that a stopped process left behind is taken over; one that was being posted is
        recorded as missed, because posting it again could show it twice.
        """
        row = DigestDelivery(
            id=str(uuid.uuid4()),
            subscription_id=subscription_id,
            local_date=local_date,
            state="claimed",
            claimed_at=now,
            items=[],
        )
        try:
            async with self._database.write() as session:
                session.add(row)
        except IntegrityError:
            return await self._take_over(subscription_id, local_date, now)
        return _delivery(row)

    async def sending(self, delivery: Delivery) -> bool:
        """Note that the digest is about to be posted; False when somebody took the claim over."""
        held = (
            update(DigestDelivery)
            .where(
                col(DigestDelivery.id) == delivery.id,
                col(DigestDelivery.state) == "claimed",
                col(DigestDelivery.claimed_at) == delivery.claimed_at,
            )
            .values(state="sending")
            .returning(col(DigestDelivery.id))
        )
        async with self._database.write() as session:
            return await session.scalar(held) is not None

    async def sent(
        self, delivery: Delivery, *, channel: str, ts: str, items: Sequence[str], now: datetime
    ) -> Delivery:
        """Record where the digest was posted and what was on it."""
        return await self._set(
            delivery.id, state="sent", channel=channel, ts=ts, items=list(items), sent_at=now
        )

    async def missed(self, delivery: Delivery, problem: str) -> Delivery:
        """Record that this day's digest will not come, and why."""
        return await self._set(delivery.id, state="missed", problem=problem[:300])

    async def release(self, delivery: Delivery) -> None:
        """Give a claim back, because Slack certainly did not take the message."""
        async with self._database.write() as session:
            await session.execute(
                delete(DigestDelivery).where(col(DigestDelivery.id) == delivery.id)
            )

    async def latest(self) -> Delivery | None:
        """Return the digest that was claimed last, None when there was none yet."""
        statement = select(DigestDelivery).order_by(col(DigestDelivery.claimed_at).desc()).limit(1)
        async with self._database.read() as session:
            row = (await session.scalars(statement)).first()
        return None if row is None else _delivery(row)

    async def _set(self, delivery_id: str, **values: object) -> Delivery:
        async with self._database.write() as session:
            row = await session.get_one(DigestDelivery, delivery_id)
            for name, value in values.items():
                setattr(row, name, value)
            session.add(row)
            return _delivery(row)

    async def _take_over(
        self, subscription_id: str, local_date: date, now: datetime
    ) -> Delivery | None:
        statement = (
            select(DigestDelivery)
            .where(
                col(DigestDelivery.subscription_id) == subscription_id,
                col(DigestDelivery.local_date) == local_date,
                col(DigestDelivery.claimed_at) < now - STALE,
                col(DigestDelivery.state).in_(("claimed", "sending")),
            )
            .with_for_update(skip_locked=True)
        )
        async with self._database.write() as session:
            row = (await session.scalars(statement)).first()
            if row is None:
                return None
            session.add(row)
            if row.state == "sending":
                row.state, row.problem = "missed", UNCLEAR
                return None
            row.claimed_at = now
            return _delivery(row)


def _delivery(row: DigestDelivery) -> Delivery:
    return Delivery(
        id=row.id,
        subscription_id=row.subscription_id,
        local_date=row.local_date,
        state=row.state,
        claimed_at=row.claimed_at,
        channel=row.channel,
        ts=row.ts,
        items=tuple(row.items),
        problem=row.problem,
    )
