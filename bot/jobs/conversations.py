"""Forget what was said more than thirty days ago."""

from datetime import timedelta

from bot.desk import Desk
from bot.jobs.job import Job
from storage.conversations import KEPT_DAYS, Conversations


async def run(desk: Desk) -> None:
    """Forget what is too old."""
    before = desk.now - timedelta(days=KEPT_DAYS)
    await Conversations(desk.services.database).forget(before=before)


CONVERSATIONS = Job(name="conversations", seconds=86_400, run=run)
