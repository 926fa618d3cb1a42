"""What must reach Slack: kept with the change that causes it, sent by whoever holds its lease.

A letter is sent at most once in effect. Whoever finds one that was being sent cannot know whether
Slack has it, and looks there first (bot/outgoing.py).
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database
from storage.inbox import LEASE
from storage.tables import OutboxLetter, table
from storage.upsert import insert

Kind = Literal["post", "redraw"]
State = Literal["ready", "sending", "unknown", "sent", "dead"]

OUTBOX = table(OutboxLetter)


@dataclass(frozen=True, slots=True)
class Letter:
    """Something to send: a new message (`post`) or a recommendation's copies (`redraw`).

    `key` says what it is about: a second letter of the same key is none. After `not_after` it is of
    no use and stays unsent.
    """

    key: str
    kind: Kind
    body: dict[str, Any]
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A letter in our hands: to be sent now, once.

    `doubtful` says that it was tried before, `started_at` when first, without anybody knowing
    whether Slack took it.
    """

    letter: Letter
    lease: str
    attempts: int
    started_at: datetime
    until: datetime
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a letter; `problem` is Slack's code where it was refused."""

    state: State
    channel: str | None
    ts: str | None
    settled_at: datetime | None
    problem: str | None


async def put(session: AsyncSession, letter: Letter, *, now: datetime) -> bool:
    """Leave a letter for sending, in the caller's transaction; False when its key is known."""
    return await _add(session, letter, now=now, state="ready")


class Outbox:
    """Gives letters to send, each to one process at a time, and keeps what became of them."""

    def __init__(self, database: Database, *, lease: timedelta = LEASE) -> None:
        """Take the database, and how long a letter stays with a process that fell silent."""
        self._database = database
        self._lease = lease

    @property
    def patience(self) -> float:
        """How many seconds Slack may take for a letter: its lease must not run out meanwhile."""
        return self._lease.total_seconds() / 3

    @property
    def settling(self) -> timedelta:
        """How long after an uncertain try Slack shows the letter, or never will."""
        return self._lease / 6

    async def begin(self, session: AsyncSession, letter: Letter, *, now: datetime) -> Held | None:
        """Keep a letter that is about to be sent by us, in the caller's transaction.

        None when its key is known: then it was sent, or somebody is about to.
        """
        lease, until = str(uuid.uuid4()), now + self._lease
        held = {"attempts": 1, "lease": lease, "leased_until": until, "started_at": now}
        if not await _add(session, letter, now=now, state="sending", **held):
            return None
        return Held(letter, lease, 1, now, until, doubtful=False)

    async def take(
        self, *, now: datetime, limit: int = 20, key: str | None = None
    ) -> tuple[Held, ...]:
        """Take what is to be sent by now: the doubtful first, then the oldest."""
        due = (OUTBOX.c.state.in_(("ready", "unknown"))) & (OUTBOX.c.not_before <= now)
        left = (OUTBOX.c.state == "sending") & (OUTBOX.c.leased_until < now)
        free = (
            select(OUTBOX)
            .where(or_(due, left), true() if key is None else OUTBOX.c.key == key)
            .order_by(OUTBOX.c.state == "ready", OUTBOX.c.not_before, OUTBOX.c.key)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        lease, until = str(uuid.uuid4()), now + self._lease
        async with self._database.write() as session:
            rows = (await session.execute(free)).all()
            await session.execute(
                update(OUTBOX)
                .where(OUTBOX.c.key.in_([row.key for row in rows]))
                .values(
                    state="sending",
                    attempts=OUTBOX.c.attempts + 1,
                    lease=lease,
                    leased_until=until,
                )
            )
            fresh = [row.key for row in rows if row.state == "ready"]
            await session.execute(
                update(OUTBOX).where(OUTBOX.c.key.in_(fresh)).values(started_at=now)
            )
        return tuple(_held(row, lease, now, until) for row in rows)

    async def sent(
        self, session: AsyncSession, held: Held, *, channel: str, ts: str, now: datetime
    ) -> bool:
        """Keep where a letter arrived and forget what it said, in the caller's transaction."""
        values = {"state": "sent", "channel": channel, "ts": ts, "settled_at": now, "body": {}}
        return await self._settle(session, held, values)

    async def dead(self, held: Held, problem: str, *, now: datetime) -> bool:
        """Keep that a letter will never arrive, and why."""
        values = {"state": "dead", "settled_at": now, "body": {}, "problem": problem[:300]}
        async with self._database.write() as session:
            return await self._settle(session, held, values)

    async def again(
        self, held: Held, *, at: datetime, doubtful: bool, problem: str | None = None
    ) -> bool:
        """Put a letter back for a later try; `doubtful` when Slack may have it all the same."""
        values = {"state": "unknown" if doubtful else "ready", "not_before": at, "problem": problem}
        async with self._database.write() as session:
            return await self._settle(session, held, values)

    async def find(self, key: str) -> Fate | None:
        """Return what became of a letter, None when there never was one."""
        columns = (OUTBOX.c.state, OUTBOX.c.channel, OUTBOX.c.ts)
        more = (OUTBOX.c.settled_at, OUTBOX.c.problem)
        async with self._database.read() as session:
            row = (
                await session.execute(select(*columns, *more).where(OUTBOX.c.key == key))
            ).one_or_none()
        return None if row is None else Fate(*row)

    async def prune(self, *, before: datetime) -> None:
        """Delete what was settled before a moment."""
        async with self._database.write() as session:
            await session.execute(delete(OUTBOX).where(OUTBOX.c.settled_at < before))

    async def _settle(self, session: AsyncSession, held: Held, values: dict[str, Any]) -> bool:
        """Write what became of a letter; False when another process has it by now."""
        statement = (
            update(OUTBOX)
            .where(OUTBOX.c.key == held.letter.key, OUTBOX.c.lease == held.lease)
            .where(OUTBOX.c.state == "sending")
            .values(lease=None, leased_until=None, **values)
            .returning(OUTBOX.c.key)
        )
        return await session.scalar(statement) is not None


async def _add(
    session: AsyncSession, letter: Letter, *, now: datetime, state: State, **values: object
) -> bool:
    row = {
        "key": letter.key,
        "kind": letter.kind,
        "body": letter.body,
        "state": state,
        "attempts": 0,
        "created_at": now,
        "not_before": now,
        "not_after": letter.not_after,
    }
    statement = insert(session, OUTBOX).on_conflict_do_nothing().returning(OUTBOX.c.key)
    return await session.scalar(statement, row | values) is not None


def _held(row: Any, lease: str, now: datetime, until: datetime) -> Held:
    doubtful = row.state != "ready"
    return Held(
        letter=Letter(row.key, row.kind, row.body, row.not_after),
        lease=lease,
        attempts=row.attempts + 1,
        started_at=row.started_at if doubtful and row.started_at else now,
        until=until,
        doubtful=doubtful,
    )
