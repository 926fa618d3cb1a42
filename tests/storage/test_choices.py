"""Reading how recommendations were chosen, and what came of them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.recommendations import (
    Candidate,
    Choice,
    CsmId,
    Decision,
    DecisionKind,
    DismissReason,
    OutcomeResult,
)
from storage.choices import LoggedChoices, logged_choices
from storage.database import Database
from storage.recommendations import Recommendations
from tests.core.builders import NOW, TODAY, beta
from tests.storage.book import begin

CANDIDATE = Candidate(beta().play, 80.0, 0.95, 70.0, 75.0, 60.0, 90.0, 0.6)
CHOICE = Choice(
    0.95, False, (CANDIDATE, replace(CANDIDATE, play="training", propensity=0.05)), "2", "r"
)


async def decided(
    database: Database, kind: DecisionKind | None, choice: Choice | None = CHOICE, **details: Any
) -> LoggedChoices:
    await begin(database)
    repository = Recommendations(database)
    (stored,) = await repository.offer([replace(beta(), choice=choice)], now=NOW)
    if kind is not None:
        decision = Decision(kind, CsmId("ana"), "Ana Souza", NOW, note="Said.", **details)
        await repository.decide(stored.id, decision, request_key="c1", today=TODAY)
    return await logged_choices(database)


@pytest.mark.parametrize(
    ("result", "reward"),
    [(OutcomeResult.POSITIVE, 1.0), (OutcomeResult.NEUTRAL, 0.0), (OutcomeResult.NEGATIVE, 0.0)],
)
async def test_an_outcome_is_the_reward_of_its_choice(
    database: Database, result: OutcomeResult, reward: float
) -> None:
    found = await decided(database, DecisionKind.COMPLETE, result=result)

    row = found.known.row(0, named=True)
    assert (row["reward"], row["propensity"], row["play"]) == (reward, 0.95, beta().play)
    assert [one["play"] for one in row["candidates"]] == [beta().play, "training"]


async def test_a_dismissal_as_not_relevant_is_a_failure_and_others_say_nothing(
    database: Database,
) -> None:
    found = await decided(database, DecisionKind.DISMISS, reason=DismissReason.NOT_RELEVANT)

    assert found.known["reward"].to_list() == [0.0]


async def test_a_dismissal_for_another_reason_ends_without_an_outcome(database: Database) -> None:
    found = await decided(database, DecisionKind.DISMISS, reason=DismissReason.ALREADY_DONE)

    assert (found.known.height, found.silent) == (0, 1)


async def test_what_is_open_is_counted_apart(database: Database) -> None:
    found = await decided(database, DecisionKind.ACCEPT)

    assert (found.known.height, found.open, found.silent) == (0, 1, 0)


async def test_what_was_kept_without_its_choice_is_counted_apart(database: Database) -> None:
    found = await decided(database, None, choice=None)

    assert (found.known.height, found.open, found.unlogged) == (0, 0, 1)


async def test_only_what_was_shown_since_then_is_read(database: Database) -> None:
    await decided(database, DecisionKind.COMPLETE, result=OutcomeResult.POSITIVE)

    later = await logged_choices(database, since=NOW + timedelta(days=1))

    assert later.known.height == 0
