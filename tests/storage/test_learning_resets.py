"""Forgetting outcomes, and taking that back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.errors import Invalid
from core.learning import Reset
from core.recommendations import CsmId, Decision, DecisionKind, OutcomeResult
from storage.database import Database
from storage.learning_resets import Resets
from storage.recommendations import Recommendations
from storage.tables import ActivityLog, table
from tests.core.builders import NOW, TODAY, beta
from tests.storage.book import begin

LATER = NOW + timedelta(hours=1)
WELL = OutcomeResult.POSITIVE
DONE = Decision(DecisionKind.COMPLETE, CsmId("ana"), "Ana", NOW, note="Fine.", result=WELL)


@pytest.fixture
async def resets(database: Database) -> Resets:
    await begin(database)
    repository = Recommendations(database)
    (stored,) = await repository.offer([beta()], now=NOW)
    await repository.decide(stored.id, DONE, request_key="c1", today=TODAY)
    return Resets(database)


async def _count(database: Database, *, hours: int = 9) -> int:
    as_of = NOW + timedelta(hours=hours)
    return (await Recommendations(database).outcomes(as_of=as_of)).height


async def test_what_is_forgotten_does_not_count_until_it_is_taken_back(
    database: Database, resets: Resets
) -> None:
    made = await resets.add(Reset(LATER, play=beta().play), by="boss", at=LATER)
    forgotten = await _count(database)

    await resets.undo(made.id[:8], by="boss", at=LATER + timedelta(hours=2))

    assert forgotten == 0
    assert await _count(database) == 1
    assert await _count(database, hours=2) == 0
    assert await resets.standing(as_of=LATER + timedelta(hours=3)) == ()


async def test_what_is_forgotten_for_another_scope_still_counts(
    database: Database, resets: Resets
) -> None:
    for scope in (Reset(LATER, play="other"), Reset(LATER, owner="ben"), Reset(LATER, segment="x")):
        await resets.add(scope, by="boss", at=LATER)

    assert await _count(database) == 1


async def test_the_activity_log_says_who_forgot_what_and_who_took_it_back(
    database: Database, resets: Resets
) -> None:
    made = await resets.add(Reset(LATER), by="boss", at=LATER)
    await resets.undo(made.id, by="chief", at=LATER)

    log = table(ActivityLog)
    async with database.read() as session:
        query = select(log.c.actor, log.c.action).where(log.c.subject == made.id)
        found = {tuple(row) for row in await session.execute(query)}

    assert found == {("boss", "learning.forget"), ("chief", "learning.restore")}


async def test_nothing_can_be_taken_back_twice_or_without_a_name(resets: Resets) -> None:
    made = await resets.add(Reset(LATER), by="boss", at=LATER)
    await resets.undo(made.id, by="boss", at=LATER)

    for id in (made.id, "", "nonsense"):
        with pytest.raises(Invalid):
            await resets.undo(id, by="boss", at=LATER)


async def test_what_has_not_happened_cannot_be_forgotten(resets: Resets) -> None:
    with pytest.raises(Invalid):
        await resets.add(Reset(LATER), by="boss", at=NOW)


async def test_a_reset_is_listed_as_it_was_made(resets: Resets) -> None:
    made = await resets.add(Reset(LATER, "training", "smb", "ana"), by="boss", at=LATER)

    assert await resets.standing(as_of=LATER) == (replace(made, undone_at=None),)
