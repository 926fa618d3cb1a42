"""What happened at a team's accounts over a period: what was completed, and what nobody touched."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from core.recommendations import DecisionKind
from storage.facts import Window
from storage.results import Period
from storage.tables import (
    Activity,
    Csm,
    Customer,
    DecisionRow,
    Meeting,
    OutcomeRow,
    RecommendationRow,
    table,
)

ROWS = table(RecommendationRow)
DECISIONS = table(DecisionRow)
OUTCOMES = table(OutcomeRow)
ACTIVITIES = table(Activity)
MEETINGS = table(Meeting)
CUSTOMERS = table(Customer)
CSMS = table(Csm)

TOUCHES = ("email", "call", "note", "value_update", "feedback")
"""What of an account's activities is somebody's doing: sign-ins and milestones are not."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something completed: what, where, by whom, and how it went (empty where nobody said)."""

    title: str
    account: str
    by: str
    result: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """How many of somebody's accounts nobody looked at."""

    owner: str
    unseen: int
    accounts: int


async def done_in(session: AsyncSession, period: Period) -> tuple[Done, ...]:
    """Return what was completed in a period and stands as completed, the newest first."""
    statement = (
        select(ROWS.c.shown["title"].as_string(), CUSTOMERS.c.name, CSMS.c.name, OUTCOMES.c.result)
        .join(DECISIONS, DECISIONS.c.recommendation_id == ROWS.c.id)
        .join(CUSTOMERS, CUSTOMERS.c.id == ROWS.c.customer_id)
        .join(CSMS, CSMS.c.id == DECISIONS.c.by_id)
        .join(OUTCOMES, OUTCOMES.c.recommendation_id == ROWS.c.id, isouter=True)
        .where(
            DECISIONS.c.kind == DecisionKind.COMPLETE.value,
            DECISIONS.c.at >= period.since,
            DECISIONS.c.at < period.until,
            ROWS.c.status == "completed",
            DECISIONS.c.version == ROWS.c.version,
            *_owned(ROWS.c.owner_id, period),
        )
        .order_by(DECISIONS.c.at.desc(), ROWS.c.id)
    )
    found = (await session.execute(statement)).all()
    return tuple(Done(title, account, by, result or "") for title, account, by, result in found)


async def unseen_in(session: AsyncSession, period: Period) -> tuple[Unseen, ...]:
    """Return by owner how many accounts had neither touch nor decision in a period.

    Nothing when no touch at all is on record: then a feed stands still, and not the people.
    """
    seen = _touched(period).subquery()
    if not await session.scalar(select(exists().where(seen.c.customer_id.is_not(None)))):
        return ()
    accounts = Window(period.until, owners=period.owners).customers.subquery()
    mine = CUSTOMERS.c.id == accounts.c.id
    without = func.count().filter(seen.c.customer_id.is_(None))
    statement = (
        select(CSMS.c.name, without, func.count())
        .select_from(CUSTOMERS)
        .join(accounts, mine)
        .join(CSMS, CSMS.c.id == CUSTOMERS.c.csm_id)
        .join(seen, seen.c.customer_id == CUSTOMERS.c.id, isouter=True)
        .group_by(CSMS.c.id, CSMS.c.name)
        .order_by(without.desc(), CSMS.c.name)
    )
    return tuple(Unseen(*row) for row in await session.execute(statement))


def _touched(period: Period) -> "Select[tuple[str]]":
    """Select the accounts that somebody spoke with, met, wrote about or decided on."""
    talked = select(ACTIVITIES.c.customer_id).where(
        ACTIVITIES.c.kind.in_(TOUCHES), *_within(ACTIVITIES.c.occurred_at, period)
    )
    met = select(MEETINGS.c.customer_id).where(
        MEETINGS.c.cancelled.is_(False), *_within(MEETINGS.c.starts_at, period)
    )
    decided = (
        select(ROWS.c.customer_id)
        .join(DECISIONS, DECISIONS.c.recommendation_id == ROWS.c.id)
        .where(*_within(DECISIONS.c.at, period))
    )
    return select(union(talked, met, decided).subquery().c.customer_id)


def _within(at: ColumnElement[object], period: Period) -> tuple[ColumnElement[bool], ...]:
    return at >= period.since, at < period.until


def _owned(owner: ColumnElement[str], period: Period) -> tuple[ColumnElement[bool], ...]:
    return () if period.owners is None else (owner.in_(period.owners),)
