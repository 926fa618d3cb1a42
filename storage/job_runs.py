"""When a job ran last, so that many processes and restarts run it as often as one would."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from storage.database import Database
from storage.tables import JobRun, table
from storage.upsert import insert

RUNS = table(JobRun)


class JobRuns:
    """Lets a job that is due begin in one process."""

    def __init__(self, database: Database) -> None:
        """Take the database that all processes share."""
        self._database = database

    async def begin(self, name: str, *, every: timedelta, now: datetime) -> bool:
        """Take a job's turn; False when it ran less than `every` ago, here or elsewhere."""
        async with self._database.write() as session:
            statement = insert(session, RUNS).values(name=name, began_at=now)
            taken = statement.on_conflict_do_update(
                index_elements=["name"],
                set_={"began_at": now},
                where=RUNS.c.began_at <= now - every,
            ).returning(RUNS.c.name)
            return await session.scalar(taken) is not None

    async def forget(self, name: str) -> None:
        """Give a job's turn back, because it failed: the next process tries again."""
        async with self._database.write() as session:
            await session.execute(delete(RUNS).where(RUNS.c.name == name))
