"""Ask Slack once a day who people are there: a guest or a leaver loses access without asking."""

from contextlib import suppress

from bot.desk import Desk
from bot.jobs.job import Job
from bot.listeners.who import CHECKED_EVERY, recognise
from core.errors import StewardError

AT_ONCE = 60
"""Slack answers some hundred such questions a minute; with the hours of a day that is enough."""

EARLY = 0.8
"""Asked before the day is over, so that nobody's question has to wait for Slack's answer."""


async def run(desk: Desk) -> None:
    """Ask about those of whom Slack was not asked for longest."""
    before = desk.now - CHECKED_EVERY * EARLY
    for one in await desk.services.people.unchecked(before=before, limit=AT_ONCE):
        with suppress(StewardError):  # what they may no longer do is kept by then
            await recognise(desk, str(one.slack_user_id))


MEMBERS = Job(name="members", seconds=1_200, run=run)
