"""Keep what is about to be shown, once for each account and play."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Integer, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.happenings import Happened
from core.recommendations import Recommendation, RecommendationId, Status
from core.rules import ENGINE
from storage.happenings import newest
from storage.recommendations.loading import ROWS, dump, load
from storage.tables import Customer, RecommendationRow, table

CUSTOMERS = table(Customer)

_LOCK = 0x57E44D02
"""The number under which offers for one account wait for each other on PostgreSQL."""


async def take_turns(session: AsyncSession, accounts: Sequence[str]) -> None:
    """Let one offer at a time look at an account; SQLite lets one transaction write anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return
    ordered = select(CUSTOMERS.c.id).where(CUSTOMERS.c.id.in_(accounts)).order_by(CUSTOMERS.c.id)
    lock = func.pg_advisory_xact_lock(
        literal(_LOCK, Integer),
        func.hashtext(func.concat(func.current_schema(), ordered.subquery().c.id)),
    )
    await session.execute(select(lock))


async def offer(session: AsyncSession, new: Recommendation, now: datetime) -> Recommendation:
    """Store one, or refresh the one that waits for the same account and play; return it."""
    waiting = (Status.RECOMMENDED.value, Status.DEFERRED.value)
    statement = (
        select(ROWS.c.id)
        .where(
            ROWS.c.customer_id == new.account.id,
            ROWS.c.play == new.play,
            ROWS.c.status.in_(waiting),
        )
        .order_by(ROWS.c.created_at.desc())
        .limit(1)
        .with_for_update()  # so that nobody decides about it while it is refreshed
    )
    known = await session.scalar(statement)
    if known is None:
        return await _insert(session, new, now)
    return await _refresh(session, known, new, now)


async def _insert(session: AsyncSession, new: Recommendation, now: datetime) -> Recommendation:
    stored = replace(new, id=RecommendationId(str(uuid4())))
    session.add(
        RecommendationRow(
            id=stored.id,
            customer_id=stored.account.id,
            owner_id=stored.owner,
            play=stored.play,
            status=stored.status.value,
            version=stored.version,
            priority=stored.score.priority,
            due_on=stored.due_on,
            as_of=stored.as_of,
            created_at=now,
            changed_at=now,
            engine=ENGINE,
            **_chosen(stored),
            shown=dump(stored),
        )
    )
    await session.flush()
    return stored


async def _refresh(
    session: AsyncSession, id: str, new: Recommendation, now: datetime
) -> Recommendation:
    """Bring a waiting recommendation up to date; a deferral that has ended is open again.

    By what it looked done before it was put off is forgotten then: who puts it off says it is not.
    """
    old = await load(session, id)
    back = old.status is Status.DEFERRED
    stored = replace(
        new,
        id=old.id,
        version=old.version + back,
        history=old.history,
        woken=await _woken(session, old, now),
        done=old.done,
        urgent_since=now if back or old.urgency != new.urgency else old.urgent_since,
    )
    await session.execute(
        update(ROWS)
        .where(ROWS.c.id == id, ROWS.c.version == old.version)
        .values(
            status=stored.status.value,
            version=stored.version,
            owner_id=stored.owner,
            priority=stored.score.priority,
            due_on=stored.due_on,
            as_of=stored.as_of,
            changed_at=now,
            engine=ENGINE,
            **_chosen(stored),
            **({"fulfilled_by": None, "fulfilled_on": None} if back else {}),
            shown=dump(stored),
        )
    )
    return stored


def _chosen(stored: Recommendation) -> dict[str, Any]:
    """Return how it was chosen, for evaluations; the candidates are among what was shown."""
    choice = stored.choice
    return {
        "propensity": choice.propensity if choice else None,
        "rules": choice.rules if choice else None,
    }


async def _woken(session: AsyncSession, old: Recommendation, now: datetime) -> Happened | None:
    """Return what brought back a deferral that waited for it; it is told until it is decided."""
    last = old.last
    if old.status is not Status.DEFERRED or last is None or last.happening is None:
        return old.woken
    found = await newest(
        session, accounts=[old.account.id], names=[last.happening], since=last.at, as_of=now
    )
    at = found.get((old.account.id, last.happening))
    return Happened(last.happening, at.date()) if at else None
