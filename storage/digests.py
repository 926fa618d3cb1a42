"""Who gets a digest, where and when."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from core.recommendations import CsmId
from storage.deliveries import Deliveries
from storage.tables import DigestSubscription

Kind = Literal["person", "channel"]
Scope = Literal["me", "team"]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A daily digest: for whom, where, at which local time, over which accounts."""

    id: str
    channel: str
    kind: Kind
    csm_id: CsmId
    scope: Scope
    timezone: str
    local_time: str
    enabled: bool
    changed_at: datetime


class Digests(Deliveries):
    """Keeps subscriptions, and what became of each day's digest."""

    async def subscribe(
        self,
        *,
        channel: str,
        kind: Kind,
        csm_id: str,
        timezone: str,
        local_time: str,
        now: datetime,
        scope: Scope = "me",
    ) -> Subscription:
        """Start or change a digest: one for each person, one for each channel."""
        async with self._database.write() as session:
            row = await _existing(session, channel, kind, csm_id)
            if row is None:
                row = DigestSubscription(
                    id=str(uuid.uuid4()),
                    channel=channel,
                    kind=kind,
                    csm_id=csm_id,
                    timezone=timezone,
                    local_time=local_time,
                    created_at=now,
                    changed_at=now,
                )
            row.channel, row.csm_id, row.scope, row.enabled = channel, csm_id, scope, True
            row.timezone, row.local_time, row.changed_at = timezone, local_time, now
            session.add(row)
            return _subscription(row)

    async def unsubscribe(self, subscription_id: str, *, now: datetime) -> None:
        """Stop a digest; its time is kept for when it is wanted again."""
        statement = (
            update(DigestSubscription)
            .where(col(DigestSubscription.id) == subscription_id)
            .values(enabled=False, changed_at=now)
        )
        async with self._database.write() as session:
            await session.execute(statement)

    async def for_channel(self, channel: str) -> Subscription | None:
        """Return what is set for a channel, on or off."""
        return await self._one(DigestSubscription.channel == channel)

    async def for_csm(self, csm_id: str) -> Subscription | None:
        """Return a person's own digest setting, on or off."""
        return await self._one(
            DigestSubscription.csm_id == csm_id, DigestSubscription.kind == "person"
        )

    async def enabled(self) -> tuple[Subscription, ...]:
        """Return every subscription that is on."""
        statement = select(DigestSubscription).where(col(DigestSubscription.enabled).is_(True))
        async with self._database.read() as session:
            rows = (await session.scalars(statement.order_by(DigestSubscription.id))).all()
        return tuple(_subscription(row) for row in rows)

    async def _one(self, *conditions: bool) -> Subscription | None:
        async with self._database.read() as session:
            row = (await session.scalars(select(DigestSubscription).where(*conditions))).first()
        return None if row is None else _subscription(row)


async def _existing(
    session: AsyncSession, channel: str, kind: Kind, csm_id: str
) -> DigestSubscription | None:
    here = col(DigestSubscription.channel) == channel
    if kind == "person":
        theirs = (col(DigestSubscription.csm_id) == csm_id) & (
            col(DigestSubscription.kind) == "person"
        )
        here = or_(here, theirs)
    return (await session.scalars(select(DigestSubscription).where(here))).first()


def _subscription(row: DigestSubscription) -> Subscription:
    return Subscription(
        id=row.id,
        channel=row.channel,
        kind="channel" if row.kind == "channel" else "person",
        csm_id=CsmId(row.csm_id),
        scope="team" if row.scope == "team" else "me",
        timezone=row.timezone,
        local_time=row.local_time,
        enabled=row.enabled,
        changed_at=row.changed_at,
    )
