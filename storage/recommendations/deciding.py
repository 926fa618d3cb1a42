"""Apply decisions: the row by compare-and-swap, the decision, the activity and the outcome."""

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import Outdated
from core.recommendations import (
    CsmId,
    Decision,
    DecisionKind,
    OutcomeResult,
    Recommendation,
    Status,
    already_decided,
    decide,
)
from storage.audit import Entry, record
from storage.flags import keep, take_back
from storage.outbox import put
from storage.recommendations.loading import DECISIONS, OUTCOMES, ROWS, load
from storage.recommendations.redrawing import redrawing
from storage.tables import DecisionRow, OutcomeRow


async def apply(
    session: AsyncSession,
    id: str,
    decision: Decision,
    *,
    request_key: str,
    today: date,
    version: int | None,
    place: tuple[str, str] | None = None,
) -> Recommendation:
    """Apply a decision, keep its rows and the letter that has its copies redrawn.

    A repeated `request_key` changes nothing.
    """
    before = await load(session, id, lock=True)
    if await is_done(session, request_key):
        return before
    if version not in (None, before.version):
        raise _outdated(before)
    after = decide(before, decision, today=today)
    taken = await session.execute(
        update(ROWS)
        .where(ROWS.c.id == id, ROWS.c.version == before.version)
        .values(status=after.status.value, version=after.version, changed_at=decision.at)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result counts its rows
        raise already_decided(await load(session, id))
    await keep(session, after, decision, _record(session, after, decision, request_key))
    if before.status is Status.DISMISSED:
        await take_back(session, before, decision)
    await _record_outcome(session, before, after, decision)
    first = place[1] if place else ""
    await put(session, redrawing(id, after.version, today=today, first=first), now=decision.at)
    await record(session, _entry(before, after, decision, request_key, place))
    return after


def _outdated(stands: Recommendation) -> Outdated:
    last = stands.last
    return Outdated(stands.status.value, last.by_name if last else None, last.at if last else None)


def _record(
    session: AsyncSession, after: Recommendation, decision: Decision, request_key: str
) -> str:
    """Keep the decision; return its id."""
    id = str(uuid4())
    session.add(
        DecisionRow(
            id=id,
            recommendation_id=after.id,
            version=after.version,
            kind=decision.kind.value,
            by_id=decision.by,
            at=decision.at,
            reason=decision.reason.value if decision.reason else None,
            note=decision.note,
            until=decision.until,
            happening=decision.happening,
            doubts=list(decision.doubts) or None,
            request_key=request_key,
        )
    )
    return id


async def _record_outcome(
    session: AsyncSession, before: Recommendation, after: Recommendation, decision: Decision
) -> None:
    """Keep the outcome of a completion; an undone completion has none."""
    if before.status is Status.COMPLETED and after.status is not Status.COMPLETED:
        await session.execute(delete(OUTCOMES).where(OUTCOMES.c.recommendation_id == after.id))
    if decision.kind is DecisionKind.COMPLETE and decision.result is not None:
        session.add(_outcome(after, decision.note, decision.result, by=decision.by, at=decision.at))


def _outcome(
    completed: Recommendation, note: str, result: OutcomeResult, *, by: CsmId, at: datetime
) -> OutcomeRow:
    return OutcomeRow(
        recommendation_id=completed.id,
        customer_id=completed.account.id,
        play=completed.play,
        by_id=by,
        result=result.value,
        note=note,
        recorded_at=at,
        health_before=completed.account.health,
    )


def _entry(
    before: Recommendation,
    after: Recommendation,
    decision: Decision,
    request_key: str,
    place: tuple[str, str] | None,
) -> Entry:
    given = {"reason": decision.reason, "until": decision.until, "result": decision.result}
    said = {name: value for name, value in given.items() if value is not None}
    return Entry(
        f"recommendation.{decision.kind.value}",
        after.id,
        by=decision.by,
        by_name=decision.by_name,
        at=decision.at,
        account=after.account.id,
        before={"status": before.status, "version": before.version},
        after={"status": after.status, "version": after.version, **said},
        detail={"play": after.play},
        place=place,
        request_key=request_key,
    )


def _judged(before: Recommendation, result: OutcomeResult, *, by: CsmId, at: datetime) -> Entry:
    return Entry(
        "recommendation.judge",
        before.id,
        by=by,
        at=at,
        account=before.account.id,
        before={"result": None},
        after={"result": result},
        detail={"play": before.play},
    )


async def judge(
    session: AsyncSession,
    id: str,
    result: OutcomeResult,
    *,
    by: CsmId,
    at: datetime,
    request_key: str,
) -> Recommendation:
    """Add how a completed recommendation turned out, if nobody has said so yet."""
    before = await load(session, id, lock=True)
    last = before.last
    if before.status is not Status.COMPLETED or last is None or last.result is not None:
        raise already_decided(before)
    session.add(_outcome(before, last.note, result, by=by, at=at))
    await session.flush()
    entry = _judged(before, result, by=by, at=at)
    await record(session, replace(entry, request_key=request_key))
    return await load(session, id)


async def is_done(session: AsyncSession, request_key: str) -> bool:
    """Tell whether the click or message of that key was acted on already."""
    statement = select(DECISIONS.c.id).where(DECISIONS.c.request_key == request_key)
    return await session.scalar(statement) is not None
