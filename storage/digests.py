"""Who gets a digest, where, when, and what is in it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from core.calendar import WORKING, first_day
from core.recommendations import CsmId
from storage.absences import Absences
from storage.audit import STEWARD, Entry, record
from storage.deliveries import Deliveries
from storage.delivery_log import tell_nobody
from storage.tables import DigestSubscription

Kind = Literal["person", "channel"]
Scope = Literal["me", "team"]

AUTO, NONE = "auto", "none"
"""Whose public holidays are days off, besides a country's code: the time zone's, or nobody's."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A daily digest: for whom, where, at which local time, over which accounts.

    It comes on `weekdays` (ISO) that are no public `holidays`, from the local date `begins_on`;
    `holds` names its parts, None for all there are.
    """

    id: str
    channel: str
    kind: Kind
    csm_id: CsmId
    scope: Scope
    timezone: str
    local_time: str
    enabled: bool
    changed_at: datetime
    weekdays: frozenset[int] = WORKING
    holidays: str = AUTO
    holds: frozenset[str] | None = None
    begins_on: date | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that its hour is in."""
        return ZoneInfo(self.timezone)

    @property
    def at(self) -> time:
        """Its hour."""
        return time.fromisoformat(self.local_time)

    @property
    def begins(self) -> date:
        """The first local date that it comes on."""
        return self.begins_on or first_day(self.at, self.zone, self.changed_at, running=False)


class Digests(Deliveries, Absences):
    """Keeps subscriptions, what became of each day's digest, and who is away."""

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
        weekdays: frozenset[int] | None = None,
        holidays: str | None = None,
        holds: Sequence[str] | None = None,
    ) -> Subscription:
        """Start or change a digest: one for each person, one for each channel.

        Days, holidays and parts stay as they are where none are given.
        """
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
                    enabled=False,
                    created_at=now,
                    changed_at=now,
                )
            before = _settings(row)
            hour, zone = time.fromisoformat(local_time), ZoneInfo(timezone)
            row.begins_on = first_day(hour, zone, now, running=row.enabled)
            row.channel, row.csm_id, row.scope, row.enabled = channel, csm_id, scope, True
            row.timezone, row.local_time, row.changed_at = timezone, local_time, now
            row.weekdays = row.weekdays if weekdays is None else _digits(weekdays)
            row.holidays = holidays or row.holidays
            row.holds = row.holds if holds is None else sorted(holds)
            session.add(row)
            await session.flush()
            changed = _changed(before, _settings(row))
            if changed:
                entry = Entry("digest.set", row.id, by=csm_id, at=now)
                await record(session, replace(entry, before=changed[0], after=changed[1]))
            return _subscription(row)

    async def unsubscribe(self, subscription_id: str, *, now: datetime, by: str = STEWARD) -> None:
        """Stop a digest; its time is kept for when it is wanted again.

        Those that did not come before are not told of any more.
        """
        here = col(DigestSubscription.id) == subscription_id
        statement = (
            update(DigestSubscription)
            .where(here, col(DigestSubscription.enabled))
            .values(enabled=False, changed_at=now)
            .returning(col(DigestSubscription.id))
        )
        async with self._database.write() as session:
            if await session.scalar(statement) is not None:
                await tell_nobody(session, subscription_id, now)
                await record(session, Entry("digest.stop", subscription_id, by=by, at=now))

    async def travel(
        self, subscription: Subscription, timezone: str, *, now: datetime
    ) -> Subscription:
        """Let a person's digest come by the clock of where they are."""
        here = col(DigestSubscription.id) == subscription.id
        moved = update(DigestSubscription).where(here)
        entry = Entry("digest.travel", subscription.id, by=STEWARD, at=now)
        before, after = {"timezone": subscription.timezone}, {"timezone": timezone}
        async with self._database.write() as session:
            await session.execute(moved.values(timezone=timezone, begins_on=subscription.begins))
            await record(session, replace(entry, before=before, after=after))
        return replace(subscription, timezone=timezone, begins_on=subscription.begins)

    async def for_channel(self, channel: str) -> Subscription | None:
        """Return what is set for a channel, on or off."""
        return await self._one(DigestSubscription.channel == channel)

    async def for_csm(self, csm_id: str) -> Subscription | None:
        """Return a person's own digest setting, on or off."""
        return await self._one(
            DigestSubscription.csm_id == csm_id, DigestSubscription.kind == "person"
        )

    async def get(self, subscription_id: str) -> Subscription | None:
        """Return one by its id, on or off."""
        return await self._one(DigestSubscription.id == subscription_id)

    async def enabled(self) -> tuple[Subscription, ...]:
        """Return every subscription that is on."""
        return tuple(one for one in await self.every() if one.enabled)

    async def every(self) -> tuple[Subscription, ...]:
        """Return every subscription, on or off."""
        async with self._database.read() as session:
            found = await session.scalars(select(DigestSubscription).order_by("id"))
            return tuple(_subscription(row) for row in found.all())

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


_SETTINGS = ("channel", "csm_id", "scope", "timezone", "local_time", "enabled")
_PARTS = ("weekdays", "holidays", "holds")


def _settings(row: DigestSubscription) -> dict[str, object]:
    """Return what a person can set; of one that is only being made, nothing."""
    names = (*_SETTINGS, *_PARTS)
    return {name: getattr(row, name) for name in names} if row.begins_on or row.enabled else {}


def _changed(
    before: dict[str, object], after: dict[str, object]
) -> tuple[dict[str, object], dict[str, object]] | None:
    """Return what is different, before and after; None when nothing is."""
    names = [name for name in after if before.get(name) != after[name]]
    if not names:
        return None
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def _digits(weekdays: frozenset[int]) -> str:
    return "".join(str(day) for day in sorted(weekdays))


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
        weekdays=frozenset(int(day) for day in row.weekdays),
        holidays=row.holidays,
        holds=None if row.holds is None else frozenset(row.holds),
        begins_on=row.begins_on,
    )
