"""Measure what changed after what was completed: 14 and 30 days later, against the own trend."""

from datetime import timedelta

from bot.desk import Desk
from bot.jobs.job import Job
from storage.effects import TRIED_DAYS, measure


async def run(desk: Desk) -> None:
    """Measure what can be measured by now; what lacks data is tried again until it is too old."""
    now = desk.now
    await measure(desk.services.database, now=now, since=now - timedelta(days=TRIED_DAYS))


# More often than the data comes: a process that is restarted every day gets to it all the same.
EFFECTS = Job(name="effects", seconds=6 * 3_600, run=run)
