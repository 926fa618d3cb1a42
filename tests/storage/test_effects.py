"""Effects are measured when their days have passed, once, and as far as the data goes."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.recommendations import DecisionKind, OutcomeResult
from storage.database import Database
from storage.effects import measure
from storage.recommendations import Recommendations
from storage.tables import Base, Health, OutcomeRow, Usage, table
from tests.core.builders import NOW, TODAY, beta, decision
from tests.storage.book import begin, row, save

DONE = decision(DecisionKind.COMPLETE, note="She is back.", result=OutcomeResult.POSITIVE)
OUTCOMES = table(OutcomeRow)


@pytest.fixture
async def completed(database: Database) -> Database:
    """A database in which Beta's recommendation was completed today."""
    await begin(database)
    repository = Recommendations(database)
    (stored,) = await repository.offer([beta()], now=NOW)
    await repository.decide(stored.id, replace(DONE), request_key="c1", today=TODAY)
    return database


def _health(weeks: range, score: float, **more: Any) -> list[Base]:
    values = {"customer_id": "beta", "score": score} | more
    return [row(Health, recorded_on=TODAY + timedelta(weeks=week), **values) for week in weeks]


def _usage(weeks: range, value: float, metric: str = "active_users") -> list[Base]:
    values = {"customer_id": "beta", "metric": metric, "value": value}
    return [row(Usage, recorded_on=TODAY + timedelta(weeks=week), **values) for week in weeks]


async def _kept(database: Database) -> tuple[Any, ...]:
    names = ("health_14", "health_30", "usage_14", "usage_30", "measured_at")
    async with database.read() as session:
        found = await session.execute(select(*[OUTCOMES.c[name] for name in names]))
        return tuple(found.one())


def _in(days: int) -> datetime:
    return NOW + timedelta(days=days)


async def test_the_effect_of_14_days_comes_first_then_that_of_30(completed: Database) -> None:
    await save(completed, *_health(range(-9, 1), 60.0), *_health(range(1, 6), 68.0))
    await save(completed, *_usage(range(-9, 1), 100.0), *_usage(range(1, 6), 130.0))

    early = await measure(completed, now=_in(13))
    first = await measure(completed, now=_in(15))
    half = await _kept(completed)
    again = await measure(completed, now=_in(16))
    second = await measure(completed, now=_in(31))

    assert (early, first, again, second) == (0, 1, 0, 1)
    assert half == (8.0, None, 30.0, None, _in(15))
    assert await _kept(completed) == (8.0, 8.0, 30.0, 30.0, _in(31))


async def test_what_data_does_not_tell_stays_unknown_and_is_tried_again(
    completed: Database,
) -> None:
    assert await measure(completed, now=_in(40)) == 0
    assert await _kept(completed) == (None,) * 5

    await save(completed, *_health(range(-9, 5), 60.0))

    assert await measure(completed, now=_in(41)) == 1
    assert (await _kept(completed))[:3] == (0.0, 0.0, None)


async def test_what_is_too_old_is_left_alone_unless_all_is_asked_for(completed: Database) -> None:
    await save(completed, *_health(range(-9, 5), 60.0))

    assert await measure(completed, now=_in(70), since=_in(10)) == 0
    assert await measure(completed, now=_in(70)) == 1


async def test_one_source_and_one_metric_make_the_trend(completed: Database) -> None:
    await save(completed, *_health(range(-9, 5), 60.0), *_health(range(1, 3), 0.0, source="other"))
    await save(completed, *_usage(range(-9, 5), 10.0, "exports"), *_usage(range(-9, 5), 50.0))

    await measure(completed, now=_in(40))

    assert (await _kept(completed))[:4] == (0.0, 0.0, 0.0, 0.0)


async def test_an_account_with_nothing_completed_is_not_measured(sqlite: Database) -> None:
    await begin(sqlite)

    assert await measure(sqlite, now=NOW) == 0
