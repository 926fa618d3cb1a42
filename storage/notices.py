"""What Steward noticed about open recommendations, and whom it asked about it, once each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.happenings import Happened
from core.recommendations import Recommendation, Status
from storage.audit import STEWARD, Entry, record
from storage.database import Database
from storage.fulfilled import FRESH, UNDECIDED, Fulfilling, fulfilled, note
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

Kind = Literal["done", "overdue"]
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

    async def look(self, fulfilling: Fulfilling, *, now: datetime) -> Mapping[str, Happened]:
        """Note which open recommendations look done by now; return what is new.

        Only what happened after it was shown, or last put off, and within fourteen days counts.
        """
        async with self._database.read() as session:
            found = await fulfilled(session, fulfilling, now=now)
        if found:
            async with self._database.write() as session:
                await note(session, found)
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
            await put(session, then, now=at)
            entry = Entry("recommendation.not_yet", shown.id, by=by, at=at, account=account)
            await record(session, replace(entry, request_key=then.key))


async def _claim(session: AsyncSession, one: Pending, now: datetime) -> bool:
    at = _ASKED[one.kind]
    taken = await session.execute(
        update(ROWS)
        .where(ROWS.c.id == one.id, at.is_(None), ROWS.c.status.in_(UNDECIDED))
        .values({at.name: now})
        .returning(ROWS.c.customer_id)
    )
    account = taken.scalar()
    if account is not None:
        entry = Entry(_VERB[one.kind], one.id, by=STEWARD, at=now, account=account)
        await record(session, entry)
    return account is not None


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
        .where(
            CSMS.c.active.is_(True),
            CSMS.c.slack_user_id.is_not(None),
            CSMS.c.slack_refused.is_(None),
        )
        .order_by(ROWS.c.priority.desc(), ROWS.c.id)
    )


def _looks_done(now: datetime) -> Select[Any]:
    return _owned().where(
        ROWS.c.status.in_(UNDECIDED),
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
