"""When each happening took place last: one query for moments, one for days, however many accounts.

What the database knows as of a moment counts; a meeting of tomorrow has not taken place.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Select,
    String,
    Table,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import (
    Activity,
    Contact,
    Meeting,
    Opportunity,
    Renewal,
    Ticket,
    UtcDateTime,
    table,
)

ACTIVITIES = table(Activity)
CONTACTS = table(Contact)
MEETINGS = table(Meeting)
OPPORTUNITIES = table(Opportunity)
RENEWALS = table(Renewal)
TICKETS = table(Ticket)

Newest = Mapping[tuple[str, str], datetime]
"""The newest moment of each (account, happening); a day without an hour counts from midnight."""

_AT_ONCE = 500
_HELD, _BOOKED = MEETINGS.c.starts_at, func.coalesce(MEETINGS.c.booked_at, MEETINGS.c.starts_at)


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The rows by which a happening is known: their moment or day, and what makes them count."""

    of: Table
    at: ColumnElement[Any]
    counts: Callable[[BindParameter[datetime]], Iterable[ColumnElement[bool]]]
    dated: bool = False


def _meetings(at: ColumnElement[Any], *kinds: str) -> _Rows:
    of_kind = [MEETINGS.c.kind.in_(kinds)] if kinds else []
    return _Rows(MEETINGS, at, lambda _: (MEETINGS.c.cancelled.is_(False), *of_kind))


def _activities(*kinds: str, direction: str = "", role: str = "") -> _Rows:
    counts: list[ColumnElement[bool]] = [ACTIVITIES.c.kind.in_(kinds)]
    if direction:
        counts.append(ACTIVITIES.c.direction == direction)
    if role:
        holder = (CONTACTS.c.id == ACTIVITIES.c.contact_id) & (CONTACTS.c.role == role)
        # Asked of each row, so that no database begins with everybody who holds the role.
        counts.append(select(CONTACTS.c.id).where(holder).correlate(ACTIVITIES).exists())
    return _Rows(ACTIVITIES, ACTIVITIES.c.occurred_at, lambda _: counts)


def _none_open(as_of: BindParameter[datetime]) -> tuple[ColumnElement[bool], ...]:
    other = TICKETS.alias()
    still = or_(other.c.closed_at.is_(None), other.c.closed_at > as_of)
    waiting = select(other.c.id).where(
        other.c.customer_id == TICKETS.c.customer_id, other.c.opened_at <= as_of, still
    )
    return (~waiting.correlate(TICKETS).exists(),)


_SOURCES: Mapping[str, tuple[_Rows, ...]] = {
    "meeting": (_meetings(_HELD),),
    "meeting_booked": (_meetings(_BOOKED),),
    "call": (_activities("call"),),
    "email_sent": (_activities("email", direction="out"),),
    "reply": (_activities("email", direction="in"),),
    "qbr": (_meetings(_HELD, "qbr"),),
    "qbr_prep_booked": (_meetings(_BOOKED, "qbr_prep"),),
    "kickoff_booked": (_meetings(_BOOKED, "kickoff"),),
    "training_booked": (_meetings(_BOOKED, "training"),),
    "renewal_talk": (_meetings(_HELD, "renewal"),),
    "renewed": (
        _Rows(RENEWALS, RENEWALS.c.closed_on, lambda _: (RENEWALS.c.won.is_(True),), dated=True),
    ),
    "ticket_closed": (_Rows(TICKETS, TICKETS.c.closed_at, lambda _: ()),),
    "tickets_cleared": (_Rows(TICKETS, TICKETS.c.closed_at, _none_open),),
    "opportunity_opened": (
        _Rows(
            OPPORTUNITIES,
            OPPORTUNITIES.c.opened_on,
            lambda _: (OPPORTUNITIES.c.kind != "new",),
            dated=True,
        ),
    ),
    "champion_back": (
        _activities("login", role="champion"),
        _activities("email", "call", direction="in", role="champion"),
    ),
    "sponsor_met": (
        _meetings(_HELD, "executive"),
        _activities("call", role="executive_sponsor"),
    ),
    "value_update": (_activities("value_update"),),
    "feedback": (_activities("feedback"),),
    "milestone": (_activities("milestone"),),
}


async def newest(
    session: AsyncSession,
    *,
    accounts: Collection[str],
    names: Collection[str],
    since: datetime,
    as_of: datetime,
) -> Newest:
    """Return when each of `names` happened last at these accounts, after `since` until `as_of`.

    What has only a day counts when that is after the day of `since`. Names that nothing tells of
    are left out, and so are accounts where nothing happened.
    """
    found: dict[tuple[str, str], datetime] = {}
    asked, wanted = sorted(set(accounts)), tuple(sorted(set(names)))
    given = {"since": since, "as_of": as_of, "after": since.date(), "day": as_of.date()}
    for some in (asked[at : at + _AT_ONCE] for at in range(0, len(asked), _AT_ONCE)):
        for statement in _statements(wanted):
            for account, name, at in await session.execute(statement, given | {"accounts": some}):
                key, moment = (account, name), _moment(at, as_of)
                found[key] = max(moment, found.get(key, moment))
    return found


@lru_cache(maxsize=64)
def _statements(names: tuple[str, ...]) -> tuple[Any, ...]:
    """Make the query for moments and the one for days, which takes longer than to run them."""
    wanted = [(name, rows) for name in names for rows in _SOURCES.get(name, ())]
    kinds = ([one for one in wanted if one[1].dated == dated] for dated in (False, True))
    return tuple(union_all(*(_last(*one) for one in of_kind)) for of_kind in kinds if of_kind)


def _last(name: str, rows: _Rows) -> Select[str, str, Any]:
    account: ColumnElement[str] = rows.of.c.customer_id
    accounts = bindparam("accounts", type_=String(), expanding=True)
    as_of = bindparam("as_of", type_=UtcDateTime())
    first, last = (
        (bindparam("after", type_=Date()), bindparam("day", type_=Date()))
        if rows.dated
        else (bindparam("since", type_=UtcDateTime()), as_of)
    )
    return (
        select(account, literal(name, String), func.max(rows.at))
        .where(account.in_(accounts), rows.at > first, rows.at <= last, *rows.counts(as_of))
        .group_by(account)
    )


def _moment(at: date | datetime, as_of: datetime) -> datetime:
    if isinstance(at, datetime):
        return at
    return datetime(at.year, at.month, at.day, tzinfo=as_of.tzinfo)
