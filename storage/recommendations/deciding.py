"""Apply a decision: the row by compare-and-swap, the decision, the activity and the outcome."""

from datetime import date
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.recommendations import (
    Decision,
    DecisionKind,
    Recommendation,
    Status,
    already_decided,
    decide,
)
from storage.recommendations.loading import DECISIONS, OUTCOMES, ROWS, load
from storage.tables import ActivityLog, DecisionRow, OutcomeRow


async def apply(
    session: AsyncSession, id: str, decision: Decision, request_key: str, today: date
) -> Recommendation:
    """Apply a decision and keep its rows; a repeated `request_key` changes nothing."""
    before = await load(session, id, lock=True)
    if await is_done(session, request_key):
        return before
    after = decide(before, decision, today=today)
    taken = await session.execute(
        update(ROWS)
        .where(ROWS.c.id == id, ROWS.c.version == before.version)
        .values(status=after.status.value, version=after.version, changed_at=decision.at)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result counts its rows
        raise already_decided(await load(session, id))
    _record(session, after, decision, request_key)
    await _record_outcome(session, before, after, decision)
    return after


def _record(
    session: AsyncSession, after: Recommendation, decision: Decision, request_key: str
) -> None:
    session.add(
        DecisionRow(
            id=str(uuid4()),
            recommendation_id=after.id,
            version=after.version,
            kind=decision.kind.value,
            by_id=decision.by,
            at=decision.at,
            reason=decision.reason.value if decision.reason else None,
            note=decision.note,
            until=decision.until,
            request_key=request_key,
        )
    )
    session.add(
        ActivityLog(
            id=str(uuid4()),
            at=decision.at,
            actor=decision.by,
            action=f"recommendation.{decision.kind.value}",
            subject=after.id,
            customer_id=after.account.id,
            detail={"play": after.play, "status": after.status.value, "version": after.version},
        )
    )


async def _record_outcome(
    session: AsyncSession, before: Recommendation, after: Recommendation, decision: Decision
) -> None:
    """Keep the outcome of a completion; an undone completion has none."""
    if before.status is Status.COMPLETED and after.status is not Status.COMPLETED:
        await session.execute(delete(OUTCOMES).where(OUTCOMES.c.recommendation_id == after.id))
    if decision.kind is DecisionKind.COMPLETE and decision.result is not None:
        session.add(
            OutcomeRow(
                recommendation_id=after.id,
                customer_id=after.account.id,
                play=after.play,
                by_id=decision.by,
                result=decision.result.value,
                note=decision.note,
                recorded_at=decision.at,
                health_before=after.account.health,
            )
        )


async def is_done(session: AsyncSession, request_key: str) -> bool:
    """Tell whether the click or message of that key was acted on already."""
    statement = select(DECISIONS.c.id).where(DECISIONS.c.request_key == request_key)
    return await session.scalar(statement) is not None
