"""Where each account's plays stood at a moment, by the decisions made until then."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Select, or_, select
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
from storage.tables import DecisionRow, RecommendationRow, table

ROWS = table(RecommendationRow)
DECISIONS = table(DecisionRow)


async def past(
    session: AsyncSession, as_of: datetime, accounts: Sequence[str] | None
) -> tuple[Past, ...]:
    """Read how the plays of these accounts (of all when None) stood; later decisions are unseen."""
    found = (await session.execute(_decided(as_of, accounts))).all()
    return tuple(_stood(found))


def _decided(as_of: datetime, accounts: Sequence[str] | None) -> Select[Any]:
    """Select what may still rest: what was settled over a year ago no longer does."""
    recent = DECISIONS.c.at > as_of - timedelta(days=366)
    statement = (
        select(
            ROWS.c.id,
            ROWS.c.customer_id,
            ROWS.c.play,
            DECISIONS.c.kind,
            DECISIONS.c.at,
            DECISIONS.c.reason,
            DECISIONS.c.until,
        )
        .join(DECISIONS, DECISIONS.c.recommendation_id == ROWS.c.id)
        .where(DECISIONS.c.at <= as_of, or_(recent, ROWS.c.status == Status.ACCEPTED.value))
        .order_by(ROWS.c.id, DECISIONS.c.version)
    )
    return statement if accounts is None else statement.where(ROWS.c.customer_id.in_(accounts))


def _stood(found: Sequence[Any]) -> Iterator[Past]:
    for _, steps in groupby(found, key=lambda row: row.id):
        rows = list(steps)
        last = standing(_decision(row) for row in rows)
        if last is not None:
            yield Past(
                account=rows[0].customer_id,
                play=rows[0].play,
                status=LEADS_TO[last.kind],
                on=last.at.date(),
                reason=last.reason,
                until=last.until,
            )


def _decision(row: Any) -> Decision:
    return Decision(
        kind=DecisionKind(row.kind),
        by=CsmId(""),
        by_name="",
        at=row.at,
        reason=DismissReason(row.reason) if row.reason else None,
        until=row.until,
    )
