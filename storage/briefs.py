"""What is known of one account before a call: the last touch, its people, what is open and booked.

Nothing of another account is read, and nothing later than the moment.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.briefs import Background, Booked, Deal, OpenTicket, Person, PlanNote, Touch
from storage.tables import (
    AccountPlan,
    Activity,
    Contact,
    Meeting,
    Opportunity,
    Ticket,
    table,
)

ACTIVITIES = table(Activity)
CONTACTS = table(Contact)
MEETINGS = table(Meeting)
OPPORTUNITIES = table(Opportunity)
PLANS = table(AccountPlan)
TICKETS = table(Ticket)

_MOST_PEOPLE = 40
_MOST_TICKETS = 20


async def background(session: AsyncSession, account: str, as_of: datetime) -> Background:
    """Return what is known of an account at a moment; whether it may be seen is the caller's.

    Days are those of the time zone that `as_of` is in.
    """
    return Background(
        touches=await touches(session, account, as_of),
        people=await _people(session, account, as_of),
        tickets=await _tickets(session, account, as_of),
        deals=await _deals(session, account, as_of),
        booked=await _booked(session, account, as_of),
        plan=await _plan(session, account, as_of),
    )


async def touches(session: AsyncSession, account: str, as_of: datetime) -> tuple[Touch, ...]:
    """Return the last meeting, QBR, call, and e-mail in and out of an account, the newest first.

    Each is in the time zone that `as_of` is in.
    """
    found: list[Touch] = []
    for kinds in ((), ("qbr",)):
        row = (await session.execute(_held(account, as_of, kinds))).first()
        if row is not None:
            note = row.notes or ""
            at = _local(row.starts_at, as_of)
            found.append(Touch("qbr" if kinds else "meeting", at, row.title, note=note))
    for kind, direction in (("call", None), ("email", "in"), ("email", "out")):
        row = (await session.execute(_said(account, as_of, kind, direction))).first()
        if row is not None:
            name = "call" if kind == "call" else f"email_{direction}"
            of = (row.subject or "", row.name or "", row.body or "")
            found.append(Touch(name, _local(row.occurred_at, as_of), *of))
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _held(account: str, as_of: datetime, kinds: Sequence[str]) -> Select[Any]:
    of = MEETINGS.c
    statement = select(of.title, of.starts_at, of.notes).where(
        of.customer_id == account, of.cancelled.is_(False), of.starts_at <= as_of
    )
    if kinds:
        statement = statement.where(of.kind.in_(kinds))
    return statement.order_by(of.starts_at.desc()).limit(1)


def _said(account: str, as_of: datetime, kind: str, direction: str | None) -> Select[Any]:
    of = ACTIVITIES.c
    statement = (
        select(of.subject, of.body, of.occurred_at, CONTACTS.c.name)
        .join(CONTACTS, CONTACTS.c.id == of.contact_id, isouter=True)
        .where(of.customer_id == account, of.kind == kind, of.occurred_at <= as_of)
    )
    if direction == "in":
        statement = statement.where(of.direction == "in")
    elif direction == "out":
        statement = statement.where(func.coalesce(of.direction, "out") != "in")
    return statement.order_by(of.occurred_at.desc()).limit(1)


async def _people(session: AsyncSession, account: str, as_of: datetime) -> tuple[Person, ...]:
    of, day = CONTACTS.c, as_of.date()
    statement = (
        select(
            *(of.name, of.role, of.title, of.department, of.left_on),
            _last(as_of, "login").label("signed_in"),
            _last(as_of, "email", "call").label("in_touch"),
        )
        .where(
            of.customer_id == account,
            or_(of.joined_on.is_(None), of.joined_on <= day),
        )
        .order_by(of.role.is_(None), of.name, of.id)
        .limit(_MOST_PEOPLE)
    )
    return tuple(
        Person(
            name=row.name,
            role=row.role or "",
            title=row.title or "",
            department=row.department or "",
            signed_in=_local(row.signed_in, as_of) if row.signed_in else None,
            in_touch=_local(row.in_touch, as_of) if row.in_touch else None,
            left_on=row.left_on if row.left_on and row.left_on <= day else None,
        )
        for row in await session.execute(statement)
    )


def _last(as_of: datetime, *kinds: str) -> Any:
    of = ACTIVITIES.c
    return (
        select(func.max(of.occurred_at))
        .where(of.contact_id == CONTACTS.c.id, of.kind.in_(kinds), of.occurred_at <= as_of)
        .scalar_subquery()
    )


async def _tickets(session: AsyncSession, account: str, as_of: datetime) -> tuple[OpenTicket, ...]:
    of = TICKETS.c
    statement = (
        select(of.subject, of.priority, of.opened_at, CONTACTS.c.name)
        .join(CONTACTS, CONTACTS.c.id == of.contact_id, isouter=True)
        .where(of.customer_id == account, of.opened_at <= as_of, _not_until(of.closed_at, as_of))
        .order_by(of.opened_at)
        .limit(_MOST_TICKETS)
    )
    return tuple(
        OpenTicket(
            row.subject or "",
            row.priority or "",
            _local(row.opened_at, as_of).date(),
            row.name or "",
        )
        for row in await session.execute(statement)
    )


async def _deals(session: AsyncSession, account: str, as_of: datetime) -> tuple[Deal, ...]:
    of, day = OPPORTUNITIES.c, as_of.date()
    statement = (
        select(of.name, of.amount, of.stage, of.expected_on)
        .where(
            of.customer_id == account,
            of.kind != "new",
            or_(of.opened_on.is_(None), of.opened_on <= day),
            _not_until(of.closed_on, day),
            or_(of.won.is_(None), of.closed_on > day),
        )
        .order_by(of.amount.is_(None), of.amount.desc(), of.name)
    )
    return tuple(
        Deal(row.name, row.amount, row.stage or "", row.expected_on)
        for row in await session.execute(statement)
    )


async def _booked(session: AsyncSession, account: str, as_of: datetime) -> tuple[Booked, ...]:
    of = MEETINGS.c
    statement = (
        select(of.title, of.kind, of.starts_at)
        .where(
            of.customer_id == account,
            of.cancelled.is_(False),
            of.starts_at > as_of,
            or_(of.booked_at.is_(None), of.booked_at <= as_of),
        )
        .order_by(of.starts_at)
        .limit(3)
    )
    found = await session.execute(statement)
    return tuple(Booked(row.title, row.kind, _local(row.starts_at, as_of)) for row in found)


async def _plan(session: AsyncSession, account: str, as_of: datetime) -> PlanNote | None:
    of = PLANS.c
    statement = (
        select(of.fiscal_year, of.status, of.created_at)
        .where(of.customer_id == account, of.created_at <= as_of)
        .order_by(of.created_at.desc())
        .limit(1)
    )
    row = (await session.execute(statement)).first()
    if row is None:
        return None
    return PlanNote(row.fiscal_year, row.status, _local(row.created_at, as_of).date())


def _local(at: datetime, as_of: datetime) -> datetime:
    return at.astimezone(as_of.tzinfo)


def _not_until(column: Any, moment: Any) -> ColumnElement[bool]:
    return or_(column.is_(None), column > moment)
