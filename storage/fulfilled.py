"""What looks done: open recommendations since which something happened that fulfils them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.happenings import Happened
from core.recommendations import DecisionKind, Status
from storage.happenings import Newest, newest
from storage.tables import DecisionRow, RecommendationRow, table

DECISIONS = table(DecisionRow)
ROWS = table(RecommendationRow)

FRESH = timedelta(days=14)
"""What happened, or was due, longer ago is not asked about: a fresh start is not flooded."""

UNDECIDED = (Status.RECOMMENDED.value, Status.ACCEPTED.value)

Fulfilling = Mapping[str, Sequence[str]]
"""The happenings that show each play was done, by the play's name."""


async def fulfilled(
    session: AsyncSession,
    fulfilling: Fulfilling,
    *,
    now: datetime,
    ids: Sequence[str] | None = None,
) -> dict[str, Happened]:
    """Return by what open ones, these or all, look done that were not said to be so before."""
    open_ones = await session.execute(_open(ids is not None), {"ids": ids})
    rows = [row for row in open_ones if fulfilling.get(row.play)]
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


async def note(session: AsyncSession, found: Mapping[str, Happened]) -> None:
    """Keep by what they look done."""
    for id, happened in found.items():
        await session.execute(
            update(ROWS)
            .where(ROWS.c.id == id, ROWS.c.proposed_at.is_(None), ROWS.c.status.in_(UNDECIDED))
            .values(fulfilled_by=happened.happening, fulfilled_on=happened.on)
        )


@cache
def _open(named: bool) -> Select[Any]:
    """Select those with `ids`, or all; made once, as that takes longer than to find one."""
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
            ROWS.c.status.in_(UNDECIDED),
            ROWS.c.proposed_at.is_(None),
            ROWS.c.fulfilled_by.is_(None),
        )
    )
    ids = bindparam("ids", type_=String(), expanding=True)
    return statement.where(ROWS.c.id.in_(ids)) if named else statement


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
