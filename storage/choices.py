"""What was chosen among what, with what probability, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from sqlalchemy import Select, and_, select

from core.evaluation import CHOICES
from core.recommendations import DismissReason, OutcomeResult, Status
from storage.database import Database
from storage.tables import DecisionRow, OutcomeRow, RecommendationRow, table

ROWS = table(RecommendationRow)
DECISIONS = table(DecisionRow)
OUTCOMES = table(OutcomeRow)

_OPEN = {Status.RECOMMENDED.value, Status.ACCEPTED.value, Status.DEFERRED.value}


@dataclass(frozen=True, slots=True, eq=False)
class LoggedChoices:
    """The choices whose outcome is known, as a frame for evaluation, and how many there are not.

    `open` still wait for an outcome, `silent` ended without one, and of `unlogged` it was not kept
    how they were chosen.
    """

    known: pl.DataFrame
    open: int
    silent: int
    unlogged: int


async def logged_choices(database: Database, *, since: datetime | None = None) -> LoggedChoices:
    """Read all recommendations that were first shown since then.

    A positive outcome is a reward of 1, another one or a dismissal as not relevant 0.
    """
    async with database.read() as session:
        found = [row._asdict() for row in await session.execute(_query(since))]
    logged = [row for row in found if row["choice"]]
    known = [row | {"reward": reward} for row in logged if (reward := _reward(row)) is not None]
    waiting = sum(row["status"] in _OPEN for row in logged)
    return LoggedChoices(
        known=_frame(known),
        open=waiting,
        silent=len(logged) - len(known) - waiting,
        unlogged=len(found) - len(logged),
    )


def _query(since: datetime | None) -> Select[Any]:
    last = and_(DECISIONS.c.recommendation_id == ROWS.c.id, DECISIONS.c.version == ROWS.c.version)
    statement = (
        select(
            ROWS.c.id,
            ROWS.c.play,
            ROWS.c.status,
            ROWS.c.created_at.label("at"),
            ROWS.c.shown["choice"].label("choice"),
            DECISIONS.c.reason,
            OUTCOMES.c.result,
        )
        .join(DECISIONS, last, isouter=True)
        .join(OUTCOMES, OUTCOMES.c.recommendation_id == ROWS.c.id, isouter=True)
        .order_by(ROWS.c.created_at, ROWS.c.id)
    )
    return statement if since is None else statement.where(ROWS.c.created_at >= since)


def _reward(row: dict[str, Any]) -> float | None:
    if row["status"] == Status.COMPLETED.value and row["result"]:
        return float(row["result"] == OutcomeResult.POSITIVE.value)
    dismissed = row["status"] == Status.DISMISSED.value
    return 0.0 if dismissed and row["reason"] == DismissReason.NOT_RELEVANT.value else None


def _frame(rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    known = (
        {
            "id": row["id"],
            "at": row["at"],
            "play": row["play"],
            "propensity": row["choice"]["propensity"],
            "reward": row["reward"],
            "candidates": row["choice"]["candidates"],
        }
        for row in rows
    )
    return pl.DataFrame(list(known), schema=CHOICES)
