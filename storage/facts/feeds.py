"""How far each feed reaches: the newest row of a table, whichever account it is about."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ScalarSelect, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.facts import GROUP
from storage.facts.window import Scope
from storage.tables import Activity, Meeting, Opportunity, RiskSignal, Ticket, table

ACTIVITIES = table(Activity)
MEETINGS = table(Meeting)
TICKETS = table(Ticket)
OPPORTUNITIES = table(Opportunity)
RISKS = table(RiskSignal)

IN_TOUCH = ("email", "call")
"""The kinds of activity by which somebody was in touch; meetings have a table of their own."""

TALK = (*IN_TOUCH, "value_update", "feedback")
"""The kinds of activity that the feed of conversations brings."""

FEEDBACK_DAYS = 180
"""For so long a request for feedback counts."""

RUNNING_DAYS = 30
"""A feed whose newest row is older has stopped: what it lacks may have happened since."""


@dataclass(frozen=True, slots=True)
class Feeds:
    """The newest day of each group that arrives as events; None where nothing ever arrived.

    Where a feed exists, an account without rows has none; where it does not, nothing is known.
    `feedback_since` is the day on which the feed of conversations begins.
    """

    day: date
    newest: dict[str, date | None]
    feedback_since: date | None = None

    def until(self, group: str) -> date:
        """Return the day up to which a feed counts: today, or where a stale feed ends.

        When a feed has stopped, silence after its last row is not the customer's silence.
        """
        newest, shelf = self.newest[group], GROUP[group].shelf_days
        if newest is None or shelf is None or newest >= self.day - timedelta(days=shelf):
            return self.day
        return newest

    def denies(self, group: str) -> bool:
        """Tell whether what a group has no row of did not happen: its feed runs, and long enough.

        Whether there was a kickoff, the calendar says; whether feedback was asked for, only
        conversations that reach back over the half year in question.
        """
        newest = self.newest[group]
        if newest is None or newest < self.day - timedelta(days=RUNNING_DAYS):
            return False
        start = self.day - timedelta(days=FEEDBACK_DAYS)
        return group != "feedback" or (self.feedback_since or self.day) <= start


async def feeds(session: AsyncSession, as_of: datetime) -> Feeds:
    """Read all feeds as of a moment, in one query."""
    day, columns = as_of.date(), _columns()
    found = iter((await session.execute(_statement(), {"day": day, "as_of": as_of})).one())
    days = {group: [_day(next(found)) for _ in of] for group, of in columns.items()}
    since = min((one for one in days.pop("feedback_since") if one), default=None)
    newest = {group: max((one for one in of if one), default=None) for group, of in days.items()}
    return Feeds(day, newest, since)


@cache
def _statement() -> Select[Any]:
    """One query for all of them, made once."""
    return select(*[one for of in _columns().values() for one in of])


@cache
def _columns() -> dict[str, tuple[ScalarSelect[Any], ...]]:
    """What tells how far each feed reaches."""
    day, as_of = Scope().day, Scope().as_of
    talked = _activities(as_of, *TALK)
    return {
        "contact": (*talked, _newest(MEETINGS.c.starts_at, as_of)),
        "kickoff": (_newest(MEETINGS.c.starts_at, as_of),),
        "feedback": talked,
        "feedback_since": _activities(as_of, *TALK, first=True),
        "champion": _activities(as_of, "login"),
        "support": (_newest(TICKETS.c.opened_at, as_of), _newest(TICKETS.c.closed_at, as_of)),
        "opportunity": (
            _newest(OPPORTUNITIES.c.opened_on, day),
            _newest(OPPORTUNITIES.c.closed_on, day),
        ),
        "risk": (_newest(RISKS.c.raised_at, as_of),),
    }


def _activities(
    until: BindParameter[datetime], *kinds: str, first: bool = False
) -> tuple[ScalarSelect[Any], ...]:
    """The newest moment of each kind, or its first one; the index has one end for each kind."""
    at = ACTIVITIES.c.occurred_at
    return tuple(_newest(at, until, ACTIVITIES.c.kind == kind, first=first) for kind in kinds)


def _newest(
    column: Any, until: BindParameter[Any], *conditions: Any, first: bool = False
) -> ScalarSelect[Any]:
    """The newest value of a column, or its first one, found at the end of its index."""
    return (
        select(column)
        .where(column <= until, *conditions)
        .order_by(column if first else column.desc())
        .limit(1)
        .scalar_subquery()
    )


def _day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value
