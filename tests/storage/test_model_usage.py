"""What the model cost is added up by day and person."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from storage.database import Database
from storage.model_usage import ModelUsages, Recent, Spent, Used

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
TODAY = date(2026, 11, 3)
ONE = Used(
    user_id="ana",
    model="claude-haiku-5-5",
    calls=2,
    input_tokens=500,
    output_tokens=100,
    cache_read_tokens=1500,
    cache_write_tokens=0,
    cost_usd=0.001,
    milliseconds=2000,
)


@pytest.fixture
def usages(database: Database) -> ModelUsages:
    return ModelUsages(database)


async def test_a_day_that_nobody_asked_on_cost_nothing(usages: ModelUsages) -> None:
    assert await usages.spent("ana", TODAY) == Spent(0, 0)
    assert await usages.recent() == Recent(0, None, (), None)


async def test_a_day_is_added_up_for_one_person_and_for_all(usages: ModelUsages) -> None:
    in_tokyo = timezone(timedelta(hours=9))
    still_the_third = datetime(2026, 11, 4, 8, 30, tzinfo=in_tokyo)
    await usages.add(ONE, at=NOON)
    await usages.add(replace(ONE, cost_usd=0.002), at=NOON)
    await usages.add(replace(ONE, user_id="ben", cost_usd=0.004), at=still_the_third)
    await usages.add(replace(ONE, cost_usd=9), at=NOON - timedelta(days=1))

    spent = await usages.spent("ana", TODAY)

    assert spent.by_user == pytest.approx(0.003)
    assert spent.by_all == pytest.approx(0.007)


async def test_the_last_questions_say_how_long_they_took_and_what_went_wrong(
    usages: ModelUsages,
) -> None:
    await usages.add(replace(ONE, trouble="refused"), at=NOON - timedelta(days=9))
    for minute, trouble in enumerate(["busy", None, "too_slow"]):
        one = replace(ONE, milliseconds=1000 * (minute + 1), trouble=trouble)
        await usages.add(one, at=NOON + timedelta(minutes=minute))

    assert await usages.recent(3) == Recent(3, 2000, ("too_slow", "busy"), 0.75)


async def test_what_is_older_than_the_moment_named_is_deleted(usages: ModelUsages) -> None:
    await usages.add(ONE, at=NOON - timedelta(days=9))
    await usages.add(ONE, at=NOON)

    assert await usages.prune(before=NOON - timedelta(days=8)) == 1
    assert (await usages.recent()).questions == 1
