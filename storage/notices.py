"""What Steward noticed about open recommendations, and whom it asked about it, once each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Select, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.happenings import Happened
from core.recommendations import DecisionKind, Recommendation, Status
from storage.audit import STEWARD, Entry, record
from storage.database import Database
from storage.happenings import Newest, newest
from storage.outbox import Letter, put
from storage.tables import (
    Csm,
    Customer,
    DecisionRow,
    RecommendationRow,
    table,
)

CSMS = table(Csm)
CUSTOMERS = table(Customer)
DECISIONS = table(DecisionRow)
ROWS = table(RecommendationRow)

FRESH = timedelta(days=14)
"""What happened, or was due, longer ago is not asked about: a fresh start is not flooded."""

Kind = Literal["done", "overdue"]
Fulfilling = Mapping[str, Sequence[str]]
"""The happenings that show each play was done, by the play's name."""

_UNDECIDED = (Status.RECOMMENDED.value, Status.ACCEPTED.value)
_ASKED = {"done": ROWS.c.proposed_at, "overdue": ROWS.c.reminded_at}
_VERB = {"done": "recommendation.propose", "overdue": "recommendation.remind"}


@dataclass(frozen=True, slots=True)
class Pending:
    """A recommendation that its account's owner may be asked about."""

    id: str
    kind: Kind
    owner: str
    slack_user_id: str
    timezone: str
    due_on: Any


class Notices:
    """Notices that something looks done or is overdue, and lets each be asked about once."""

    def __init__(self, database: Database) -> None:
        """Take the database to look at."""
        self._database = database

    async def look(
        self, fulfilling: Fulfilling, *, now: datetime, ids: Sequence[str] | None = None
    ) -> Mapping[str, Happened]:
        """Note what looks done by now, of these recommendations or of all; return what is new.

        Only what happened after it was shown, or last put off, and within fourteen days counts.
        """
        async with self._database.read() as session:
            found = await _done(session, fulfilling, now, ids)
        if found:
            async with self._database.write() as session:
                for id, happened in found.items():
                    await _note(session, id, happened)
        return found

    async def pending(self, *, now: datetime) -> tuple[Pending, ...]:
        """Return what owners with Slack may be asked about, what looks done first."""
        async with self._database.read() as session:
            done = [_pending(row, "done") for row in await session.execute(_looks_done(now))]
            late = [_pending(row, "overdue") for row in await session.execute(_overdue(now))]
        return (*done, *late)

    async def asked(self, owner: str, *, since: datetime) -> int:
        """Count what an owner was asked about since a moment."""
        statement = (
            select(func.count())
            .select_from(ROWS.join(CUSTOMERS, CUSTOMERS.c.id == ROWS.c.customer_id))
            .where(
                CUSTOMERS.c.csm_id == owner,
                or_(ROWS.c.proposed_at >= since, ROWS.c.reminded_at >= since),
            )
        )
        async with self._database.read() as session:
            return await session.scalar(statement) or 0

    async def ask(
        self,
        pending: Sequence[Pending],
        letter: Callable[[Sequence[Pending]], Letter],
        *,
        now: datetime,
    ) -> Letter | None:
        """Take these to ask about, together with the letter that asks about those we got.

        None when another process or a decision was first with all of them.
        """
        async with self._database.write() as session:
            taken = [one for one in pending if await _claim(session, one, now)]
            if not taken:
                return None
            made = letter(taken)
            await put(session, made, now=now)
        return made

    async def leave(self, shown: Recommendation, *, by: str, at: datetime, then: Letter) -> None:
        """Leave one open that is not done: nobody is asked about it again.

        `then` has its copies redrawn.
        """
        async with self._database.write() as session:
            await session.execute(
                update(ROWS)
                .where(ROWS.c.id == shown.id)
                .values(
                    fulfilled_by=None,
                    fulfilled_on=None,
                    proposed_at=func.coalesce(ROWS.c.proposed_at, at),
                    reminded_at=func.coalesce(ROWS.c.reminded_at, at),
                )
            )
            account = shown.account.id
            entry = Entry("recommendation.not_yet", shown.id, by=by, at=at, account=account)
            await record(session, entry)
            await put(session, then, now=at)


async def _claim(session: AsyncSession, one: Pending, now: datetime) -> bool:
    at = _ASKED[one.kind]
    taken = await session.execute(
        update(ROWS)
        .where(ROWS.c.id == one.id, at.is_(None), ROWS.c.status.in_(_UNDECIDED))
        .values({at.name: now})
        .returning(ROWS.c.customer_id)
    )
    account = taken.scalar()
    if account is not None:
        entry = Entry(_VERB[one.kind], one.id, by=STEWARD, at=now, account=account)
        await record(session, entry)
    return account is not None


