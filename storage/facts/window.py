"""Which accounts are read, and as of when; shared by the readers of all groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.facts import GROUP, SCHEMA
from storage.tables import Customer, table

CUSTOMERS = table(Customer)


@dataclass(frozen=True, slots=True)
class Window:
    """The accounts in question and the moment; later rows do not exist for it.

    `accounts` names single accounts, `owners` the CSMs whose accounts are meant; both None means
    every account, also those that nobody owns.
    """

    as_of: datetime
    accounts: tuple[str, ...] | None = None
    owners: frozenset[str] | None = None

    @property
    def day(self) -> date:
        """The day of the moment, in UTC."""
        return self.as_of.date()

    @property
    def customers(self) -> Select[tuple[str]]:
        """The ids of the accounts in question, customers on that day."""
        return select(CUSTOMERS.c.id).where(*self.conditions())

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a row of `customers` must meet to be in question."""
        found = [
            or_(CUSTOMERS.c.churned_on.is_(None), CUSTOMERS.c.churned_on > self.day),
            or_(CUSTOMERS.c.signed_up_on.is_(None), CUSTOMERS.c.signed_up_on <= self.day),
        ]
        if self.accounts is not None:
            found.append(CUSTOMERS.c.id.in_(self.accounts))
        if self.owners is not None:
            found.append(CUSTOMERS.c.csm_id.in_(self.owners))
        return found

    def until(self, group: str, newest: date | None) -> date:
        """Return the day up to which a feed counts: today, or where a stale feed ends.

        When a feed has stopped, silence after its last row is not the customer's silence.
        """
        shelf = GROUP[group].shelf_days
        if newest is None or shelf is None or newest >= self.day - timedelta(days=shelf):
            return self.day
        return newest


async def rows(session: AsyncSession, statement: Any, *names: str, **types: Any) -> pl.DataFrame:
    """Run a statement and return its columns under `names`.

    Types are those of the facts frame; `types` gives those of columns that it does not have.
    """
    schema = {name: types.get(name) or SCHEMA.get(name, pl.String) for name in names}
    result = await session.execute(statement)
    return pl.DataFrame([tuple(row) for row in result], schema=schema, orient="row")


async def newest(session: AsyncSession, columns: Sequence[Any], as_of: date) -> date | None:
    """Return the day of the newest moment at or before `as_of` in any of the columns."""
    days: list[date] = []
    for column in columns:
        statement = select(column).where(column <= as_of).order_by(column.desc()).limit(1)
        found = await session.scalar(statement)
        if found is not None:
            days.append(found.date() if isinstance(found, datetime) else found)
    return max(days, default=None)
