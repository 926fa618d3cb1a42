"""Where each account's plays stood at a moment, by the decisions made until then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.eligibility import Past
from core.recommendations import (
    LEADS_TO,
    CsmId,
    Decision,
    DecisionKind,
    DismissReason,
    Status,
    standing,
)
from storage.happenings import newest
from storage.tables import DecisionRow, RecommendationRow, UtcDateTime, table

ROWS = table(RecommendationRow)
DECISIONS = table(DecisionRow)

_OPEN = (Status.RECOMMENDED.value, Status.ACCEPTED.value, Status.DEFERRED.value)


@dataclass(frozen=True, slots=True)
class _Stood:
    """How a recommendation stood, and since which moment."""

    past: Past
    since: datetime


async def past(
    session: AsyncSession, as_of: datetime, accounts: Sequence[str] | None
) -> tuple[Past, ...]:
    """Read how the plays of these accounts (of all when None) stood; later decisions are unseen."""
    given = {"as_of": as_of, "year": as_of - timedelta(days=366), "accounts": accounts}
    found = (await session.execute(_shown_until(accounts is not None), given)).all()
    return await _woken(session, tuple(_stood(found)), as_of)


@cache
def _shown_until(named: bool) -> Select[Any]:
    """Select what waits or may still rest: what was settled over a year ago no longer does.

    It is made once, as that takes longer than to run it for one account.
    """
    as_of, year = (bindparam(name, type_=UtcDateTime()) for name in ("as_of", "year"))
    accounts = bindparam("accounts", type_=String(), expanding=True)
    recent = or_(DECISIONS.c.at > year, ROWS.c.created_at > year, ROWS.c.status.in_(_OPEN))
    statement = (
        select(
            ROWS.c.id,
            ROWS.c.customer_id,
            ROWS.c.play,
            ROWS.c.created_at,
            DECISIONS.c.kind,
            DECISIONS.c.at,
            DECISIONS.c.reason,
            DECISIONS.c.until,
            DECISIONS.c.happening,
        )
        .join(
            DECISIONS,
            and_(DECISIONS.c.recommendation_id == ROWS.c.id, DECISIONS.c.at <= as_of),
            isouter=True,
        )
        .where(ROWS.c.created_at <= as_of, recent)
        .order_by(ROWS.c.id, DECISIONS.c.version)
    )
    return statement.where(ROWS.c.customer_id.in_(accounts)) if named else statement


def _stood(found: Sequence[Any]) -> Iterator[_Stood]:
    for _, steps in groupby(found, key=lambda row: row.id):
        rows = list(steps)
        first = rows[0]
        last = standing(_decision(row) for row in rows if row.kind is not None)
        since = last.at if last else first.created_at
        yield _Stood(
            Past(
                account=first.customer_id,
                play=first.play,
                status=LEADS_TO[last.kind] if last else Status.RECOMMENDED,
                on=since.date(),
                reason=last.reason if last else None,
                until=last.until if last else None,
                happening=last.happening if last else None,
                created_on=first.created_at.date(),
            ),
            since,
        )


async def _woken(
    session: AsyncSession, stood: tuple[_Stood, ...], as_of: datetime
) -> tuple[Past, ...]:
    """Add to what waits for a happening when that took place, if it did since."""
    waits = [one for one in stood if _waits(one.past)]
    if not waits:
        return tuple(one.past for one in stood)
    found = await newest(
        session,
        accounts=[one.past.account for one in waits],
        names=[str(one.past.happening) for one in waits],
        since=min(one.since for one in waits),
        as_of=as_of,
    )

    def told(one: _Stood) -> Past:
        at = found.get((one.past.account, str(one.past.happening))) if _waits(one.past) else None
        return one.past if at is None or at <= one.since else _happened(one.past, at)

    return tuple(told(one) for one in stood)


def _happened(past: Past, at: datetime) -> Past:
    return replace(past, happened_on=at.date())


def _waits(past: Past) -> bool:
    return past.status is Status.DEFERRED and past.happening is not None


def _decision(row: Any) -> Decision:
    return Decision(
        kind=DecisionKind(row.kind),
        by=CsmId(""),
        by_name="",
        at=row.at,
        reason=DismissReason(row.reason) if row.reason else None,
        until=row.until,
        happening=row.happening,
    )
