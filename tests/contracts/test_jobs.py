"""Every job keeps what a job promises."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.jobs.job import Job
from bot.jobs.scheduler import jobs
from bot.services import build
from bot.settings import Settings
from storage.database import Database
from tests.databases import url_of

JOBS = jobs()
every_job = pytest.mark.parametrize("job", JOBS, ids=[one.name for one in JOBS])


def test_there_are_jobs_and_no_two_share_a_name() -> None:
    assert JOBS
    assert len({one.name for one in JOBS}) == len(JOBS)


@every_job
def test_a_job_runs_neither_without_pause_nor_hardly_ever(job: Job) -> None:
    assert 5 <= job.seconds <= 86_400


@every_job
async def test_a_job_bears_being_run_twice_when_there_is_nothing_to_do(
    job: Job, sqlite: Database
) -> None:
    services = build(Settings(database_url=url_of(sqlite)))
    desk = Desk.over(services, AsyncWebClient(token="xoxb-none", base_url="http://127.0.0.1:9/"))

    await job.run(desk)
    await job.run(desk)

    await services.database.close()
