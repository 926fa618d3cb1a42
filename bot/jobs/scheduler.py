"""Hands every job of this package to APScheduler, which is the clock and never the memory."""

import logging
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

import bot.jobs
from bot.desk import Desk
from bot.jobs.job import Job
from bot.listeners.errors import guarded
from core.members import members

log = logging.getLogger(__name__)


def jobs() -> tuple[Job, ...]:
    """Return every job there is."""
    return members(bot.jobs, Job)


def scheduler(desk: Desk) -> AsyncIOScheduler:
    """Return a scheduler that is ready to start: `start()` in a running loop, `shutdown()`."""
    made = AsyncIOScheduler(timezone=UTC)
    for job in jobs():
        made.add_job(
            run,
            "interval",
            args=[desk, job],
            seconds=job.seconds,
            id=job.name,
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
        )
    return made


async def run(desk: Desk, job: Job) -> None:
    """Run a job once; what goes wrong is logged and the next run tries again."""
    async with guarded(lambda said: _logged(job.name, said)):
        with desk.services.metrics.job(job.name):
            await job.run(desk)


async def _logged(name: str, said: str) -> None:
    log.warning("the job %s did not finish: %s", name, said)
