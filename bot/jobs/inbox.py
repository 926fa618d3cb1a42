"""Say of what is under way that it goes on, and take up what a stopped process left behind."""

from datetime import timedelta

from bot.desk import Desk
from bot.jobs.job import Job
from bot.keeping import give_up, renew, take_up

KEPT = timedelta(days=30)
"""So long the key of what was done is known, so that it is not done again."""


async def run(desk: Desk) -> None:
    """Renew our leases, take over those that ran out, and end what was tried too often."""
    await renew(desk, now=desk.now)
    await take_up(desk)
    for item in await desk.services.inbox.exhausted(now=desk.now):
        await give_up(desk, item)


async def prune(desk: Desk) -> None:
    """Forget what was done long ago."""
    await desk.services.inbox.prune(before=desk.now - KEPT)
    await desk.services.outbox.prune(before=desk.now - KEPT)


INBOX = Job(name="inbox", seconds=10, run=run)
PRUNED = Job(name="pruned", seconds=86_400, run=prune)
