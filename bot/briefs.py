"""A brief before a call: what changed since the last talk, what is open, and what is advised."""

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.changes import Changes
from bot.tools.since import Since
from bot.tools.tool import Asker
from core.briefs import TALKS, Advised, Background, Brief, Touch, brief
from core.changes import Period
from storage.accounts import Named
from storage.briefs import background
from storage.database import Database

if TYPE_CHECKING:
    from bot.advisor import Advisor

LONGEST, UNTOUCHED = timedelta(days=90), timedelta(days=30)
"""The story begins with the last talk, but not over a quarter ago; without one a month ago."""


class Briefs:
    """Puts briefs together."""

    def __init__(self, database: Database, changes: Changes, advisor: "Advisor") -> None:
        """Take where to read from, and who tells what changed and what to do."""
        self._database = database
        self._changes = changes
        self._advisor = advisor

    async def of(
        self, named: Named, asker: Asker, since: Since | None = None
    ) -> tuple[Period, Brief]:
        """Return the brief of an account; raises AccountUnknown or NotAllowed, and Invalid.

        Without `since` its story begins with the last talk, in which the customer took part.
        """
        advice = await self._advisor.for_account(named.id, asker)
        known = await self._database.snapshot(self._background(named.id, asker))
        begin = since or _beginning(known.newest(*TALKS), asker)
        found = await self._changes.at(named, asker, begin, between=0)
        made = brief(
            found.now,
            known,
            moves=found.changes.moves,
            events=found.changes.events,
            advised=Advised(advice.best, advice.underway),
            today=asker.today,
        )
        return found.period, made

    async def _background(self, account_id: str, asker: Asker) -> Background:
        async with self._database.read() as session:
            return await background(session, account_id, asker.local_now)


def _beginning(talk: Touch | None, asker: Asker) -> Since | Touch:
    if talk is None:
        return asker.today - UNTOUCHED
    if talk.at < asker.now - LONGEST:
        return asker.today - LONGEST
    return talk
