"""What came in from Slack and was acknowledged, kept until its work is done.

Each item is worked on by whoever holds its lease. A lease that is not renewed runs out, and then
another process may take the item: it survives whichever process had it.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, delete, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage import arrivals
from storage.batch import Batch
from storage.database import Database
from storage.storable import storable
from storage.tables import InboxItem, UtcDateTime, table

MOST_ATTEMPTS = 25
"""How often an item is tried before it is given up: so many processes ended while they had it."""

LEASE = timedelta(seconds=60)
"""How long an item stays with its process without a word from it; longer than any call it makes."""

RUSH = 0.5
"""Seconds that work waits at most for what comes meanwhile."""

INBOX = table(InboxItem)
EARLIER = INBOX.alias("earlier")


@dataclass(frozen=True, slots=True)
class Item:
    """One acknowledged thing: its unique key, its kind, Slack's payload, the tries so far.

    `lease` proves that it is ours. What shares a `turn` is done in the order in which it came.
    """

    key: str
    kind: str
    body: dict[str, Any]
    attempts: int
    lease: str
    turn: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much is not done: what waits or is under way, since when, and what is not tried again."""

    waiting: int
    oldest: datetime | None
    given_up: int


class Inbox:
    """Keeps what came in by key, so that each is worked on once and none is lost."""

    def __init__(self, database: Database, *, lease: timedelta = LEASE) -> None:
        """Take the database, and how long an item stays with a process that fell silent."""
        self._database = database
        self._lease = lease
        self._arrivals = Batch(self._write)

    async def put(
        self, key: str, kind: str, body: dict[str, Any], *, now: datetime, turn: str = ""
    ) -> Item | None:
        """Keep something and hold it, its first try counted; None when its key is known already.

        What comes at the same time is kept in one transaction: a commit costs more than its rows.
        """
        item = Item(key, kind, storable(body), 1, str(uuid.uuid4()), turn, now)
        return item if await self._arrivals.add(item) else None

    async def calm(self) -> None:
        """Return when what came at the same time is kept, after half a second in any case.

        Whoever begins then holds up nobody whom Slack waits for.
        """
        await self._arrivals.pause(RUSH)

    async def let_go(self, *, but: Collection[str]) -> None:
        """Free all that is held, `but` by these leases: nobody else is alive to work on it."""
        async with self._database.write() as session:
            await session.execute(
                update(INBOX)
                .where(INBOX.c.done_at.is_(None), INBOX.c.lease.not_in(but))
                .values(leased_until=None)
            )

    async def take(
        self,
        kinds: Iterable[str] = (),
        *,
        now: datetime,
        limit: int = 20,
        but: Collection[str] = (),
    ) -> tuple[Item, ...]:
        """Take over what nobody holds any more, oldest first, one more try counted for each.

        What would have to wait for its turn is left: it would keep out what it waits for.
        What is held by the leases `but` is worked on here, even if they ran out meanwhile. Only
        these `kinds` are taken, if any are named: a newer version's are left to its processes.
        """
        free = (
            select(INBOX.c.key)
            .where(
                INBOX.c.done_at.is_(None),
                INBOX.c.attempts < MOST_ATTEMPTS,
                _is_free(now),
                or_(INBOX.c.lease.is_(None), INBOX.c.lease.not_in(but)),
                INBOX.c.kind.in_(known) if (known := tuple(kinds)) else true(),
                ~select(EARLIER.c.key).where(_comes_before(EARLIER, INBOX.c)).exists(),
            )
            .order_by(INBOX.c.received_at, INBOX.c.key)
            .limit(limit)
            .with_for_update(skip_locked=True, of=INBOX)
        )
        async with self._database.write() as session:
            keys = list(await session.scalars(free))
            return tuple([await self._take(session, key, now) for key in keys])

    async def renew(self, leases: Sequence[str], *, now: datetime) -> None:
        """Say that the work on what is held by these leases goes on."""
        async with self._database.write() as session:
            await session.execute(
                update(INBOX)
                .where(INBOX.c.lease.in_(leases), INBOX.c.done_at.is_(None))
                .values(leased_until=now + self._lease)
            )

    async def put_off(self, item: Item, *, until: datetime) -> None:
        """Leave an item of ours for later; whoever is alive then takes it."""
        async with self._database.write() as session:
            await session.execute(
                update(INBOX)
                .where(INBOX.c.key == item.key, INBOX.c.lease == item.lease)
                .where(INBOX.c.done_at.is_(None))
                .values(leased_until=until)
            )

    async def release(self, leases: Sequence[str]) -> None:
        """Give back what cannot be finished here, so that the next process takes it at once."""
        async with self._database.write() as session:
            await session.execute(
                update(INBOX)
                .where(INBOX.c.lease.in_(leases), INBOX.c.done_at.is_(None))
                .values(leased_until=None)
            )

    async def done(self, item: Item, *, now: datetime) -> bool:
        """Mark an item as worked on; False when it is no longer ours or was ended meanwhile."""
        async with self._database.write() as session:
            return await finish(session, item, now=now)

    async def end(self, key: str, *, now: datetime) -> bool:
        """End an item whoever holds it; False when it was done or never came."""
        statement = _ended(now).where(INBOX.c.key == key).returning(INBOX.c.key)
        async with self._database.write() as session:
            return await session.scalar(statement) is not None

    async def exhausted(self, *, now: datetime) -> tuple[Item, ...]:
        """Return what was tried as often as may be and is held by nobody."""
        statement = select(INBOX).where(
            INBOX.c.done_at.is_(None),
            INBOX.c.attempts >= MOST_ATTEMPTS,
            _is_free(now),
        )
        async with self._database.read() as session:
            return tuple(_item(row) for row in await session.execute(statement))

    async def waiting(self, kind: str) -> tuple[Item, ...]:
        """Return what of a kind is not done yet, oldest first."""
        statement = (
            select(INBOX)
            .where(INBOX.c.done_at.is_(None), INBOX.c.kind == kind)
            .order_by(INBOX.c.received_at)
        )
        async with self._database.read() as session:
            return tuple(_item(row) for row in await session.execute(statement))

    async def is_next(self, item: Item) -> bool:
        """Tell whether nothing that came before it in the same turn is still to be done."""
        earlier = select(EARLIER.c.key).where(_comes_before(EARLIER, item))
        async with self._database.read() as session:
            return await session.scalar(earlier.limit(1)) is None

    async def backlog(self) -> Backlog:
        """Return how much is not done yet."""
        tried_again = col(InboxItem.attempts) < MOST_ATTEMPTS
        statement = select(
            func.count(case((tried_again, 1))),
            func.min(case((tried_again, col(InboxItem.received_at)))),
            func.count(case((~tried_again, 1))),
        ).where(col(InboxItem.done_at).is_(None))
        async with self._database.read() as session:
            return Backlog(*(await session.execute(statement)).one())

    async def is_open(self, key: str) -> bool:
        """Tell whether an item waits for its work to be done."""
        statement = select(INBOX.c.key).where(INBOX.c.key == key, INBOX.c.done_at.is_(None))
        async with self._database.read() as session:
            return await session.scalar(statement) is not None

    async def forget(self, key: str) -> None:
        """Drop an item, so that the same may come in again."""
        async with self._database.write() as session:
            await session.execute(delete(INBOX).where(INBOX.c.key == key))

    async def prune(self, *, before: datetime) -> None:
        """Delete what was done before a moment; Slack repeats nothing that is a day old."""
        async with self._database.write() as session:
            await session.execute(delete(INBOX).where(INBOX.c.done_at < before))

    async def _take(self, session: AsyncSession, key: str, now: datetime) -> Item:
        """Hold one item by a lease of its own: each is renewed and ended for itself."""
        taken = (
            update(INBOX)
            .where(INBOX.c.key == key)
            .values(
                attempts=INBOX.c.attempts + 1,
                lease=str(uuid.uuid4()),
                leased_until=now + self._lease,
            )
            .returning(*INBOX.c)
        )
        return _item((await session.execute(taken)).one())

    async def _write(self, items: Sequence[Item]) -> list[bool]:
        """Keep several; tell of each whether it is new."""
        rows = [
            {
                "key": item.key,
                "kind": item.kind,
                "body": item.body,
                "received_at": item.received_at,
                "attempts": item.attempts,
                "turn": item.turn,
                "lease": item.lease,
                "leased_until": item.received_at + self._lease,
            }
            for item in items
        ]
        kept = await arrivals.keep(self._database, rows)
        return [item.lease in kept for item in items]


