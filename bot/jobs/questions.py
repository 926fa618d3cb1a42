"""Take up the questions that a stopped process left unanswered."""

from datetime import timedelta

from bot.desk import Desk
from bot.jobs.job import Job
from bot.listeners.questions import take_up

LEFT_BEHIND = timedelta(minutes=2)
"""No answer takes as long as this; the process that had the question is gone."""


async def run(desk: Desk) -> None:
    """Start again on what has waited too long."""
    await take_up(desk, waiting=LEFT_BEHIND)


QUESTIONS = Job(name="questions", seconds=60, run=run)
