"""Use a fact again that somebody called wrong, once it has changed."""

from bot.desk import Desk
from bot.jobs.job import Job
from storage.flags import clear_changed


async def run(desk: Desk) -> None:
    """Clear the flags whose facts are no longer what they were."""
    await clear_changed(desk.services.database, now=desk.now)


DOUBTS = Job(name="doubts", seconds=3_600, run=run)
