"""What people said of texts that a model wrote, in the activity log."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.audit import Entry, record
from storage.database import Database
from storage.tables import ActivityLog, table

LOG = table(ActivityLog)
HELPFUL, UNHELPFUL = "prose.helpful", "prose.unhelpful"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text helped somebody: `key` is what the answer is known by.

    `reason` and `note` say why it did not, where they were asked and told.
    """

    key: str
    by: str
    at: datetime
    helpful: bool
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many texts helped and how many did not, each by its reader's last verdict."""

    helpful: int
    unhelpful: int


class Feedback:
    """Keeps verdicts and counts them."""

    def __init__(self, database: Database) -> None:
        """Take the database they are kept in."""
        self._database = database

    async def keep(self, verdict: Verdict) -> None:
        """Write a verdict down; a later one of the same person on the same text counts instead."""
        detail = {"reason": verdict.reason, "note": verdict.note}
        entry = Entry(
            HELPFUL if verdict.helpful else UNHELPFUL,
            verdict.key,
            by=verdict.by,
            at=verdict.at,
            detail={name: said for name, said in detail.items() if said},
        )
        async with self._database.write() as session:
            await record(session, entry)

    async def tally(self, *, since: datetime) -> Tally:
        """Count the verdicts of a period."""
        newest = (
            select(LOG.c.subject, LOG.c.actor, func.max(LOG.c.at).label("at"))
            .where(LOG.c.action.in_((HELPFUL, UNHELPFUL)), LOG.c.at >= since)
            .group_by(LOG.c.subject, LOG.c.actor)
            .subquery()
        )
        statement = (
            select(LOG.c.subject, LOG.c.actor, LOG.c.action)
            .join(
                newest,
                (newest.c.subject == LOG.c.subject)
                & (newest.c.actor == LOG.c.actor)
                & (newest.c.at == LOG.c.at),
            )
            .where(LOG.c.action.in_((HELPFUL, UNHELPFUL)))
            .distinct()
        )
        async with self._database.read() as session:
            found = [action for _, _, action in await session.execute(statement)]
        return Tally(found.count(HELPFUL), found.count(UNHELPFUL))
