"""What the language model cost: per question, so that days and people can be added up."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from statistics import median
from uuid import uuid4

from sqlalchemy import case, delete, func, select

from storage.database import Database
from storage.tables import ModelUsage, table

USAGE = table(ModelUsage)

KEPT_DAYS = 396
"""Thirteen months: a month can still be compared with the same one of the year before."""


@dataclass(frozen=True, slots=True)
class Used:
    """One question: who asked (as a hash), which model, what it took, and what went wrong."""

    user_id: str
    model: str
    calls: int
    input_tokens: int
    output_tokens: int
    cache_read_tokens: int
    cache_write_tokens: int
    cost_usd: float
    milliseconds: int
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """US dollars of one day: by one person, and by everybody."""

    by_user: float
    by_all: float


@dataclass(frozen=True, slots=True)
class Recent:
    """How the last questions went: how many there were, their median time, their troubles."""

    questions: int
    median_milliseconds: float | None
    troubles: Sequence[str]
    cache_read_share: float | None


class ModelUsages:
    """The one place that keeps what the model cost; it serves as the ledger of its caps."""

    def __init__(self, database: Database) -> None:
        """Take the database it is kept in."""
        self._database = database

    async def add(self, used: Used, *, at: datetime) -> None:
        """Keep what a question cost; its day is the day of `at` in UTC."""
        row = ModelUsage(id=str(uuid4()), at=at, day=at.astimezone(UTC).date(), **asdict(used))
        async with self._database.write() as session:
            session.add(row)

    async def spent(self, user_id: str, day: date) -> Spent:
        """Return what a person and everybody spent on a day, in UTC."""
        cost = USAGE.c.cost_usd
        theirs = case((USAGE.c.user_id == user_id, cost), else_=0.0)
        statement = select(
            func.coalesce(func.sum(theirs), 0.0), func.coalesce(func.sum(cost), 0.0)
        ).where(USAGE.c.day == day)
        async with self._database.read() as session:
            by_user, by_all = (await session.execute(statement)).one()
        return Spent(by_user, by_all)

    async def recent(self, most: int = 50) -> Recent:
        """Return how the last questions went, the newest trouble first."""
        statement = select(USAGE).order_by(USAGE.c.at.desc(), USAGE.c.id).limit(most)
        async with self._database.read() as session:
            rows = (await session.execute(statement)).all()
        read = sum(row.cache_read_tokens for row in rows)
        sent = read + sum(row.input_tokens + row.cache_write_tokens for row in rows)
        return Recent(
            questions=len(rows),
            median_milliseconds=median(row.milliseconds for row in rows) if rows else None,
            troubles=tuple(row.trouble for row in rows if row.trouble),
            cache_read_share=read / sent if sent else None,
        )

    async def prune(self, *, before: datetime) -> int:
        """Delete what questions before a moment cost; return how many questions that were."""
        async with self._database.write() as session:
            gone = await session.execute(delete(USAGE).where(USAGE.c.at < before).returning(1))
            return len(gone.all())
