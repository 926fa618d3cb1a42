"""Keep what is about to be shown, once for each account and play."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Integer, bindparam, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.happenings import Happened
from core.recommendations import Recommendation, RecommendationId, Status
from core.rules import ENGINE
from storage.fulfilled import Fulfilling, fulfilled, note
from storage.happenings import newest
from storage.recommendations.loading import ROWS, dump, restored
from storage.tables import Customer, table

CUSTOMERS = table(Customer)

_LOCK = 0x57E44D02
"""The number under which offers for one account wait for each other on PostgreSQL."""


async def offer(
    session: AsyncSession, new: Sequence[Recommendation], now: datetime, fulfilling: Fulfilling
) -> tuple[Recommendation, ...]:
    """Store each, or refresh the one that waits for the same account and play; return them.

    Of those that waited it is noted which look done; nothing can have happened since a new one.
    """
    await _take_turns(session, [one.account.id for one in new])
    waiting = await _waiting(session, new)
    again = [one.id for one in waiting.values()]
    kept = []
    for one in new:
        old = waiting.get((one.account.id, one.play))
        kept.append(await (_refresh(session, old, one, now) if old else _insert(session, one, now)))
        waiting[one.account.id, one.play] = kept[-1]
    if not again:
        return tuple(kept)
    done = await fulfilled(session, fulfilling, now=now, ids=again)
    await note(session, done)
    return tuple(replace(one, done=done.get(one.id, one.done)) for one in kept)


async def _take_turns(session: AsyncSession, accounts: Sequence[str]) -> None:
    """Let one offer at a time look at an account; SQLite lets one transaction write anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return
    ordered = select(CUSTOMERS.c.id).where(CUSTOMERS.c.id.in_(accounts)).order_by(CUSTOMERS.c.id)
    lock = func.pg_advisory_xact_lock(
        literal(_LOCK, Integer),
        func.hashtext(func.concat(func.current_schema(), ordered.subquery().c.id)),
    )
    await session.execute(select(lock))


# Made once each: to make a statement takes longer than to run it for one account.
_WAITING = (
    select(ROWS)
    .where(
        ROWS.c.customer_id.in_(bindparam("accounts", expanding=True)),
        ROWS.c.play.in_(bindparam("plays", expanding=True)),
        ROWS.c.status.in_((Status.RECOMMENDED.value, Status.DEFERRED.value)),
    )
    .order_by(ROWS.c.created_at)
    .with_for_update()  # so that nobody decides about it while it is refreshed
)
_INSERT = insert(ROWS)
_REFRESH = update(ROWS).where(
    ROWS.c.id == bindparam("known"), ROWS.c.version == bindparam("before")
)


async def _waiting(
    session: AsyncSession, new: Sequence[Recommendation]
) -> dict[tuple[str, str], Recommendation]:
    """Return what waits for a decision, of several for one account and play the newest."""
    of = {"accounts": [one.account.id for one in new], "plays": [one.play for one in new]}
    found = await restored(session, (await session.execute(_WAITING, of)).all())
    wanted = {(one.account.id, one.play) for one in new}
    return {key: one for one in found if (key := (one.account.id, one.play)) in wanted}


async def _insert(session: AsyncSession, new: Recommendation, now: datetime) -> Recommendation:
    stored = replace(new, id=RecommendationId(str(uuid4())))
    made = {"id": stored.id, "customer_id": stored.account.id, "play": stored.play}
    await session.execute(_INSERT, made | {"created_at": now} | _columns(stored, now))
    return stored


async def _refresh(
    session: AsyncSession, old: Recommendation, new: Recommendation, now: datetime
) -> Recommendation:
    """Bring a waiting recommendation up to date; a deferral that has ended is open again.

    By what it looked done before it was put off is forgotten then: who puts it off says it is not.
    """
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
    which = {"known": old.id, "before": old.version}
    forgotten = {"fulfilled_by": None, "fulfilled_on": None} if back else {}
    await session.execute(_REFRESH, which | _columns(stored, now) | forgotten)
    return stored


def _columns(stored: Recommendation, now: datetime) -> dict[str, Any]:
    """Return what its row says of it whenever it is shown."""
    return {
        "status": stored.status.value,
        "version": stored.version,
        "owner_id": stored.owner,
        "priority": stored.score.priority,
        "due_on": stored.due_on,
        "as_of": stored.as_of,
        "changed_at": now,
        "engine": ENGINE,
        **_chosen(stored),
        "shown": dump(stored),
    }


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
