"""What changed at an account or over a portfolio: the facts of two moments, and what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from bot.tools.since import Last, Since, working_day_before
from bot.tools.tool import Asker
from core.briefs import TALKS, Touch, touched
from core.changes import (
    AccountChanges,
    Period,
    PortfolioChanges,
    at_account,
    by_id,
    new_account,
    sizes,
    whole,
)
from core.doubts import without_doubted
from core.engine import Moment
from core.errors import AccountUnknown, Invalid, PortfolioEmpty
from core.wording import Row, day
from storage.accounts import Accounts, Named
from storage.briefs import touches
from storage.changes import Between, events
from storage.database import Database
from storage.facts import Window, read
from storage.flags import standing
from storage.people import People

USUAL, LONGEST = timedelta(days=14), timedelta(days=60)
"""An account is looked at over two weeks, or since the last touch, but not since over 60 days."""

BETWEEN = 5
"""In between an account's facts are read so many times, to tell about when each one moved."""

ON_A_CARD = 7
"""How many accounts of a portfolio a card shows."""

_KINDS: dict[str, tuple[str, ...]] = {
    "any": (*TALKS, "email_out"),
    "meeting": ("meeting", "qbr"),
    "qbr": ("qbr",),
    "call": ("call",),
    "email": ("email_in", "email_out"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What changed at an account over a period, with its facts as they are now."""

    period: Period
    now: Row
    changes: AccountChanges


class Changes:
    """Reads the facts as of two moments and tells what is different."""

    def __init__(self, database: Database, people: People, accounts: Accounts) -> None:
        """Take what facts, people and the names of accounts are read from."""
        self._database = database
        self._people = people
        self._accounts = accounts

    async def at(
        self,
        named: Named,
        asker: Asker,
        since: Since | Touch | None = None,
        *,
        between: int = BETWEEN,
    ) -> Told:
        """Return what changed at one account; nothing of another one is read.

        Without `since` it is two weeks, or since the last touch if that is longer ago. The facts
        are read so often in `between`. Raises AccountUnknown for an account that is no customer or
        not the asker's to see, Invalid when there was no such touch.
        """
        return await self._database.snapshot(self._at(named, asker, since, between))

    async def over(
        self,
        asker: Asker,
        owners: frozenset[str] | None,
        whose: str,
        since: Since | None = None,
        *,
        limit: int = ON_A_CARD,
        offset: int = 0,
    ) -> PortfolioChanges:
        """Return what changed over the accounts of some owners (of all when None).

        Without `since` it is since the last working day. Raises PortfolioEmpty without accounts.
        """
        period = _portfolio_period(asker, since)
        work = self._over(asker, owners, whose, period, slice(offset, offset + limit))
        return await self._database.snapshot(work)

    async def _at(
        self, named: Named, asker: Asker, since: Since | Touch | None, between: int
    ) -> Told:
        scope = await self._people.scope(asker.csm)
        async with self._database.read() as session:
            known = await touches(session, named.id, asker.local_now)
            period = _period(named.name, known, asker, since)
            readings = [
                (on, await self._facts(session, Window(at, (named.id,), scope, on)))
                for at, on in _moments(period, asker, between)
            ]
            happened = await events(session, Between((named.id,), period.at, asker.local_now))
        found = happened.get(named.id, ())
        first, last = readings[0][1], readings[-1][1]
        if last.is_empty():
            raise AccountUnknown(named.name)
        now = last.row(0, named=True)
        if first.is_empty():
            return Told(period, now, new_account(now, found))
        sized = sizes(first, last)
        row = sized.row(0, named=True) if sized.height else {}
        rows = [(on, one.row(0, named=True)) for on, one in readings if one.height]
        return Told(period, now, at_account(row, rows, found, period))

    async def _over(
        self,
        asker: Asker,
        owners: frozenset[str] | None,
        whose: str,
        period: Period,
        places: slice,
    ) -> PortfolioChanges:
        async with self._database.read() as session:
            then = await self._facts(session, Window(period.at, owners=owners, today=period.day))
            now = await self._facts(session, Window(asker.now, owners=owners, today=asker.today))
            if now.is_empty():
                who = asker.csm.name if owners == frozenset((asker.csm.id,)) else whose
                raise PortfolioEmpty(who, book_empty=not await self._accounts.names(None))
            ranked = sizes(then, now)
            page = ranked[places]
            ids = page["id"].to_list()
            happened = await events(session, Between(ids, period.at, asker.local_now))
        before, after = (
            by_id(some.filter(pl.col("id").is_in(ids)).to_dicts()) for some in (then, now)
        )
        shown = tuple(
            at_account(
                row,
                ((period.day, before[row["id"]]), (asker.today, after[row["id"]])),
                happened.get(row["id"], ()),
                period,
            )
            for row in page.iter_rows(named=True)
        )
        names = dict(pl.concat([some.select("id", "name") for some in (then, now)]).rows())
        joined = whole(then, now)
        return PortfolioChanges(
            period=period,
            whose=whose,
            shown=shown,
            moved=ranked.height,
            of=now.height,
            first=places.start + 1,
            came=tuple(names[id] for id in joined["came"]),
            left=tuple(names[id] for id in joined["left"]),
            several_owners=len({one.owner_name for one in shown}) > 1,
        )

    async def _facts(self, session: AsyncSession, window: Window) -> pl.DataFrame:
        """Read the facts of a moment, without those that somebody had called wrong by then."""
        facts = await read(session, window)
        doubts = await standing(session, window.as_of, window.accounts)
        return without_doubted(facts, doubts, Moment(window.as_of, window.reader_day))


def _period(name: str, known: Sequence[Touch], asker: Asker, since: Since | Touch | None) -> Period:
    if isinstance(since, Touch):
        return _from_touch(since, asker)
    if isinstance(since, Last):
        last = next((one for one in known if one.kind in _KINDS[since.touch]), None)
        if last is None:
            what = "touch" if since.touch == "any" else since.touch
            raise Invalid(
                f"No {what} with {name} is on record. Say since which day I should look, "
                "for example “since Monday”.",
                field="since",
            )
        return _from_touch(last, asker)
    if since is not None:
        return _from_day(since, asker)
    usual, last = asker.now - USUAL, known[0] if known else None
    if last is not None and asker.now - LONGEST <= last.at < usual:
        return _from_touch(last, asker)
    return _from_day(asker.today - USUAL, asker)


def _portfolio_period(asker: Asker, since: Since | None) -> Period:
    if since is None:
        return _from_day(working_day_before(asker.today), asker)
    if isinstance(since, Last):
        raise Invalid(
            "The last touch differs from account to account. Name an account, or a day.",
            field="since",
        )
    return _from_day(since, asker)


def _from_day(on: date, asker: Asker) -> Period:
    at = datetime.combine(on, time(), asker.zone)
    return Period(at.astimezone(UTC), on, asker.today, day(on, asker.today))


def _from_touch(last: Touch, asker: Asker) -> Period:
    return Period(
        last.at.astimezone(UTC), last.at.date(), asker.today, f"the {touched(last, asker.today)}"
    )


def _moments(period: Period, asker: Asker, most: int) -> list[tuple[datetime, date]]:
    """Return when the facts are read, with the reader's day: first, some in between, and now."""
    whole_days = (period.today - period.day).days
    steps = min(most, max(0, whole_days - 1)) + 1
    between = [period.at + (asker.now - period.at) * step / steps for step in range(1, steps)]
    return [
        (period.at, period.day),
        *((at, at.astimezone(asker.zone).date()) for at in between),
        (asker.now, asker.today),
    ]
