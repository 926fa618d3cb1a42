"""Recommendations as they were shown, the decisions on them, and where they are on show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter
from sqlalchemy import Integer, case, delete, func, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from core.eligibility import Past
from core.errors import RecommendationGone
from core.learning import Tally
from core.recommend import ENGINE
from core.recommendations import (
    CsmId,
    Decision,
    DecisionKind,
    DismissReason,
    OutcomeResult,
    Recommendation,
    RecommendationId,
    Status,
    already_decided,
    decide,
)
from storage.database import Database
from storage.past import past
from storage.tables import (
    ActivityLog,
    Csm,
    Customer,
    DecisionRow,
    OutcomeRow,
    RecommendationMessage,
    RecommendationRow,
    table,
)

ROWS = table(RecommendationRow)
DECISIONS = table(DecisionRow)
OUTCOMES = table(OutcomeRow)
MESSAGES = table(RecommendationMessage)
CSMS = table(Csm)
CUSTOMERS = table(Customer)

_SHOWN = TypeAdapter(Recommendation)

_LOCK = 0x57E44D02
"""The number under which offers for one account wait for each other on PostgreSQL."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A message on which a recommendation is shown, with all those that it shows, in order."""

    channel: str
    ts: str
    surface: str
    heading: str
    ids: tuple[str, ...]


class Recommendations:
    """The one place that reads and changes recommendations."""

    def __init__(self, database: Database) -> None:
        """Take the database to work on."""
        self._database = database

    async def offer(
        self, new: Sequence[Recommendation], *, now: datetime
    ) -> tuple[Recommendation, ...]:
        """Store what is about to be shown and return it with its id.

        One that still waits for a decision for the same account and play is refreshed and keeps
        its id, so that asking twice does not make two.
        """
        async with self._database.write() as session:
            await _take_turns(session, [one.account.id for one in new])
            return tuple([await _offer(session, one, now) for one in new])

    async def get(self, id: str) -> Recommendation:
        """Return one recommendation with its decisions; raises RecommendationGone."""
        async with self._database.read() as session:
            return await _load(session, id)

    async def find(self, ids: Sequence[str]) -> tuple[Recommendation, ...]:
        """Return those of `ids` that exist, in the order asked."""
        async with self._database.read() as session:
            return tuple(await _load_many(session, ids))

    async def open_for(self, account_id: str) -> tuple[Recommendation, ...]:
        """Return an account's accepted and deferred recommendations, newest first."""
        statuses = (Status.ACCEPTED.value, Status.DEFERRED.value)
        statement = (
            select(ROWS.c.id)
            .where(ROWS.c.customer_id == account_id, ROWS.c.status.in_(statuses))
            .order_by(ROWS.c.changed_at.desc())
        )
        async with self._database.read() as session:
            ids = list(await session.scalars(statement))
            return tuple(await _load_many(session, ids))

    async def underway(self, owners: frozenset[str] | None) -> tuple[Recommendation, ...]:
        """Return the accepted ones of these owners (of all when None), the earliest due first."""
        statement = (
            select(ROWS.c.id)
            .where(ROWS.c.status == Status.ACCEPTED.value)
            .order_by(ROWS.c.due_on, ROWS.c.priority.desc())
        )
        if owners is not None:
            statement = statement.where(ROWS.c.owner_id.in_(owners))
        async with self._database.read() as session:
            return tuple(await _load_many(session, list(await session.scalars(statement))))

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
            return None if id is None else await _load(session, id)

    async def decide(
        self, id: str, decision: Decision, *, request_key: str, today: date
    ) -> Recommendation:
        """Apply a decision in one transaction; a repeated `request_key` changes nothing more.

        Raises RecommendationGone, AlreadyDecided (also when somebody else was faster), UndoExpired
        and Invalid, all of them before anything is written.
        """
        try:
            async with self._database.write() as session:
                return await _decide(session, id, decision, request_key, today)
        except IntegrityError:
            # Two machines took the same version: the other's decision stands.
            return await self._after_race(id, request_key)

    async def past(
        self, *, as_of: datetime, accounts: Sequence[str] | None = None
    ) -> tuple[Past, ...]:
        """Return where each account's plays stood then, for the rules before ranking."""
        async with self._database.read() as session:
            return await past(session, as_of, accounts)

    async def tallies(self, *, as_of: datetime) -> dict[str, Tally]:
        """Count every play's outcomes up to a moment: how many, and how many were positive."""
        positive = case((OUTCOMES.c.result == OutcomeResult.POSITIVE.value, 1), else_=0)
        statement = (
            select(OUTCOMES.c.play, func.sum(positive), func.count())
            .where(OUTCOMES.c.recorded_at <= as_of)
            .group_by(OUTCOMES.c.play)
        )
        async with self._database.read() as session:
            return {
                play: Tally(positive=wins, total=total)
                for play, wins, total in await session.execute(statement)
            }

    async def shown(
        self, ids: Sequence[str], *, channel: str, ts: str, surface: str, heading: str = ""
    ) -> None:
        """Remember that a message shows these recommendations, replacing what it showed before."""
        async with self._database.write() as session:
            await session.execute(
                delete(MESSAGES).where(MESSAGES.c.channel == channel, MESSAGES.c.ts == ts)
            )
            for position, id in enumerate(ids):
                session.add(
                    RecommendationMessage(
                        id=str(uuid4()),
                        recommendation_id=id,
                        channel=channel,
                        ts=ts,
                        surface=surface,
                        position=position,
                        heading=heading[:300],
                    )
                )

    async def copies(self, id: str) -> tuple[Copy, ...]:
        """Return every message that shows this recommendation."""
        here = select(MESSAGES.c.channel, MESSAGES.c.ts).where(MESSAGES.c.recommendation_id == id)
        async with self._database.read() as session:
            places = [(channel, ts) for channel, ts in await session.execute(here)]
            return tuple([await _copy(session, channel, ts) for channel, ts in places])

    async def _after_race(self, id: str, request_key: str) -> Recommendation:
        async with self._database.read() as session:
            found = await _load(session, id)
            if await _is_done(session, request_key):
                return found
        raise already_decided(found)


