"""What happened at accounts between two moments, as the rows tell it, a few accounts at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.changes import Event
from core.wording import money
from storage.tables import (
    Activity,
    Contact,
    Csm,
    Customer,
    DecisionRow,
    Meeting,
    Opportunity,
    RecommendationRow,
    Renewal,
    RiskSignal,
    Ticket,
    table,
)

ACTIVITIES = table(Activity)
CONTACTS = table(Contact)
CSMS = table(Csm)
CUSTOMERS = table(Customer)
DECISIONS = table(DecisionRow)
MEETINGS = table(Meeting)
OPPORTUNITIES = table(Opportunity)
RECOMMENDATIONS = table(RecommendationRow)
RENEWALS = table(Renewal)
RISKS = table(RiskSignal)
TICKETS = table(Ticket)

_KINDS = ("call", "email", "value_update", "feedback", "milestone")
_ROLES = {
    "champion": "champion",
    "executive_sponsor": "sponsor",
    "economic_buyer": "economic buyer",
}


@dataclass(frozen=True, slots=True)
class Between:
    """The accounts in question, and from after when until when.

    Days are those of the time zone that `as_of` is in. A period that begins with a day's first
    minute holds that day, one that begins later does not.
    """

    accounts: Sequence[str]
    since: datetime
    as_of: datetime

    @property
    def days(self) -> tuple[date, date]:
        """The last day before it, and its last day."""
        return self.day(self.since - timedelta(microseconds=1)), self.as_of.date()

    def day(self, at: datetime) -> date:
        """Return the day of a moment."""
        return at.astimezone(self.as_of.tzinfo).date()

    def holds(self, at: datetime | None) -> bool:
        """Tell whether a moment lies in it."""
        return at is not None and self.since < at <= self.as_of

    def holds_day(self, on: date | None) -> bool:
        """Tell whether a day lies in it."""
        before, last = self.days
        return on is not None and before < on <= last


Found = Iterable[tuple[str, Event]]
Read = tuple[Callable[[Between], Select[Any]], Callable[[Any, Between], Found]]


async def events(session: AsyncSession, between: Between) -> Mapping[str, tuple[Event, ...]]:
    """Return each account's events; accounts where nothing happened are left out."""
    found: dict[str, list[Event]] = defaultdict(list)
    for statement, told in _READS:
        for row in await session.execute(statement(between)):
            for account, event in told(row, between):
                found[account].append(event)
    return {account: tuple(of) for account, of in found.items()}


def _meetings(between: Between) -> Select[Any]:
    booked, starts = MEETINGS.c.booked_at, MEETINGS.c.starts_at
    return select(MEETINGS.c.customer_id, MEETINGS.c.title, starts, booked).where(
        MEETINGS.c.customer_id.in_(between.accounts),
        MEETINGS.c.cancelled.is_(False),
        starts > between.since,
        or_(starts <= between.as_of, and_(booked > between.since, booked <= between.as_of)),
    )


def _met(row: Any, between: Between) -> Found:
    kind = "meeting" if row.starts_at <= between.as_of else "booked"
    yield row.customer_id, Event(kind, between.day(row.starts_at), row.title)


def _activities(between: Between) -> Select[Any]:
    at = ACTIVITIES.c.occurred_at
    return (
        select(
            ACTIVITIES.c.customer_id,
            ACTIVITIES.c.kind,
            ACTIVITIES.c.direction,
            ACTIVITIES.c.subject,
            at,
            CONTACTS.c.name,
        )
        .join(CONTACTS, CONTACTS.c.id == ACTIVITIES.c.contact_id, isouter=True)
        .where(
            ACTIVITIES.c.customer_id.in_(between.accounts),
            ACTIVITIES.c.kind.in_(_KINDS),
            at > between.since,
            at <= between.as_of,
        )
    )


def _did(row: Any, between: Between) -> Found:
    kind = row.kind
    if kind == "email":
        kind = "email_in" if row.direction == "in" else "email_out"
    yield (
        row.customer_id,
        Event(kind, between.day(row.occurred_at), row.subject or "", row.name or ""),
    )


def _tickets(between: Between) -> Select[Any]:
    opened, closed = TICKETS.c.opened_at, TICKETS.c.closed_at
    return select(
        TICKETS.c.customer_id, TICKETS.c.subject, TICKETS.c.priority, opened, closed
    ).where(
        TICKETS.c.customer_id.in_(between.accounts),
        opened <= between.as_of,
        or_(opened > between.since, and_(closed > between.since, closed <= between.as_of)),
    )


def _ticket(row: Any, between: Between) -> Found:
    subject, is_closed = row.subject or "", between.holds(row.closed_at)
    if between.holds(row.opened_at):
        urgent = row.priority if row.priority in ("high", "urgent") else ""
        detail = ", ".join(one for one in (urgent, _stands(row, between)) if one)
        opened = between.day(row.opened_at)
        yield row.customer_id, Event("ticket_opened", opened, subject, detail=detail)
    elif is_closed:
        yield row.customer_id, Event("ticket_closed", between.day(row.closed_at), subject)


