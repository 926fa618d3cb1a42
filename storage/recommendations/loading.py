"""From rows to recommendations with their decisions, and back to what was shown."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import RecommendationGone
from core.happenings import Happened
from core.recommendations import (
    CsmId,
    Decision,
    DecisionKind,
    DismissReason,
    OutcomeResult,
    Recommendation,
    RecommendationId,
    Status,
)
from storage.tables import Csm, DecisionRow, OutcomeRow, RecommendationRow, table

ROWS = table(RecommendationRow)
DECISIONS = table(DecisionRow)
OUTCOMES = table(OutcomeRow)
CSMS = table(Csm)

_SHOWN = TypeAdapter(Recommendation)
_UNDECIDED = (Status.RECOMMENDED.value, Status.ACCEPTED.value)


async def load(session: AsyncSession, id: str, *, lock: bool = False) -> Recommendation:
    """Return one recommendation with its decisions; raises RecommendationGone."""
    statement = select(ROWS).where(ROWS.c.id == id)
    row = (await session.execute(statement.with_for_update() if lock else statement)).first()
    if row is None:
        raise RecommendationGone(id)
    return restore(row._mapping, (await _history(session, [id])).get(id, ()))


async def load_many(session: AsyncSession, ids: Sequence[str]) -> list[Recommendation]:
    """Return those of `ids` that exist, in the order asked."""
    if not ids:
        return []
    found = await session.execute(select(ROWS).where(ROWS.c.id.in_(ids)))
    by_id = {one.id: one for one in await restored(session, found.all())}
    return [by_id[id] for id in map(RecommendationId, ids) if id in by_id]


async def restored(session: AsyncSession, rows: Sequence[Row[Any]]) -> list[Recommendation]:
    """Make the recommendations of whole rows, with their decisions."""
    history = await _history(session, [row.id for row in rows]) if rows else {}
    return [restore(row._mapping, history.get(row.id, ())) for row in rows]


_HISTORY = (
    select(DECISIONS, CSMS.c.name.label("by_name"), OUTCOMES.c.result)
    .join(CSMS, CSMS.c.id == DECISIONS.c.by_id)
    .join(
        OUTCOMES,
        OUTCOMES.c.recommendation_id == DECISIONS.c.recommendation_id,
        isouter=True,
    )
    .where(DECISIONS.c.recommendation_id.in_(bindparam("ids", expanding=True)))
    .order_by(DECISIONS.c.version)
)


async def _history(session: AsyncSession, ids: Sequence[str]) -> dict[str, tuple[Decision, ...]]:
    found: dict[str, tuple[Decision, ...]] = {}
    for row in await session.execute(_HISTORY, {"ids": ids}):
        decision = _decision(row._mapping)
        found[row.recommendation_id] = (*found.get(row.recommendation_id, ()), decision)
    return found


def _decision(row: Any) -> Decision:
    kind = DecisionKind(row["kind"])
    complete = kind is DecisionKind.COMPLETE and row["result"] is not None
    return Decision(
        kind=kind,
        by=CsmId(row["by_id"]),
        by_name=row["by_name"],
        at=row["at"],
        reason=DismissReason(row["reason"]) if row["reason"] else None,
        note=row["note"],
        until=row["until"],
        happening=row["happening"],
        doubts=tuple(row["doubts"] or ()),
        result=OutcomeResult(row["result"]) if complete else None,
    )


def restore(row: Any, history: tuple[Decision, ...]) -> Recommendation:
    """Make the recommendation of its row: what was shown, and where it stands by the columns."""
    return replace(
        _SHOWN.validate_python(row["shown"]),
        status=Status(row["status"]),
        version=row["version"],
        history=history,
        done=_done(row),
    )


def _done(row: Any) -> Happened | None:
    """Return by what it looks done; what was decided otherwise since is not said to."""
    if row["fulfilled_by"] is None or row["status"] not in _UNDECIDED:
        return None
    return Happened(row["fulfilled_by"], row["fulfilled_on"])


def dump(recommendation: Recommendation) -> dict[str, Any]:
    """Return what was shown, without what the columns and the decisions already say."""
    dumped: dict[str, Any] = _SHOWN.dump_python(
        replace(recommendation, history=(), done=None), mode="json"
    )
    return dumped
