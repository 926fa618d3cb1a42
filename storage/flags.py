"""Facts that people called wrong: flagged with a dismissal, taken back with it, cleared later."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import Select, String, bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.doubts import Doubt, changed, flagged
from core.engine import Moment
from core.recommendations import Decision, Recommendation
from storage.audit import STEWARD, Entry, record
from storage.database import Database
from storage.facts import Window, read
from storage.tables import Csm, DecisionRow, FactFlag, UtcDateTime, table

CSMS = table(Csm)
DECISIONS = table(DecisionRow)
FLAGS = table(FactFlag)


async def standing(
    session: AsyncSession, as_of: datetime, accounts: Sequence[str] | None = None
) -> tuple[Doubt, ...]:
    """Return the doubts that held at a moment, for these accounts or for all."""
    given = {"as_of": as_of, "accounts": accounts}
    found = await session.execute(_standing(accounts is not None), given)
    return tuple(_doubt(row) for row in found)


@cache
def _standing(named: bool) -> Select[Any]:
    """Select the flags of some `accounts`, or all; made once, as that takes longer than to run."""
    as_of = bindparam("as_of", type_=UtcDateTime())
    accounts = bindparam("accounts", type_=String(), expanding=True)
    statement = (
        select(FLAGS, CSMS.c.name.label("by_name"))
        .join(CSMS, CSMS.c.id == FLAGS.c.by_id)
        .where(FLAGS.c.at <= as_of, or_(FLAGS.c.cleared_at.is_(None), FLAGS.c.cleared_at > as_of))
        .order_by(FLAGS.c.at, FLAGS.c.id)
    )
    return statement.where(FLAGS.c.customer_id.in_(accounts)) if named else statement


async def keep(
    session: AsyncSession, dismissed: Recommendation, decision: Decision, decision_id: str
) -> None:
    """Flag what a dismissal calls wrong."""
    for signal in flagged(dismissed, decision):
        assert signal.reading is not None  # `flagged` leaves the others out
        flag = FactFlag(
            id=str(uuid4()),
            customer_id=dismissed.account.id,
            fact=signal.reading.fact,
            value=signal.reading.value,
            seen_on=signal.reading.on,
            says=f"{signal.label}: {signal.value}"[:300],
            by_id=decision.by,
            at=decision.at,
            note=decision.note,
            decision_id=decision_id,
        )
        session.add(flag)
        account, fact = flag.customer_id, flag.fact
        await _log(session, "fact.flag", flag.id, account, fact, by=decision.by, at=decision.at)


async def take_back(session: AsyncSession, undone: Recommendation, decision: Decision) -> None:
    """Take back what an undone dismissal had called wrong."""
    own = select(DECISIONS.c.id).where(DECISIONS.c.recommendation_id == undone.id)
    gone = await session.execute(
        delete(FLAGS).where(FLAGS.c.decision_id.in_(own)).returning(FLAGS.c.id, FLAGS.c.fact)
    )
    account = undone.account.id
    for id, fact in gone.all():
        await _log(session, "fact.unflag", id, account, fact, by=decision.by, at=decision.at)


async def clear_changed(database: Database, *, now: datetime) -> int:
    """Clear the flags whose facts have changed since; returns how many."""
    async with database.read() as session:
        doubts = await standing(session, now)
        accounts = tuple(sorted({one.account for one in doubts}))
        facts = await read(session, Window(now, accounts=accounts)) if accounts else None
    over = () if facts is None else changed(facts, doubts, Moment(now, now.date()))
    if over:
        async with database.write() as session:
            await _clear(session, [one for one in doubts if one.id in over], now)
    return len(over)


async def _clear(session: AsyncSession, over: Iterable[Doubt], now: datetime) -> None:
    for one in over:
        cleared = await session.execute(
            update(FLAGS)
            .where(FLAGS.c.id == one.id, FLAGS.c.cleared_at.is_(None))
            .values(cleared_at=now)
            .returning(FLAGS.c.id)
        )
        if cleared.first() is not None:
            account, fact = one.account, one.fact
            await _log(session, "fact.clear", one.id, account, fact, by=STEWARD, at=now)


def _doubt(row: Any) -> Doubt:
    return Doubt(
        id=row.id,
        account=row.customer_id,
        fact=row.fact,
        value=row.value,
        on=row.seen_on,
        says=row.says,
        by_name=row.by_name,
    )


async def _log(
    session: AsyncSession, action: str, flag: str, account: str, fact: str, *, by: str, at: datetime
) -> None:
    detail = {"fact": fact}
    await record(session, Entry(action, flag, by=by, at=at, account=account, detail=detail))