def _stands(row: Any, between: Between) -> str:
    if not between.holds(row.closed_at):
        return "open"
    closed = between.day(row.closed_at)
    return f"closed on {closed.day} {closed:%b}"


def _deals(between: Between) -> Select[Any]:
    opened, closed = OPPORTUNITIES.c.opened_on, OPPORTUNITIES.c.closed_on
    days, of = between.days, OPPORTUNITIES.c
    return select(of.customer_id, of.name, of.amount, opened, closed, of.won, _currency(of)).where(
        of.customer_id.in_(between.accounts),
        of.kind != "new",
        or_(*(and_(on > days[0], on <= days[1]) for on in (opened, closed))),
    )


def _deal(row: Any, between: Between) -> Found:
    amount = money(row.amount, row.currency or "USD") if row.amount else ""
    if between.holds_day(row.closed_on) and row.won is not None:
        kind = "opportunity_won" if row.won else "opportunity_lost"
        yield row.customer_id, Event(kind, row.closed_on, row.name, detail=amount)
    elif between.holds_day(row.opened_on):
        yield row.customer_id, Event("opportunity_opened", row.opened_on, row.name, detail=amount)


def _renewals(between: Between) -> Select[Any]:
    of, days = RENEWALS.c, between.days
    return select(of.customer_id, of.amount, of.closed_on, of.won, _currency(of)).where(
        of.customer_id.in_(between.accounts),
        of.won.is_not(None),
        of.closed_on > days[0],
        of.closed_on <= days[1],
    )


def _renewal(row: Any, _: Between) -> Found:
    amount = money(row.amount, row.currency or "USD") if row.amount else ""
    kind = "renewal_won" if row.won else "renewal_lost"
    yield row.customer_id, Event(kind, row.closed_on, detail=amount)


def _risks(between: Between) -> Select[Any]:
    of = RISKS.c
    ends = (of.raised_at, of.cleared_at)
    within = (and_(at > between.since, at <= between.as_of) for at in ends)
    return select(of.customer_id, of.description, of.severity, *ends).where(
        of.customer_id.in_(between.accounts), or_(*within)
    )


def _risk(row: Any, between: Between) -> Found:
    if between.holds(row.cleared_at):
        yield row.customer_id, Event("risk_cleared", between.day(row.cleared_at), row.description)
    else:
        raised = between.day(row.raised_at)
        yield row.customer_id, Event("risk_raised", raised, row.description, detail=row.severity)


def _people(between: Between) -> Select[Any]:
    of, days = CONTACTS.c, between.days
    within = (and_(on > days[0], on <= days[1]) for on in (of.joined_on, of.left_on))
    return select(of.customer_id, of.name, of.role, of.title, of.joined_on, of.left_on).where(
        of.customer_id.in_(between.accounts), or_(*within)
    )


def _person(row: Any, between: Between) -> Found:
    role = _ROLES.get(row.role or "") or row.title or ""
    kind = "left" if between.holds_day(row.left_on) else "joined"
    on = row.left_on if kind == "left" else row.joined_on
    yield row.customer_id, Event(kind, on, who=row.name, detail=role)


def _decisions(between: Between) -> Select[Any]:
    later = DECISIONS.alias()
    undone = select(later.c.id).where(
        later.c.recommendation_id == DECISIONS.c.recommendation_id,
        later.c.version == DECISIONS.c.version + 1,
        later.c.kind == "undo",
        later.c.at <= between.as_of,
    )
    return (
        select(
            RECOMMENDATIONS.c.customer_id,
            RECOMMENDATIONS.c.shown,
            DECISIONS.c.kind,
            DECISIONS.c.at,
            CSMS.c.name,
        )
        .join(RECOMMENDATIONS, RECOMMENDATIONS.c.id == DECISIONS.c.recommendation_id)
        .join(CSMS, CSMS.c.id == DECISIONS.c.by_id)
        .where(
            RECOMMENDATIONS.c.customer_id.in_(between.accounts),
            DECISIONS.c.kind != "undo",
            DECISIONS.c.at > between.since,
            DECISIONS.c.at <= between.as_of,
            ~undone.correlate(DECISIONS).exists(),
        )
    )


def _decided(row: Any, between: Between) -> Found:
    headline = str(row.shown["headline"])
    yield row.customer_id, Event(row.kind, between.day(row.at), headline, row.name)


def _currency(of: Any) -> Any:
    """The currency of an account's record, in which its deals are told."""
    return (
        select(func.max(CUSTOMERS.c.currency))
        .where(CUSTOMERS.c.id == of.customer_id)
        .scalar_subquery()
        .label("currency")
    )


_READS: tuple[Read, ...] = (
    (_meetings, _met),
    (_activities, _did),
    (_tickets, _ticket),
    (_deals, _deal),
    (_renewals, _renewal),
    (_risks, _risk),
    (_people, _person),
    (_decisions, _decided),
)
