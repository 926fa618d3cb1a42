"""A small book of accounts for storage tests, written row by row."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from storage.database import Database
from storage.tables import Base, Contract, Csm, Customer

TODAY = date(2026, 3, 3)
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def days_ago(days: float) -> datetime:
    """The moment so many days before NOW."""
    return NOW - timedelta(days=days)


def day(ago: int) -> date:
    """The day so many days before TODAY; negative ones are to come."""
    return TODAY - timedelta(days=ago)


def row(kind: type[Base], /, **values: Any) -> Base:
    """Make a row with an id and an origin of its own unless they are given."""
    id = values.pop("id", None) or str(uuid4())
    return kind(**{"id": id, "source": "test", "source_id": id} | values)


async def save(database: Database, *rows: Base) -> None:
    """Store rows in the order given."""
    async with database.write() as session:
        for one in rows:
            session.add(one)
            await session.flush()


async def begin(database: Database) -> None:
    """Store Ana with two accounts, Ben with one, and one that nobody owns."""
    await save(
        database,
        row(Csm, id="ana", name="Ana Souza", email="ana@steward.example"),
        row(Csm, id="ben", name="Ben Carter", email="ben@steward.example"),
        row(Customer, id="beta", name="Beta Inc", csm_id="ana", signed_up_on=day(400)),
        row(Customer, id="alpha", name="Alpha Corp", csm_id="ana", signed_up_on=day(800)),
        row(Customer, id="gamma", name="Gamma Ltd", csm_id="ben", signed_up_on=day(90)),
        row(Customer, id="free", name="Free Agent", csm_id=None),
        row(Contract, customer_id="beta", starts_on=day(300), ends_on=day(-60), arr=120_000.0),
        row(Contract, customer_id="alpha", starts_on=day(300), ends_on=day(-85), arr=200_000.0),
    )
