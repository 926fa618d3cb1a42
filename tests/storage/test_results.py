"""Reading what came of a period: whose, when, and what an undo took back."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from core.recommendations import (
    AccountId,
    CsmId,
    Decision,
    DecisionKind,
    DismissReason,
    OutcomeResult,
    Recommendation,
)
from core.results import Growth, Share
from storage.database import Database
from storage.recommendations import Recommendations
from storage.results import PastResults, Period
from storage.tables import Health, OutcomeRow, table
from tests.core.builders import beta
from tests.storage.book import NOW, TODAY, begin, day, days_ago, row, save

MONTH = Period(days_ago(30), NOW, frozenset({"ana"}))
GOOD = {"result": OutcomeResult.POSITIVE, "note": "They will renew."}


@pytest.fixture
async def repository(database: Database) -> Recommendations:
    await begin(database)
    return Recommendations(database)


async def _shown(
    repository: Recommendations,
    *,
    ago: float,
    account: str = "beta",
    owner: str = "ana",
    play: str = "",
) -> Recommendation:
    made = beta()
    one = replace(
        made,
        account=replace(made.account, id=AccountId(account)),
        owner=CsmId(owner),
        play=play or made.play,
        due_on=day(round(ago)),
    )
    (stored,) = await repository.offer([one], now=days_ago(ago))
    return stored


async def _decide(
    repository: Recommendations,
    one: Recommendation,
    *kinds: DecisionKind,
    at: datetime,
    **details: Any,
) -> None:
    for step, kind in enumerate(kinds):
        decision = Decision(
            kind,
            CsmId("ana"),
            "Ana Souza",
            at + timedelta(minutes=step),
            **(details if kind is kinds[-1] else {}),
        )
        await repository.decide(one.id, decision, request_key=f"{one.id}-{at}-{step}", today=TODAY)


async def test_time_to_action_runs_from_when_it_became_immediate(
    database: Database, repository: Recommendations
) -> None:
    later, at_once = replace(beta(), urgency="this_week"), beta()
    await repository.offer([later], now=days_ago(9))
    await repository.offer([at_once], now=days_ago(3))
    (stored,) = await repository.offer([at_once], now=days_ago(2.75))

    await _decide(repository, stored, DecisionKind.ACCEPT, at=days_ago(2.5))

    assert (await PastResults(database).of(MONTH)).hours == pytest.approx(12.0)


async def test_what_was_completed_and_judged_is_counted_for_its_owner(
    database: Database, repository: Recommendations
) -> None:
    first = await _shown(repository, ago=9)
    await _decide(
        repository, first, DecisionKind.ACCEPT, DecisionKind.COMPLETE, at=days_ago(8.5), **GOOD
    )
    others = await _shown(repository, ago=9, account="gamma", owner="ben")
    await _decide(repository, others, DecisionKind.COMPLETE, at=days_ago(8), **GOOD)

    mine = await PastResults(database).of(MONTH)
    everybodys = await PastResults(database).of(replace(MONTH, owners=None))

    assert (mine.completed, mine.success) == (1, Share(1, 1))
    assert mine.hours == pytest.approx(12.0)
    assert mine.acted == 1
    assert [(one.play, one.title) for one in mine.plays] == [(first.play, first.title)]
    assert everybodys.completed == 2


async def test_an_undone_decision_counts_as_if_it_had_not_been(
    database: Database, repository: Recommendations
) -> None:
    accepted = await _shown(repository, ago=5)
    await _decide(repository, accepted, DecisionKind.ACCEPT, DecisionKind.UNDO, at=days_ago(4))
    refused = await _shown(repository, ago=5, play="check_in")
    dismiss = {"reason": DismissReason.NOT_RELEVANT}
    await _decide(
        repository,
        refused,
        DecisionKind.ACCEPT,
        DecisionKind.UNDO,
        DecisionKind.DISMISS,
        at=days_ago(4),
        **dismiss,
    )

    found = await PastResults(database).of(MONTH)

    assert found.acceptance == Share(0, 1)
    assert found.undecided == 1


async def test_a_question_about_the_past_sees_nothing_later(
    database: Database, repository: Recommendations
) -> None:
    one = await _shown(repository, ago=9)
    await _decide(
        repository, one, DecisionKind.ACCEPT, DecisionKind.COMPLETE, at=days_ago(3), **GOOD
    )

    then = await PastResults(database).of(Period(days_ago(30), days_ago(5), None))

    assert (then.completed, then.undecided, then.acceptance.of) == (0, 1, 0)


async def test_what_was_shown_before_the_period_counts_only_where_it_was_completed_in_it(
    database: Database, repository: Recommendations
) -> None:
    done = await _shown(repository, ago=40)
    await _decide(repository, done, DecisionKind.COMPLETE, at=days_ago(3), **GOOD)
    waiting = await _shown(repository, ago=40, play="check_in")
    await _decide(repository, waiting, DecisionKind.ACCEPT, at=days_ago(3))

    found = await PastResults(database).of(MONTH)

    assert found.completed == 1
    assert found.acceptance.of == found.undecided == 0


async def test_the_later_measure_of_the_effect_is_used_once_it_is_there(
    database: Database, repository: Recommendations
) -> None:
    one = await _shown(repository, ago=20)
    await _decide(repository, one, DecisionKind.COMPLETE, at=days_ago(19), **GOOD)
    await _measured(database, health_14=4.0, measured_at=days_ago(5))

    early = await PastResults(database).of(replace(MONTH, until=days_ago(6)))
    after_14 = await PastResults(database).of(MONTH)
    await _measured(database, health_30=7.0, measured_at=days_ago(1))
    after_30 = await PastResults(database).of(MONTH)

    assert early.effect is None
    assert after_14.effect is not None
    assert after_30.effect is not None
    assert (after_14.effect.value, after_30.effect.value) == (4.0, 7.0)


async def _measured(database: Database, **values: Any) -> None:
    async with database.write() as session:
        await session.execute(update(table(OutcomeRow)).values(**values))


async def test_health_growth_compares_the_same_accounts_and_no_old_scores(
    database: Database, repository: Recommendations
) -> None:
    del repository
    scores = {
        ("beta", 33): 60.0,
        ("beta", 31): 50.0,
        ("beta", 2): 60.0,
        ("alpha", 1): 90.0,
        ("gamma", 31): 10.0,
        ("gamma", 1): 20.0,
        ("free", 60): 5.0,
        ("free", 1): 95.0,
    }
    for (account, ago), score in scores.items():
        await save(database, row(Health, customer_id=account, recorded_on=day(ago), score=score))

    mine = await PastResults(database).of(MONTH)
    everybodys = await PastResults(database).of(replace(MONTH, owners=None))

    assert mine.health == Growth(before=50.0, after=60.0, accounts=1)
    assert everybodys.health == Growth(before=30.0, after=40.0, accounts=2)
