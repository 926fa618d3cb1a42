"""What can be told of past digests: which were missed, which were sent, and when."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database
from storage.delivery import DELIVERIES, Delivery, read_row, where
from storage.outbox import Letter, put


class DeliveryLog:
    """Tells what became of digests, and keeps who was told of those that were missed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def untold(self) -> tuple[Delivery, ...]:
        """Return the missed ones that nobody was told of, the earliest first."""
        return await where(
            self._database, DELIVERIES.c.state == "missed", DELIVERIES.c.reported_at.is_(None)
        )

    async def tell(
        self, missed: Sequence[Delivery], letter: Letter | None, *, now: datetime
    ) -> bool:
        """Leave a word about missed ones for sending; False when somebody told of one meanwhile.

        Without a letter there is nobody to tell.
        """
        async with self._database.write() as session:
            if await tell_of(session, [one.id for one in missed], now) < len(missed):
                await session.rollback()
                return False
            return letter is None or await put(session, letter, now=now)

    async def find(self, delivery_id: str) -> Delivery | None:
        """Return a delivery by its id."""
        return next(iter(await where(self._database, DELIVERIES.c.id == delivery_id)), None)

    async def log(self, subscription_id: str, *, most: int = 14) -> tuple[Delivery, ...]:
        """Return a subscription's last deliveries, the newest first."""
        newest = DELIVERIES.c.local_date.desc()
        statement = (
            select(DELIVERIES)
            .where(DELIVERIES.c.subscription_id == subscription_id)
            .order_by(newest)
            .limit(most)
        )
        async with self._database.read() as session:
            return tuple(map(read_row, (await session.execute(statement)).all()))

    async def last_sent(self, subscription_id: str, *, before: date) -> date | None:
        """Return the local date of the last digest that was sent, or is on its way."""
        statement = select(func.max(DELIVERIES.c.local_date)).where(
            DELIVERIES.c.subscription_id == subscription_id,
            DELIVERIES.c.state.in_(("queued", "sent")),
            DELIVERIES.c.local_date < before,
        )
        async with self._database.read() as session:
            found: date | None = await session.scalar(statement)
        return found

    async def has_since(self, subscription_id: str, day: date, *, before: date) -> bool:
        """Tell whether a digest was sent, or is on its way, from a day on before another."""
        last = await self.last_sent(subscription_id, before=before)
        return last is not None and last >= day

    async def latest(self) -> Delivery | None:
        """Return the digest that was claimed last, None when there was none yet."""
        statement = select(DELIVERIES).order_by(DELIVERIES.c.claimed_at.desc()).limit(1)
        async with self._database.read() as session:
            row = (await session.execute(statement)).one_or_none()
        return None if row is None else read_row(row)


async def tell_of(session: AsyncSession, ids: Iterable[str], now: datetime) -> int:
    """Mark missed ones as told of; return how many had not been."""
    statement = (
        update(DELIVERIES)
        .where(DELIVERIES.c.id.in_(list(ids)), DELIVERIES.c.reported_at.is_(None))
        .values(reported_at=now)
    )
    return len((await session.execute(statement.returning(DELIVERIES.c.id))).all())


async def tell_nobody(session: AsyncSession, subscription_id: str, now: datetime) -> None:
    """Leave untold what a subscription missed: nobody waits for it any more."""
    missed = (DELIVERIES.c.state == "missed") & DELIVERIES.c.reported_at.is_(None)
    await session.execute(
        update(DELIVERIES)
        .where(DELIVERIES.c.subscription_id == subscription_id, missed)
        .values(reported_at=now)
    )
