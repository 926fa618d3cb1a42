import asyncio
from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.job_runs import JobRuns

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)


async def test_of_many_processes_one_runs_a_daily_job_and_the_next_day_again(
    database: Database,
) -> None:
    runs = JobRuns(database)

    begun = await asyncio.gather(*(runs.begin("prune", every=DAY, now=NOW) for _ in range(5)))

    assert sorted(begun) == [False] * 4 + [True]
    assert not await runs.begin("prune", every=DAY, now=NOW + DAY - timedelta(seconds=1))
    assert await runs.begin("prune", every=DAY, now=NOW + DAY)
    assert await runs.begin("train", every=DAY, now=NOW)


async def test_a_job_that_failed_may_begin_again_at_once(database: Database) -> None:
    runs = JobRuns(database)
    await runs.begin("prune", every=DAY, now=NOW)

    await runs.forget("prune")

    assert await runs.begin("prune", every=DAY, now=NOW)
