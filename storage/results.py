"""What came of the recommendations of a period, read as it was known at a moment."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.facts import GROUP
from core.recommendations import LEADS_TO, DecisionKind
from core.results import RECORDS, Growth, Results, results
from storage.database import Database
from storage.facts import Window
from storage.tables import DecisionRow, OutcomeRow, RecommendationRow, table
from storage.tables import Health as HealthRow

ROWS = table(RecommendationRow)
DECISIONS = table(DecisionRow)
OUTCOMES = table(OutcomeRow)
HEALTH = table(HealthRow)

_DECIDED: dict[str, pl.DataType] = {
    "id": pl.String(),
    "version": pl.Int64(),
    "kind": pl.String(),
    "at": pl.Datetime(time_zone="UTC"),
}
_SHOWN: dict[str, pl.DataType] = {
    "id": pl.String(),
    "due_on": pl.Date(),
    **{name: RECORDS[name] for name in ("play", "title", "urgency", "shown_at")},
    "urgent_since": pl.String(),
    **{name: RECORDS[name] for name in ("result", "effect")},
}
_TAKEN = (DecisionKind.ACCEPT.value, DecisionKind.COMPLETE.value)


@dataclass(frozen=True, slots=True)
class Period:
    """The recommendations of these owners (of all when None), from one moment to another."""

    since: datetime
    until: datetime
    owners: frozenset[str] | None


class PastResults:
    """Reads what came of recommendations."""

    def __init__(self, database: Database) -> None:
        """Take the database to read from."""
        self._database = database

    async def of(self, period: Period) -> Results:
        """Return the results of a period; nothing later than its end is seen."""
        async with self._database.read() as session:
            shown = await _frame(session, _shown(period), _SHOWN)
            decided = await _frame(session, _decided(period), _DECIDED)
            health = await _growth(session, period)
        records = shown.join(_standing(decided), on="id", how="left").with_columns(
            pl.col("status").fill_null("recommended"),
            pl.col("urgent_since").str.to_datetime("%+", time_zone="UTC"),
            (pl.col("due_on") + pl.duration(days=1))
            .cast(pl.Datetime)
            .dt.replace_time_zone("UTC")
            .alias("due_at"),
        )
        return results(
            records.select(*RECORDS), since=period.since, until=period.until, health=health
        )


def _shown(period: Period) -> Select[Any]:
    """Select what was first shown in the period or completed in it."""
    known = and_(OUTCOMES.c.recommendation_id == ROWS.c.id, OUTCOMES.c.recorded_at <= period.until)
    measured = func.coalesce(OUTCOMES.c.health_30, OUTCOMES.c.health_14)
    return (
        select(
            ROWS.c.id,
            ROWS.c.due_on,
            ROWS.c.play,
            ROWS.c.shown["title"].as_string(),
            ROWS.c.shown["urgency"].as_string(),
            ROWS.c.created_at,
            ROWS.c.shown["urgent_since"].as_string(),
            OUTCOMES.c.result,
            case((OUTCOMES.c.measured_at <= period.until, measured)),
        )
        .join(OUTCOMES, known, isouter=True)
        .where(*_within(period))
    )


def _decided(period: Period) -> Select[Any]:
    """Select all decisions on those, up to the end of the period."""
    return (
        select(ROWS.c.id, DECISIONS.c.version, DECISIONS.c.kind, DECISIONS.c.at)
        .join(DECISIONS, DECISIONS.c.recommendation_id == ROWS.c.id)
        .where(DECISIONS.c.at <= period.until, *_within(period))
    )


def _within(period: Period) -> list[ColumnElement[bool]]:
    done = select(DECISIONS.c.recommendation_id).where(
        DECISIONS.c.kind == DecisionKind.COMPLETE.value,
        DECISIONS.c.at.between(period.since, period.until),
    )
    found = [
        ROWS.c.created_at <= period.until,
        or_(ROWS.c.created_at >= period.since, ROWS.c.id.in_(done)),
    ]
    return found if period.owners is None else [*found, ROWS.c.owner_id.in_(period.owners)]


def _standing(decided: pl.DataFrame) -> pl.DataFrame:
    """Return how each stood by the decisions that hold: an undo takes back the one before it.

    Every decision adds a step and every undo takes one away, so a decision holds when there are
    never fewer steps after it.
    """
    step = pl.when(pl.col("kind") == DecisionKind.UNDO.value).then(-1).otherwise(1)
    steps = pl.col("steps")
    held = (
        decided.sort("id", "version")
        .with_columns(step.cum_sum().over("id").alias("steps"))
        .with_columns(steps.cum_min(reverse=True).over("id").alias("least"))
        .filter((pl.col("kind") != DecisionKind.UNDO.value) & (pl.col("least") >= steps))
    )
    taken = pl.col("at").filter(pl.col("kind").is_in(_TAKEN))
    ended = pl.col("at").filter(pl.col("kind") == DecisionKind.COMPLETE.value)
    return (
        held.group_by("id")
        .agg(
            pl.col("kind").last().alias("status"),
            taken.min().alias("accepted_at"),
            ended.max().alias("completed_at"),
        )
        .with_columns(pl.col("status").replace_strict(_STATUS, return_dtype=pl.String))
    )


_STATUS = {kind.value: status.value for kind, status in LEADS_TO.items()}


async def _growth(session: AsyncSession, period: Period) -> Growth | None:
    """Return the mean health of the accounts whose score is known at both ends of the period."""
    accounts = Window(period.until, owners=period.owners).customers
    before = _scores(accounts, period.since.date()).subquery()
    after = _scores(accounts, period.until.date()).subquery()
    statement = select(func.avg(before.c.score), func.avg(after.c.score), func.count()).join_from(
        before, after, before.c.customer_id == after.c.customer_id
    )
    was, now, count = (await session.execute(statement)).one()
    return Growth(float(was), float(now), count) if count else None


def _scores(accounts: Select[tuple[str]], on: date) -> Select[Any]:
    """Select each account's health as it was known on a day, unless that was old by then."""
    shelf = GROUP["health"].shelf_days or 0
    newest = (
        select(HEALTH.c.customer_id, func.max(HEALTH.c.recorded_on).label("on"))
        .where(
            HEALTH.c.recorded_on <= on,
            HEALTH.c.recorded_on > on - timedelta(days=shelf),
            HEALTH.c.customer_id.in_(accounts),
        )
        .group_by(HEALTH.c.customer_id)
        .subquery()
    )
    here = and_(HEALTH.c.customer_id == newest.c.customer_id, HEALTH.c.recorded_on == newest.c.on)
    score = func.avg(HEALTH.c.score).label("score")
    return select(HEALTH.c.customer_id, score).join(newest, here).group_by(HEALTH.c.customer_id)


async def _frame(
    session: AsyncSession, statement: Select[Any], schema: dict[str, pl.DataType]
) -> pl.DataFrame:
    found = await session.execute(statement)
    return pl.DataFrame([tuple(row) for row in found], schema=schema, orient="row")
