"""What came in from Slack and was acknowledged, kept until its work is done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, func, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from storage.database import Database
from storage.tables import InboxItem

MOST_ATTEMPTS = 3
"""How often an item is tried before it is given up."""


@dataclass(frozen=True, slots=True)
class Item:
    """One acknowledged event: its unique key, its kind, Slack's payload and the tries so far."""

    key: str
    kind: str
    body: dict[str, Any]
    attempts: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much is not done: what waits or is under way, since when, and what is not tried again."""

    waiting: int
    oldest: datetime | None
    given_up: int


class Inbox:
    """Keeps events by key, so that each is worked on once and none is lost."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, key: str, kind: str, body: dict[str, Any], *, now: datetime) -> Item | None:
        """Keep an event, its first try counted; None when its key is known already."""
        row = InboxItem(key=key, kind=kind, body=body, received_at=now, attempts=1)
        try:
            async with self._database.write() as session:
                session.add(row)
        except IntegrityError:
            return None
        return Item(key, kind, body, attempts=1)

    async def take(self, key: str) -> Item | None:
        """Count one more try and return the item; None when it is done or was tried too often."""
        async with self._database.write() as session:
            row = await session.get(InboxItem, key, with_for_update=True)
            if row is None or row.done_at is not None or row.attempts >= MOST_ATTEMPTS:
                return None
            row.attempts += 1
            session.add(row)
            return Item(row.key, row.kind, row.body, row.attempts)

    async def unfinished(self, *, before: datetime, limit: int = 100) -> tuple[str, ...]:
        """Return the keys of items that came before a moment and still wait, oldest first."""
        statement = (
            select(InboxItem.key)
            .where(
                col(InboxItem.done_at).is_(None),
                col(InboxItem.attempts) < MOST_ATTEMPTS,
                col(InboxItem.received_at) < before,
            )
            .order_by(col(InboxItem.received_at))
            .limit(limit)
        )
        async with self._database.read() as session:
            return tuple((await session.scalars(statement)).all())

    async def waiting(self, kind: str) -> tuple[Item, ...]:
        """Return what of a kind is not done yet, oldest first."""
        statement = (
            select(InboxItem)
            .where(col(InboxItem.done_at).is_(None), col(InboxItem.kind) == kind)
            .order_by(col(InboxItem.received_at))
        )
        async with self._database.read() as session:
            rows = (await session.scalars(statement)).all()
            return tuple(Item(row.key, row.kind, row.body, row.attempts) for row in rows)

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
        statement = select(InboxItem.done_at).where(col(InboxItem.key) == key)
        async with self._database.read() as session:
            found = (await session.execute(statement)).one_or_none()
            return found is not None and found[0] is None

    async def forget(self, key: str) -> None:
        """Drop an item, so that the same may come in again."""
        async with self._database.write() as session:
            await session.execute(delete(InboxItem).where(col(InboxItem.key) == key))

    async def done(self, key: str, *, now: datetime) -> None:
        """Mark an item as worked on and forget what it said; only its key stays."""
        statement = update(InboxItem).where(col(InboxItem.key) == key).values(done_at=now, body={})
        async with self._database.write() as session:
            await session.execute(statement)
