"""Send each digest once, at its hour in its reader's time zone."""

from bot.desk import Desk
from bot.digests.round import run_due
from bot.jobs.job import Job


async def run(desk: Desk) -> None:
    """Deliver what is due this minute."""
    for delivery in await run_due(desk, now=desk.now):
        desk.services.metrics.delivered(delivery)


DIGEST = Job(name="digest", seconds=60, run=run)