async def _done(
    session: AsyncSession, fulfilling: Fulfilling, now: datetime, ids: Sequence[str] | None
) -> dict[str, Happened]:
    """Return by what open recommendations look done that were not said to be so before."""
    rows = [row for row in await session.execute(_open(ids)) if fulfilling.get(row.play)]
    if not rows:
        return {}
    found = await newest(
        session,
        accounts=[row.customer_id for row in rows],
        names=[name for row in rows for name in fulfilling[row.play]],
        since=now - FRESH,
        as_of=now,
    )
    seen = {row.id: _fulfilled(row, fulfilling[row.play], found) for row in rows}
    return {id: happened for id, happened in seen.items() if happened is not None}


def _open(ids: Sequence[str] | None) -> Select[Any]:
    last = (
        select(DECISIONS.c.recommendation_id, func.max(DECISIONS.c.version).label("version"))
        .where(DECISIONS.c.kind == DecisionKind.DEFER.value)
        .group_by(DECISIONS.c.recommendation_id)
        .subquery()
    )
    deferral = and_(
        DECISIONS.c.recommendation_id == last.c.recommendation_id,
        DECISIONS.c.version == last.c.version,
    )
    statement = (
        select(
            ROWS.c.id,
            ROWS.c.customer_id,
            ROWS.c.play,
            ROWS.c.created_at,
            DECISIONS.c.at.label("put_off_at"),
            DECISIONS.c.happening,
        )
        .join(last, last.c.recommendation_id == ROWS.c.id, isouter=True)
        .join(DECISIONS, deferral, isouter=True)
        .where(
            ROWS.c.status.in_(_UNDECIDED),
            ROWS.c.proposed_at.is_(None),
            ROWS.c.fulfilled_by.is_(None),
        )
    )
    return statement if ids is None else statement.where(ROWS.c.id.in_(ids))


def _fulfilled(row: Any, names: Sequence[str], found: Newest) -> Happened | None:
    """Return the newest happening that does it; what it was put off for only brought it back."""
    since = max(row.created_at, row.put_off_at or row.created_at)
    at = {
        name: found[row.customer_id, name]
        for name in names
        if name != row.happening and found.get((row.customer_id, name), since) > since
    }
    if not at:
        return None
    name = max(at, key=lambda one: at[one])
    return Happened(name, at[name].date())


async def _note(session: AsyncSession, id: str, happened: Happened) -> None:
    await session.execute(
        update(ROWS)
        .where(ROWS.c.id == id, ROWS.c.proposed_at.is_(None), ROWS.c.status.in_(_UNDECIDED))
        .values(fulfilled_by=happened.happening, fulfilled_on=happened.on)
    )


def _owned() -> Select[Any]:
    """Select open recommendations of accounts whose owner is linked to Slack."""
    return (
        select(
            ROWS.c.id,
            ROWS.c.due_on,
            CSMS.c.id.label("owner"),
            CSMS.c.slack_user_id,
            CSMS.c.timezone,
        )
        .join(CUSTOMERS, CUSTOMERS.c.id == ROWS.c.customer_id)
        .join(CSMS, CSMS.c.id == CUSTOMERS.c.csm_id)
        .where(CSMS.c.active.is_(True), CSMS.c.slack_user_id.is_not(None))
        .order_by(ROWS.c.priority.desc(), ROWS.c.id)
    )


def _looks_done(now: datetime) -> Select[Any]:
    return _owned().where(
        ROWS.c.status.in_(_UNDECIDED),
        ROWS.c.proposed_at.is_(None),
        ROWS.c.fulfilled_on >= (now - FRESH).date(),
    )


def _overdue(now: datetime) -> Select[Any]:
    return _owned().where(
        ROWS.c.status == Status.ACCEPTED.value,
        ROWS.c.reminded_at.is_(None),
        ROWS.c.fulfilled_by.is_(None),
        ROWS.c.due_on.between((now - FRESH).date(), (now - timedelta(days=1)).date()),
    )


def _pending(row: Any, kind: Kind) -> Pending:
    return Pending(
        id=row.id,
        kind=kind,
        owner=row.owner,
        slack_user_id=row.slack_user_id,
        timezone=row.timezone or "UTC",
        due_on=row.due_on,
    )
