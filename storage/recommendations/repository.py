"""The one place that reads and changes recommendations."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import polars as pl
from sqlalchemy import Select, bindparam, select
from sqlalchemy.exc import IntegrityError

from core.eligibility import Past
from core.recommendations import (
    CsmId,
    Decision,
    DecisionKind,
    OutcomeResult,
    Recommendation,
    Status,
    already_decided,
)
from storage.database import Database
from storage.fulfilled import Fulfilling
from storage.outbox import Letter, put
from storage.recommendations.copies import Copy, copies, note
from storage.recommendations.deciding import apply, is_done, judge
from storage.recommendations.loading import DECISIONS, ROWS, load, load_many, restored
from storage.recommendations.occasions import Occasions, occasions
from storage.recommendations.offering import offer
from storage.recommendations.outcomes import outcomes
from storage.recommendations.past import past
from storage.tables import Customer, table

_OPEN = (
    select(ROWS)
    .where(
        ROWS.c.customer_id == bindparam("account"),
        ROWS.c.status.in_((Status.ACCEPTED.value, Status.DEFERRED.value)),
    )
    .order_by(ROWS.c.changed_at.desc())
)

CUSTOMERS = table(Customer)


class Recommendations:
    """The one place that reads and changes recommendations."""

    def __init__(
        self, database: Database, decided: Callable[[DecisionKind], None] | None = None
    ) -> None:
        """Take the database to work on; `decided` hears of each decision that is kept, once."""
        self._database = database
        self._decided = decided

    async def offer(
        self,
        new: Sequence[Recommendation],
        *,
        now: datetime,
        fulfilling: Fulfilling = MappingProxyType({}),
    ) -> tuple[Recommendation, ...]:
        """Store what is about to be shown and return it with its id.

        One that still waits for a decision for the same account and play is refreshed and keeps
        its id, so that asking twice does not make two. By `fulfilling` it is noted whether that one
        looks done by now.
        """
        async with self._database.write() as session:
            return await offer(session, new, now, fulfilling)

    async def get(self, id: str) -> Recommendation:
        """Return one recommendation with its decisions; raises RecommendationGone."""
        async with self._database.read() as session:
            return await load(session, id)

    async def find(self, ids: Sequence[str]) -> tuple[Recommendation, ...]:
        """Return those of `ids` that exist, in the order asked."""
        async with self._database.read() as session:
            return tuple(await load_many(session, ids))

    async def open_for(self, account_id: str) -> tuple[Recommendation, ...]:
        """Return an account's accepted and deferred recommendations, newest first."""
        async with self._database.read() as session:
            found = await session.execute(_OPEN, {"account": account_id})
            return tuple(await restored(session, found.all()))

    async def underway(self, owners: frozenset[str] | None) -> tuple[Recommendation, ...]:
        """Return the accepted ones of these owners (of all when None), the earliest due first.

        Whose account it is at present counts, not whose it was.
        """
        statement = (
            select(ROWS.c.id)
            .where(ROWS.c.status == Status.ACCEPTED.value)
            .order_by(ROWS.c.due_on, ROWS.c.priority.desc())
        )
        if owners is not None:
            statement = statement.where(ROWS.c.customer_id.in_(_owned_by(owners)))
        async with self._database.read() as session:
            return tuple(await load_many(session, list(await session.scalars(statement))))

    async def back(self, owner: str, today: date) -> tuple[Recommendation, ...]:
        """Return a person's deferred ones whose day has come, the newest first."""
        statement = (
            select(ROWS.c.id)
            .where(
                ROWS.c.status == Status.DEFERRED.value,
                ROWS.c.customer_id.in_(_owned_by([owner])),
            )
            .order_by(ROWS.c.changed_at.desc())
            .limit(50)
        )
        async with self._database.read() as session:
            found = await load_many(session, list(await session.scalars(statement)))
        return tuple(one for one in found if not one.is_snoozed(today))

    async def last_decided(self, account_id: str) -> Recommendation | None:
        """Return the one of an account that somebody decided about last, None if nobody did."""
        statement = (
            select(DECISIONS.c.recommendation_id)
            .join(ROWS, ROWS.c.id == DECISIONS.c.recommendation_id)
            .where(ROWS.c.customer_id == account_id)
            .order_by(DECISIONS.c.at.desc(), DECISIONS.c.version.desc())
            .limit(1)
        )
        async with self._database.read() as session:
            id = await session.scalar(statement)
            return None if id is None else await load(session, id)

    async def decide(
        self,
        id: str,
        decision: Decision,
        *,
        request_key: str,
        today: date,
        version: int | None = None,
        place: tuple[str, str] | None = None,
    ) -> Recommendation:
        """Apply a decision in one transaction; a repeated `request_key` changes nothing more.

        `version` is the one that the person saw, None when whichever stands is meant. `place` is
        the message it was decided on: channel and time stamp. With the decision goes the letter
        that has all its copies redrawn. Raises
        RecommendationGone, Outdated for another version, AlreadyDecided (also when somebody else
        was faster), UndoExpired and Invalid, all of them before anything is written.
        """
        try:
            async with self._database.write() as session:
                after = await apply(
                    session,
                    id,
                    decision,
                    request_key=request_key,
                    today=today,
                    version=version,
                    place=place,
                )
        except IntegrityError:
            # Two machines took the same version: the other's decision stands.
            return await self._after_race(id, request_key)
        if self._decided is not None and after.history[-1] is decision:
            self._decided(decision.kind)
        return after

    async def is_decided(self, request_key: str) -> bool:
        """Tell whether the click or message of that key was acted on already."""
        async with self._database.read() as session:
            return await is_done(session, request_key)

    async def judge(
        self, id: str, result: OutcomeResult, *, by: CsmId, at: datetime, then: Letter
    ) -> Recommendation:
        """Keep how a completed one turned out, when its completion did not say.

        `then` has its copies redrawn. Raises RecommendationGone, and AlreadyDecided when it is not
        completed or was judged.
        """
        async with self._database.write() as session:
            await put(session, then, now=at)
            return await judge(session, id, result, by=by, at=at, request_key=then.key)

    async def past(
        self, *, as_of: datetime, accounts: Sequence[str] | None = None
    ) -> tuple[Past, ...]:
        """Return where each account's plays stood then, for the rules before ranking."""
        async with self._database.read() as session:
            return await past(session, as_of, accounts)

    async def outcomes(self, *, as_of: datetime) -> pl.DataFrame:
        """Return what came of recommendations up to a moment, for learning."""
        async with self._database.read() as session:
            return await outcomes(session, as_of)

    async def occasions(self, account_id: str, *, as_of: datetime) -> Occasions:
        """Return what a deferral may wait for at an account."""
        async with self._database.read() as session:
            return await occasions(session, account_id, as_of)

    async def shown(
        self, ids: Sequence[str], *, channel: str, ts: str, surface: str, heading: str = ""
    ) -> None:
        """Remember that a message shows these recommendations, replacing what it showed before."""
        async with self._database.write() as session:
            await note(session, ids, channel=channel, ts=ts, surface=surface, heading=heading)

    async def copies(self, id: str) -> tuple[Copy, ...]:
        """Return every message that shows this recommendation."""
        async with self._database.read() as session:
            return await copies(session, id)

    async def _after_race(self, id: str, request_key: str) -> Recommendation:
        async with self._database.read() as session:
            found = await load(session, id)
            if await is_done(session, request_key):
                return found
        raise already_decided(found)


def _owned_by(owners: Iterable[str]) -> Select[Any]:
    return select(CUSTOMERS.c.id).where(CUSTOMERS.c.csm_id.in_(owners))