async def _take_turns(session: AsyncSession, accounts: Sequence[str]) -> None:
    """Let one offer at a time look at an account; SQLite lets one transaction write anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return
    ordered = select(CUSTOMERS.c.id).where(CUSTOMERS.c.id.in_(accounts)).order_by(CUSTOMERS.c.id)
    lock = func.pg_advisory_xact_lock(
        literal(_LOCK, Integer), func.hashtext(ordered.subquery().c.id)
    )
    await session.execute(select(lock))


async def _offer(session: AsyncSession, new: Recommendation, now: datetime) -> Recommendation:
    waiting = (Status.RECOMMENDED.value, Status.DEFERRED.value)
    statement = (
        select(ROWS.c.id)
        .where(
            ROWS.c.customer_id == new.account.id,
            ROWS.c.play == new.play,
            ROWS.c.status.in_(waiting),
        )
        .order_by(ROWS.c.created_at.desc())
        .limit(1)
        .with_for_update()  # so that nobody decides about it while it is refreshed
    )
    known = await session.scalar(statement)
    if known is None:
        return await _insert(session, new, now)
    return await _refresh(session, known, new, now)


async def _insert(session: AsyncSession, new: Recommendation, now: datetime) -> Recommendation:
    stored = replace(new, id=RecommendationId(str(uuid4())))
    session.add(
        RecommendationRow(
            id=stored.id,
            customer_id=stored.account.id,
            owner_id=stored.owner,
            play=stored.play,
            status=stored.status.value,
            version=stored.version,
            priority=stored.score.priority,
            due_on=stored.due_on,
            as_of=stored.as_of,
            created_at=now,
            changed_at=now,
            engine=ENGINE,
            shown=_dump(stored),
        )
    )
    await session.flush()
    return stored


async def _refresh(
    session: AsyncSession, id: str, new: Recommendation, now: datetime
) -> Recommendation:
    """Bring a waiting recommendation up to date; a deferral that has ended is open again."""
    old = await _load(session, id)
    stored = replace(
        new,
        id=old.id,
        version=old.version + (old.status is not Status.RECOMMENDED),
        history=old.history,
    )
    await session.execute(
        update(ROWS)
        .where(ROWS.c.id == id, ROWS.c.version == old.version)
        .values(
            status=stored.status.value,
            version=stored.version,
            owner_id=stored.owner,
            priority=stored.score.priority,
            due_on=stored.due_on,
            as_of=stored.as_of,
            changed_at=now,
            engine=ENGINE,
            shown=_dump(stored),
        )
    )
    return stored


async def _decide(
    session: AsyncSession, id: str, decision: Decision, request_key: str, today: date
) -> Recommendation:
    before = await _load(session, id, lock=True)
    if await _is_done(session, request_key):
        return before
    after = decide(before, decision, today=today)
    taken = await session.execute(
        update(ROWS)
        .where(ROWS.c.id == id, ROWS.c.version == before.version)
        .values(status=after.status.value, version=after.version, changed_at=decision.at)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result counts its rows
        raise already_decided(await _load(session, id))
    _record(session, after, decision, request_key)
    await _record_outcome(session, before, after, decision)
    return after


def _record(
    session: AsyncSession, after: Recommendation, decision: Decision, request_key: str
) -> None:
    session.add(
        DecisionRow(
            id=str(uuid4()),
            recommendation_id=after.id,
            version=after.version,
            kind=decision.kind.value,
            by_id=decision.by,
            at=decision.at,
            reason=decision.reason.value if decision.reason else None,
            note=decision.note,
            until=decision.until,
            request_key=request_key,
        )
    )
    session.add(
        ActivityLog(
            id=str(uuid4()),
            at=decision.at,
            actor=decision.by,
            action=f"recommendation.{decision.kind.value}",
            subject=after.id,
            customer_id=after.account.id,
            detail={"play": after.play, "status": after.status.value, "version": after.version},
        )
    )


async def _record_outcome(
    session: AsyncSession, before: Recommendation, after: Recommendation, decision: Decision
) -> None:
    """Keep the outcome of a completion; an undone completion has none."""
    if before.status is Status.COMPLETED and after.status is not Status.COMPLETED:
        await session.execute(delete(OUTCOMES).where(OUTCOMES.c.recommendation_id == after.id))
    if decision.kind is DecisionKind.COMPLETE and decision.result is not None:
        session.add(
            OutcomeRow(
                recommendation_id=after.id,
                customer_id=after.account.id,
                play=after.play,
                by_id=decision.by,
                result=decision.result.value,
                note=decision.note,
                recorded_at=decision.at,
                health_before=after.account.health,
            )
        )


async def _is_done(session: AsyncSession, request_key: str) -> bool:
    statement = select(DECISIONS.c.id).where(DECISIONS.c.request_key == request_key)
    return await session.scalar(statement) is not None


async def _load(session: AsyncSession, id: str, *, lock: bool = False) -> Recommendation:
    statement = select(ROWS).where(ROWS.c.id == id)
    row = (await session.execute(statement.with_for_update() if lock else statement)).first()
    if row is None:
        raise RecommendationGone(id)
    return _restore(row._mapping, (await _history(session, [id])).get(id, ()))


async def _load_many(session: AsyncSession, ids: Sequence[str]) -> list[Recommendation]:
    found = await session.execute(select(ROWS).where(ROWS.c.id.in_(ids)))
    history = await _history(session, ids)
    by_id = {row.id: _restore(row._mapping, history.get(row.id, ())) for row in found}
    return [by_id[id] for id in ids if id in by_id]


async def _history(session: AsyncSession, ids: Sequence[str]) -> dict[str, tuple[Decision, ...]]:
    statement = (
        select(DECISIONS, CSMS.c.name.label("by_name"), OUTCOMES.c.result)
        .join(CSMS, CSMS.c.id == DECISIONS.c.by_id)
        .join(
            OUTCOMES,
            OUTCOMES.c.recommendation_id == DECISIONS.c.recommendation_id,
            isouter=True,
        )
        .where(DECISIONS.c.recommendation_id.in_(ids))
        .order_by(DECISIONS.c.version)
    )
    found: dict[str, tuple[Decision, ...]] = {}
    for row in await session.execute(statement):
        decision = _decision(row._mapping)
        found[row.recommendation_id] = (*found.get(row.recommendation_id, ()), decision)
    return found


def _decision(row: Any) -> Decision:
    kind = DecisionKind(row["kind"])
    complete = kind is DecisionKind.COMPLETE and row["result"] is not None
    return Decision(
        kind=kind,
        by=CsmId(row["by_id"]),
        by_name=row["by_name"],
        at=row["at"],
        reason=DismissReason(row["reason"]) if row["reason"] else None,
        note=row["note"],
        until=row["until"],
        result=OutcomeResult(row["result"]) if complete else None,
    )


def _restore(row: Any, history: tuple[Decision, ...]) -> Recommendation:
    """Make the recommendation of its row: what was shown, and where it stands by the columns."""
    return replace(
        _SHOWN.validate_python(row["shown"]),
        status=Status(row["status"]),
        version=row["version"],
        history=history,
    )


def _dump(recommendation: Recommendation) -> dict[str, Any]:
    """Return what was shown, without what the columns and the decisions already say."""
    dumped: dict[str, Any] = _SHOWN.dump_python(replace(recommendation, history=()), mode="json")
    return dumped


async def _copy(session: AsyncSession, channel: str, ts: str) -> Copy:
    statement = (
        select(MESSAGES)
        .where(MESSAGES.c.channel == channel, MESSAGES.c.ts == ts)
        .order_by(MESSAGES.c.position)
    )
    found = (await session.execute(statement)).all()
    return Copy(
        channel=channel,
        ts=ts,
        surface=found[0].surface,
        heading=found[0].heading,
        ids=tuple(row.recommendation_id for row in found),
    )
