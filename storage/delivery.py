"""One digest of one day as it is kept: claimed, queued with its letter, sent, missed or skipped."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from storage.database import Database
from storage.tables import DigestDelivery, table

DELIVERIES = table(DigestDelivery)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One subscription's digest of one local day; `problem` says why it was missed or skipped.

    `state`: claimed, queued, sent, missed or skipped. `content` is what it said besides its items.
    """

    id: str
    subscription_id: str
    local_date: date
    state: str
    claimed_at: datetime
    sent_at: datetime | None = None
    channel: str | None = None
    ts: str | None = None
    items: tuple[str, ...] = ()
    problem: str | None = None
    content: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of its letter."""
        return letter_key(self.subscription_id, self.local_date)


def letter_key(subscription_id: str, local_date: date) -> str:
    """Return the key of a digest's letter: nobody can queue another for that day."""
    return f"digest:{subscription_id}:{local_date.isoformat()}"


def new_row(subscription_id: str, local_date: date, now: datetime) -> dict[str, Any]:
    """Return the columns of a delivery that begins at a moment."""
    return {
        "id": str(uuid.uuid4()),
        "subscription_id": subscription_id,
        "local_date": local_date,
        "claimed_at": now,
        "items": [],
    }


def read_row(row: Any) -> Delivery:
    """Return a row as a value."""
    return Delivery(
        id=row.id,
        subscription_id=row.subscription_id,
        local_date=row.local_date,
        state=row.state,
        claimed_at=row.claimed_at,
        sent_at=row.sent_at,
        channel=row.channel,
        ts=row.ts,
        items=tuple(row.items),
        problem=row.problem,
        content=row.content or {},
    )


async def where(database: Database, *conditions: ColumnElement[bool]) -> tuple[Delivery, ...]:
    """Return the deliveries that fit, the earliest date first."""
    statement = select(DELIVERIES).where(*conditions).order_by(DELIVERIES.c.local_date)
    async with database.read() as session:
        return tuple(map(read_row, (await session.execute(statement)).all()))
