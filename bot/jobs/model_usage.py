"""Delete what questions cost more than thirteen months ago."""

from datetime import timedelta

from bot.desk import Desk
from bot.jobs.job import Job
from storage.model_usage import KEPT_DAYS, ModelUsages


async def run(desk: Desk) -> None:
    """Delete what is too old."""
    before = desk.now - timedelta(days=KEPT_DAYS)
    await ModelUsages(desk.services.database).prune(before=before)


MODEL_USAGE = Job(name="model_usage", seconds=86_400, run=run)
