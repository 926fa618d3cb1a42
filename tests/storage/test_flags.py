"""Flags of wrong facts: kept with a dismissal, gone with its undo, cleared by a change."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from core.doubts import Doubt
from core.recommendations import Decision, DecisionKind, DismissReason, Recommendation
from storage.database import Database
from storage.flags import clear_changed, standing
from storage.recommendations import Recommendations
from storage.tables import Activity, ActivityLog, Contact, table
from tests.core.builders import NOW, TODAY, beta, decision
from tests.storage.book import begin, days_ago, row, save

WRONG = decision(DecisionKind.DISMISS, reason=DismissReason.WRONG_DATA, note="She was here")


@pytest.fixture
async def dismissed(database: Database) -> Recommendation:
    """Beta's recommendation, dismissed since Sarah was there all the time."""
    await begin(database)
    await save(
        database,
        row(Contact, customer_id="beta", id="sarah", name="Sarah Lin", role="champion"),
        _sign_in(14),
    )
    return await _dismiss(database, WRONG)


def _sign_in(ago: float) -> Activity:
    at = days_ago(ago)
    return row(Activity, customer_id="beta", kind="login", contact_id="sarah", occurred_at=at)  # type: ignore[return-value]  # `row` makes what it is told to


async def _dismiss(database: Database, wrong: Decision) -> Recommendation:
    repository = Recommendations(database)
    (stored,) = await repository.offer([beta()], now=NOW)
    return await repository.decide(stored.id, wrong, request_key="c1", today=TODAY)


async def _standing(database: Database, at: datetime = NOW) -> tuple[Doubt, ...]:
    async with database.read() as session:
        return await standing(session, at, ["beta"])


async def _actions(database: Database) -> set[str]:
    async with database.read() as session:
        return set(await session.scalars(select(table(ActivityLog).c.action)))


async def test_the_deciding_fact_is_flagged_as_it_was_shown(
    database: Database, dismissed: Recommendation
) -> None:
    (flag,) = await _standing(database)

    assert (flag.fact, flag.value, flag.on) == ("champion_silent_days", 14, TODAY)
    assert flag.told.startswith("Ana Souza told me that “Champion silent: 14 days” is wrong")
    assert "fact.flag" in await _actions(database)
    assert await _standing(database, NOW - timedelta(days=1)) == ()
    assert dismissed.last is not None


async def test_undo_takes_the_flag_back(database: Database, dismissed: Recommendation) -> None:
    undo = decision(DecisionKind.UNDO, after=3)

    await Recommendations(database).decide(dismissed.id, undo, request_key="c2", today=TODAY)

    assert await _standing(database) == ()
    assert "fact.unflag" in await _actions(database)


async def test_named_signals_are_flagged_together(database: Database) -> None:
    await begin(database)

    await _dismiss(database, replace(WRONG, doubts=("health_drop", "usage_drop")))

    found = {flag.fact: flag.value for flag in await _standing(database)}
    assert found == {"health_change_7d": -12.0, "usage_change": -25.0}


async def test_a_flag_holds_while_days_only_count_on(
    database: Database, dismissed: Recommendation
) -> None:
    assert await clear_changed(database, now=NOW + timedelta(days=5)) == 0
    assert len(await _standing(database, NOW + timedelta(days=5))) == 1
    assert dismissed.id


async def test_a_flag_is_cleared_once_when_its_fact_has_changed(
    database: Database, dismissed: Recommendation
) -> None:
    await save(database, _sign_in(-2))
    later = NOW + timedelta(days=5)

    assert await clear_changed(database, now=later) == 1
    assert await clear_changed(database, now=later) == 0
    assert await _standing(database, later) == ()
    assert len(await _standing(database, NOW + timedelta(days=1))) == 1
    assert "fact.clear" in await _actions(database)
    assert dismissed.id


async def test_where_nothing_is_flagged_nothing_is_cleared(sqlite: Database) -> None:
    assert await clear_changed(sqlite, now=NOW) == 0
