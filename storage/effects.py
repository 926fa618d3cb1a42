"""Measure what changed after completions, once the days after them have passed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import polars as pl
from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.effects import WEEKS, WINDOWS, effects
from storage.database import Database
from storage.facts.uses import ACTIVE_USERS, FEATURE_ADOPTION
from storage.tables import Health, OutcomeRow, Usage, table

HEALTH = table(Health)
OUTCOMES = table(OutcomeRow)
USAGE = table(Usage)

TRIED_DAYS = 60
"""For so many days after a completion its effect is looked for."""

_AT_ONCE = 200
_FIRST, _LAST = min(WINDOWS), max(WINDOWS)
_COLUMNS = ("health_14", "health_30", "usage_14", "usage_30")


async def measure(database: Database, *, now: datetime, since: datetime | None = None) -> int:
    """Measure what can be measured by `now`; return how many completions have something new.

    Those recorded before `since` (by default none) are left alone. What cannot be measured yet
    stays unknown.
    """
    async with database.read() as session:
        pending = await _pending(session, now, since)
    accounts = sorted(set(pending["id"]))
    done = 0
    for at in range(0, len(accounts), _AT_ONCE):
        some = pending.filter(pl.col("id").is_in(accounts[at : at + _AT_ONCE]))
        async with database.read() as session:
            found = await _measured(session, some, now)
        async with database.write() as session:
            done += await _keep(session, found, now)
    return done


async def _pending(session: AsyncSession, now: datetime, since: datetime | None) -> pl.DataFrame:
    lacking = [OUTCOMES.c[name].is_(None) for name in _COLUMNS]
    statement = select(
        OUTCOMES.c.recommendation_id,
        OUTCOMES.c.customer_id,
        OUTCOMES.c.recorded_at,
        *[OUTCOMES.c[name] for name in _COLUMNS],
    ).where(OUTCOMES.c.recorded_at <= now - timedelta(days=_FIRST + 1), or_(*lacking))
    if since is not None:
        statement = statement.where(OUTCOMES.c.recorded_at > since)
    rows = [(id, of, at.date(), *rest) for id, of, at, *rest in await session.execute(statement)]
    schema = {"key": pl.String, "id": pl.String, "day": pl.Date} | dict.fromkeys(
        _COLUMNS, pl.Float64
    )
    return pl.DataFrame(rows, schema=schema, orient="row")


async def _measured(session: AsyncSession, pending: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Return of each completion what is new: a number where there was none."""
    health = effects(await _health(session, pending), pending, most=100)
    usage = effects(await _usage(session, pending), pending, relative=True)
    found = pending
    for kind, off in (("health", health), ("usage", usage)):
        for day in WINDOWS:
            passed = pl.col("day") < (now - timedelta(days=day)).date()
            new = pl.when(passed).then(off[f"after_{day}"].round(2))
            name = f"{kind}_{day}"
            found = found.with_columns(pl.coalesce(name, new).alias(name))
    known = pl.sum_horizontal([pl.col(name).is_not_null() for name in _COLUMNS])
    before = pending.select(known.alias("known"))["known"]
    return found.filter(found.select(known.alias("known"))["known"] > before)


async def _health(session: AsyncSession, pending: pl.DataFrame) -> pl.DataFrame:
    statement = select(
        HEALTH.c.customer_id, HEALTH.c.source, HEALTH.c.recorded_on, HEALTH.c.score
    ).where(*_around(HEALTH.c, pending))
    found = await _series(session, statement, "source")
    return _one_series(found, "source")


async def _usage(session: AsyncSession, pending: pl.DataFrame) -> pl.DataFrame:
    """Read active users where they are measured, else the account's first metric by name."""
    statement = select(
        USAGE.c.customer_id, USAGE.c.metric, USAGE.c.source, USAGE.c.recorded_on, USAGE.c.value
    ).where(USAGE.c.metric != FEATURE_ADOPTION, *_around(USAGE.c, pending))
    found = await _series(session, statement, "metric", "source")
    return _one_series(found, "metric", "source")


def _around(columns: Any, pending: pl.DataFrame) -> tuple[Any, ...]:
    days: Sequence[Any] = pending["day"].sort().to_list()
    first, last = days[0] - timedelta(weeks=WEEKS), days[-1] + timedelta(days=_LAST)
    accounts = sorted(set(pending["id"]))
    return columns.customer_id.in_(accounts), columns.recorded_on.between(first, last)


async def _series(session: AsyncSession, statement: Any, *names: str) -> pl.DataFrame:
    schema: Mapping[str, Any] = {
        "id": pl.String,
        **dict.fromkeys(names, pl.String),
        "on": pl.Date,
        "value": pl.Float64,
    }
    rows = [tuple(row) for row in await session.execute(statement)]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _one_series(found: pl.DataFrame, *names: str) -> pl.DataFrame:
    """Keep one series of each account: the preferred metric, of the source with most rows."""
    by_name: list[pl.Expr] = [pl.col("metric") != ACTIVE_USERS, pl.col("metric")]
    preferred = by_name if "metric" in names else []
    chosen = (
        found.group_by("id", *names)
        .len()
        .sort("id", *preferred, pl.col("len") * -1.0, "source")
        .unique("id", keep="first", maintain_order=True)
    )
    return found.join(chosen, on=["id", *names], how="semi").select("id", "on", "value")


async def _keep(session: AsyncSession, found: pl.DataFrame, now: datetime) -> int:
    if found.is_empty():
        return 0
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _COLUMNS}
    statement = (
        update(OUTCOMES)
        .where(OUTCOMES.c.recommendation_id == bindparam("key"))
        .values(**values, measured_at=now)
    )
    rows = found.select("key", *[pl.col(name).alias(f"new_{name}") for name in _COLUMNS])
    connection = await session.connection()
    await connection.execute(statement, rows.to_dicts())
    return found.height