async def finish(session: AsyncSession, item: Item, *, now: datetime) -> bool:
    """Mark an item as done and forget what it said, in the caller's transaction.

    False when another process has it by now, or somebody ended it: then nothing of what was done
    about it may be kept or shown.
    """
    which = {"item": item.key, "held": item.lease, "at": now}
    return (await session.execute(_FINISH, which)).first() is not None


def _comes_before(earlier: Any, item: Any) -> ColumnElement[bool]:
    """Tell whether a row is still to be done, of the same turn as an item, and came before it."""
    of = earlier.c
    of_its_turn: ColumnElement[bool] = (of.turn == item.turn) & (of.turn != "")
    undone: ColumnElement[bool] = of.done_at.is_(None) & (of.attempts < MOST_ATTEMPTS)
    at_once = (of.received_at == item.received_at) & (of.key < item.key)
    before: ColumnElement[bool] = (of.received_at < item.received_at) | at_once
    return of_its_turn & undone & before


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(INBOX.c.leased_until.is_(None), INBOX.c.leased_until < now)


def _ended(now: Any) -> Any:
    still = update(INBOX).where(INBOX.c.done_at.is_(None))
    return still.values(done_at=now, body={}, leased_until=None)


# Made once: that takes longer than to run it.
_FINISH = (
    _ended(bindparam("at", type_=UtcDateTime()))
    .where(INBOX.c.key == bindparam("item"), INBOX.c.lease == bindparam("held"))
    .returning(INBOX.c.key)
)


def _item(row: Any) -> Item:
    return Item(
        key=row.key,
        kind=row.kind,
        body=row.body,
        attempts=row.attempts,
        lease=row.lease or "",
        turn=row.turn,
        received_at=row.received_at,
    )
