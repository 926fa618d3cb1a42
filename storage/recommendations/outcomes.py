"""What came of past recommendations, as the frame that learning starts from."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import polars as pl
from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Select,
    bindparam,
    case,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import NULLTYPE

from core.learning import OUTCOMES as FRAME
from core.learning import without
from core.recommendations import DecisionKind, DismissReason, OutcomeResult, Status
from storage.learning_resets import standing
from storage.recommendations.loading import DECISIONS, OUTCOMES, ROWS
from storage.tables import Customer, UtcDateTime, table

CUSTOMERS = table(Customer)


async def outcomes(session: AsyncSession, as_of: datetime) -> pl.DataFrame:
    """Return a row for each completion with a result, and each dismissal as not relevant.

    Rows after `as_of` are unseen, also effects that were measured later. Other dismissals say
    nothing about a play: it was done already, came at a bad time, or rested on wrong data. What an
    admin had forgotten by then is left out.
    """
    found = (await session.execute(_statement(), {"as_of": as_of})).all()
    return without(_frame(found), await standing(session, as_of))


def _frame(rows: Sequence[Any]) -> pl.DataFrame:
    """Make the frame column by column: every answer reads all outcomes, and row by row that took
    longer than the facts.
    """
    if not rows:
        return pl.DataFrame(schema=FRAME)
    columns = dict(zip(FRAME, zip(*rows, strict=True), strict=True))
    return pl.DataFrame({**columns, "at": _moments(columns["at"])}, schema=FRAME)


def _moments(found: Sequence[Any]) -> pl.Series:
    """Make a column of moments, which SQLite keeps as words."""
    if isinstance(found[0], str):
        return pl.Series(found).str.to_datetime("%F %T%.f", time_unit="us", time_zone="UTC")
    return pl.Series(found, dtype=FRAME["at"])


@cache
def _statement() -> CompoundSelect[Any]:
    """One query for both, made once: that takes longer than to run it while there are few rows.

    Its columns come in the order of the frame's, and moments as the driver gives them.
    """
    as_of = bindparam("as_of", type_=UtcDateTime())
    return union_all(_completed(as_of), _not_relevant(as_of))


def _completed(as_of: BindParameter[datetime]) -> Select[Any]:
    positive = case((OUTCOMES.c.result == OutcomeResult.POSITIVE.value, 1.0), else_=0.0)
    measured = OUTCOMES.c.measured_at <= as_of
    return (
        select(
            OUTCOMES.c.play,
            CUSTOMERS.c.segment,
            OUTCOMES.c.by_id.label("owner"),
            positive.label("outcome"),
            type_coerce(OUTCOMES.c.recorded_at, NULLTYPE).label("at"),
            literal("completed").label("kind"),
            case((measured, func.coalesce(OUTCOMES.c.health_30, OUTCOMES.c.health_14))).label(
                "health_effect"
            ),
            case((measured, func.coalesce(OUTCOMES.c.usage_30, OUTCOMES.c.usage_14))).label(
                "usage_effect"
            ),
        )
        .join(CUSTOMERS, CUSTOMERS.c.id == OUTCOMES.c.customer_id)
        .where(OUTCOMES.c.recorded_at <= as_of)
    )


def _not_relevant(as_of: BindParameter[datetime]) -> Select[Any]:
    nothing = literal(None, OUTCOMES.c.health_14.type)
    return (
        select(
            ROWS.c.play,
            CUSTOMERS.c.segment,
            DECISIONS.c.by_id,
            literal(0.0),
            type_coerce(DECISIONS.c.at, NULLTYPE),
            literal("not_relevant"),
            nothing,
            nothing,
        )
        .join(ROWS, ROWS.c.id == DECISIONS.c.recommendation_id)
        .join(CUSTOMERS, CUSTOMERS.c.id == ROWS.c.customer_id)
        .where(
            DECISIONS.c.kind == DecisionKind.DISMISS.value,
            DECISIONS.c.reason == DismissReason.NOT_RELEVANT.value,
            DECISIONS.c.at <= as_of,
            # a dismissal stands as long as the recommendation is where it led
            ROWS.c.status == Status.DISMISSED.value,
            DECISIONS.c.version == ROWS.c.version,
        )
    )
