"""The jobs there are, and the clock that runs them."""

import logging
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.jobs.job import Job
from bot.jobs.scheduler import jobs, run, scheduler
from bot.metrics import Metrics
from bot.services import Services
from storage.database import Database
from tests.bot.playground.clock import Clock


def test_every_job_is_found_with_a_name_of_its_own() -> None:
    names = [job.name for job in jobs()]

    assert set(names) >= {"digest", "inbox", "outgoing"}
    assert len(names) == len(set(names))


async def test_the_clock_forgets_nothing_that_fell_due_while_it_was_busy() -> None:
    made = scheduler(cast("Desk", None))
    made.start(paused=True)

    planned = made.get_jobs()

    assert {one.id for one in planned} == {job.name for job in jobs()}
    assert all(one.misfire_grace_time is None and one.coalesce for one in planned)
    assert all(one.max_instances == 1 for one in planned)
    made.shutdown(wait=False)


async def test_a_daily_job_runs_once_a_day_whatever_restarts_and_replicas_there_are(
    sqlite: Database,
) -> None:
    ran: list[str] = []

    async def works(_: Desk) -> None:
        ran.append("once")
        if len(ran) == 1:
            raise RuntimeError("no luck")

    clock = Clock()
    services = SimpleNamespace(metrics=Metrics(clock), database=sqlite, clock=clock)
    processes = [Desk.over(cast("Services", services), AsyncWebClient()) for _ in range(2)]
    daily = Job("daily", 86_400, works)

    for desk in (*processes, *processes):
        await run(desk, daily)
    assert ran == ["once"] * 2  # it failed, came again, and then was done
    clock.forward(86_400)
    for desk in processes:
        await run(desk, daily)

    assert ran == ["once"] * 3


async def test_a_job_that_fails_is_logged_and_comes_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fails(_: Desk) -> None:
        raise RuntimeError("no database")

    counting = SimpleNamespace(metrics=Metrics(lambda: datetime.now(UTC)))
    desk = cast("Desk", SimpleNamespace(services=counting))

    with caplog.at_level(logging.WARNING):
        await run(desk, Job("broken", 60, fails))

    assert "the job broken did not finish" in caplog.text
    assert "no database" in caplog.text
