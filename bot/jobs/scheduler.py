"""Hands every job of this package to APScheduler, which is the clock and never the memory."""

import logging
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

import bot.jobs
from bot.desk import Desk
from bot.jobs.job import Job
from bot.listeners.errors import guarded
from core.members import members
from storage.job_runs import JobRuns

log = logging.getLogger(__name__)

SHORT = 600
"""Seconds. A job that runs less often is asked about this often, and kept in a table when it ran:
restarts and other processes make it neither more nor less often."""


def jobs() -> tuple[Job, ...]:
    """Return every job there is."""
    return members(bot.jobs, Job)


def scheduler(desk: Desk) -> AsyncIOScheduler:
    """Return a scheduler that is ready to start: `start()` in a running loop, `shutdown()`."""
    made = AsyncIOScheduler(timezone=UTC)
    for job in jobs():
        made.add_job(
            _through,
            "interval",
            args=[desk, job],
            seconds=min(job.seconds, SHORT),
            id=job.name,
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
            # What fell due while nobody was there is done at the start, not an interval later.
            **({"next_run_time": datetime.now(UTC)} if job.seconds < SHORT else {}),
        )
    return made


async def _through(desk: Desk, job: Job) -> None:
    """Run a job as work of its desk, which is waited for when the scheduler is shut down."""
    await desk.work.through(run(desk, job))


async def run(desk: Desk, job: Job) -> None:
    """Run a job once if it is its turn; what goes wrong is logged and tried again."""
    async with guarded(lambda said: _logged(job.name, said)):
        if job.seconds <= SHORT:
            await _counted(desk, job)
        else:
            await _in_turn(desk, job)


async def _in_turn(desk: Desk, job: Job) -> None:
    runs, every = JobRuns(desk.services.database), timedelta(seconds=job.seconds)
    if not await runs.begin(job.name, every=every, now=desk.now):
        return
    try:
        await _counted(desk, job)
    except Exception:
        await runs.forget(job.name)
        raise


async def _counted(desk: Desk, job: Job) -> None:
    with desk.services.metrics.job(job.name):
        await job.run(desk)


async def _logged(name: str, said: str) -> None:
    log.warning("the job %s did not finish: %s", name, said)
