"""How far each feed reaches: the newest row of a table, whichever account it is about."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ScalarSelect, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.facts import GROUP
from storage.tables import Activity, Meeting, Opportunity, RiskSignal, Ticket, table

ACTIVITIES = table(Activity)
MEETINGS = table(Meeting)
TICKETS = table(Ticket)
OPPORTUNITIES = table(Opportunity)
RISKS = table(RiskSignal)

IN_TOUCH = ("email", "call")
"""The kinds of activity by which somebody was in touch; meetings have a table of their own."""


@dataclass(frozen=True, slots=True)
class Feeds:
    """The newest day of each group that arrives as events; None where nothing ever arrived.

    Where a feed exists, an account without rows has none; where it does not, nothing is known.
    """

    day: date
    newest: dict[str, date | None]

    def until(self, group: str) -> date:
        """Return the day up to which a feed counts: today, or where a stale feed ends.

        When a feed has stopped, silence after its last row is not the customer's silence.
        """
        newest, shelf = self.newest[group], GROUP[group].shelf_days
        if newest is None or shelf is None or newest >= self.day - timedelta(days=shelf):
            return self.day
        return newest


async def feeds(session: AsyncSession, as_of: datetime) -> Feeds:
    """Read all feeds as of a moment, in one query."""
    day = as_of.date()
    columns = {
        "contact": (
            _newest(
                ACTIVITIES.c.occurred_at, as_of, ACTIVITIES.c.kind.in_((*IN_TOUCH, "value_update"))
            ),
            _newest(MEETINGS.c.starts_at, as_of),
        ),
        "champion": (_newest(ACTIVITIES.c.occurred_at, as_of, ACTIVITIES.c.kind == "login"),),
        "support": (_newest(TICKETS.c.opened_at, as_of), _newest(TICKETS.c.closed_at, as_of)),
        "opportunity": (
            _newest(OPPORTUNITIES.c.opened_on, day),
            _newest(OPPORTUNITIES.c.closed_on, day),
        ),
        "risk": (_newest(RISKS.c.raised_at, as_of),),
    }
    found = iter(
        (await session.execute(select(*[one for of in columns.values() for one in of]))).one()
    )
    days = {group: [_day(next(found)) for _ in of] for group, of in columns.items()}
    return Feeds(
        day,
        {group: max((one for one in of if one), default=None) for group, of in days.items()},
    )


def _newest(column: Any, until: date, *conditions: Any) -> ScalarSelect[Any]:
    """The newest value of a column, found at the end of its index."""
    return (
        select(column)
        .where(column <= until, *conditions)
        .order_by(column.desc())
        .limit(1)
        .scalar_subquery()
    )


def _day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value
