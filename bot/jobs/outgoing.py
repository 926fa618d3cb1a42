"""Send what could not be sent at once: Slack was away or busy, or its process ended."""

from bot.desk import Desk
from bot.jobs.job import Job
from bot.outgoing import deliver_due


async def run(desk: Desk) -> None:
    """Send what is due by now."""
    while await deliver_due(desk):
        pass


OUTGOING = Job(name="outgoing", seconds=5, run=run)
