"""What happened at accounts between two moments, as the rows tell it, a few accounts at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
    """The accounts in question, and from after when until when."""

    accounts: Sequence[str]
    since: datetime
    as_of: datetime

    def holds(self, at: datetime | None) -> bool:
        """Tell whether a moment lies in it."""
        return at is not None and self.since < at <= self.as_of

    def holds_day(self, on: date | None) -> bool:
        """Tell whether a day lies in it; that of the beginning does not."""
        return on is not None and self.since.date() < on <= self.as_of.date()


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
    yield row.customer_id, Event(kind, row.starts_at.date(), row.title)


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


def _did(row: Any, _: Between) -> Found:
    kind = row.kind
    if kind == "email":
        kind = "email_in" if row.direction == "in" else "email_out"
    yield row.customer_id, Event(kind, row.occurred_at.date(), row.subject or "", row.name or "")


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
        stands = f"closed on {row.closed_at.day} {row.closed_at:%b}" if is_closed else "open"
        detail = ", ".join(one for one in (urgent, stands) if one)
        yield row.customer_id, Event("ticket_opened", row.opened_at.date(), subject, detail=detail)
    elif is_closed:
        yield row.customer_id, Event("ticket_closed", row.closed_at.date(), subject)


def _deals(between: Between) -> Select[Any]:
    opened, closed = OPPORTUNITIES.c.opened_on, OPPORTUNITIES.c.closed_on
    days = (between.since.date(), between.as_of.date())
    of = OPPORTUNITIES.c
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
    of = RENEWALS.c
    return select(of.customer_id, of.amount, of.closed_on, of.won, _currency(of)).where(
        of.customer_id.in_(between.accounts),
        of.won.is_not(None),
        of.closed_on > between.since.date(),
        of.closed_on <= between.as_of.date(),
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
        yield row.customer_id, Event("risk_cleared", row.cleared_at.date(), row.description)
    else:
        raised = row.raised_at.date()
        yield row.customer_id, Event("risk_raised", raised, row.description, detail=row.severity)


def _people(between: Between) -> Select[Any]:
    of, days = CONTACTS.c, (between.since.date(), between.as_of.date())
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


def _decided(row: Any, _: Between) -> Found:
    headline = str(row.shown["headline"])
    yield row.customer_id, Event(row.kind, row.at.date(), headline, row.name)


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
