"""What was said with Steward, kept by thread for 30 days and only for the person who said it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database
from storage.tables import (
    ConversationTurn,
    Customer,
    RecommendationMessage,
    RecommendationRow,
    UtcDateTime,
    table,
)

CUSTOMERS = table(Customer)
MESSAGES = table(RecommendationMessage)
ROWS = table(RecommendationRow)
TURNS = table(ConversationTurn)

KEPT_DAYS = 30
"""So long what was said is remembered."""

TOGETHER = timedelta(minutes=30)
"""Messages of one person outside threads are one conversation for so long."""

MOST_TURNS = 8
"""So many turns back a short sentence may point."""

_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody talks with Steward: a thread, or `alone` when the message opens one."""

    channel: str
    thread: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """A tool's name and its arguments, as they were understood."""

    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """An account that an answer was about, and the recommendation for it that was to be seen."""

    account: str
    name: str
    recommendation: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer in short.

    `shown` holds the accounts of the answer in order. `asks` is the question back, if it was one,
    and `options` the calls that its buttons stand for.
    """

    key: str
    at: datetime
    asked: str
    said: str = ""
    calls: tuple[Called, ...] = ()
    shown: tuple[Shown, ...] = ()
    asks: str = ""
    options: tuple[Called, ...] = ()


class Conversations:
    """The one place that keeps what was said."""

    def __init__(self, database: Database) -> None:
        """Take the database they are kept in."""
        self._database = database

    async def keep(self, turn: Turn, *, place: Place, csm: str) -> None:
        """Keep a turn; the same message again replaces what was kept of it."""
        async with self._database.write() as session:
            await keep(session, turn, place=place, csm=csm)

    async def answered(self, key: str, *, channel: str, thread: str) -> None:
        """Remember that a turn's answer stands elsewhere, so that it goes on there as well."""
        async with self._database.write() as session:
            await answered(session, key, channel=channel, thread=thread)

    async def earlier(
        self, place: Place, *, csm: str, now: datetime, without: str = ""
    ) -> tuple[Turn, ...]:
        """Return what this person said here before, the last few turns, oldest first.

        `without` is the key of the message at hand, which may have been begun before.
        """
        given = {"csm": csm, "without": without, "channel": place.channel, "thread": place.thread}
        since = {"kept": now - timedelta(days=KEPT_DAYS)}
        if place.alone:
            since["together"] = now - TOGETHER
        async with self._database.read() as session:
            rows = await session.execute(_earlier(place.alone), given | since)
            found = [_turn(row) for row in rows]
        return tuple(reversed(found))

    async def first_message(self, place: Place, *, now: datetime) -> Turn | None:
        """Return what a thread's first message shows, such as a digest; None for other messages."""
        if place.alone:
            return None
        statement = (
            select(ROWS.c.customer_id, CUSTOMERS.c.name, ROWS.c.id)
            .join(MESSAGES, MESSAGES.c.recommendation_id == ROWS.c.id)
            .join(CUSTOMERS, CUSTOMERS.c.id == ROWS.c.customer_id)
            .where(MESSAGES.c.channel == place.channel, MESSAGES.c.ts == place.thread)
            .order_by(MESSAGES.c.position)
        )
        async with self._database.read() as session:
            shown = tuple(Shown(*row) for row in await session.execute(statement))
        call = Called("top_actions", {})
        if len(shown) == 1:
            call = Called("next_best_action", {"account": shown[0].name})
        return Turn(key="", at=now, asked="", calls=(call,), shown=shown) if shown else None

    async def forget(self, *, before: datetime) -> int:
        """Forget what was said before a moment; return how many turns that were."""
        async with self._database.write() as session:
            gone = await session.execute(delete(TURNS).where(TURNS.c.at < before).returning(1))
            return len(gone.all())


async def keep(session: AsyncSession, turn: Turn, *, place: Place, csm: str) -> None:
    """Keep a turn in the caller's transaction, such as the one that keeps its answer."""
    await session.execute(_FORGET, {"turn": turn.key})
    await session.execute(_KEEP, _row(turn, place, csm))


async def answered(session: AsyncSession, key: str, *, channel: str, thread: str) -> None:
    """Remember where a turn's answer stands, in the caller's transaction."""
    statement = update(TURNS).where(TURNS.c.request_key == key)
    await session.execute(statement.values(answer_channel=channel, answer_thread=thread))


# Made once each: that takes longer than to run them.
_FORGET = delete(TURNS).where(TURNS.c.request_key == bindparam("turn"))
_KEEP = insert(TURNS)


@cache
def _earlier(alone: bool) -> Select[Any]:
    here = TURNS.c.channel == bindparam("channel")
    places = [
        and_(here, TURNS.c.thread == bindparam("thread")),
        and_(
            TURNS.c.answer_channel == bindparam("channel"),
            TURNS.c.answer_thread == bindparam("thread"),
        ),
    ]
    if alone:
        fresh = TURNS.c.at >= bindparam("together", type_=UtcDateTime())
        places.append(and_(here, TURNS.c.alone.is_(True), fresh))
    return (
        select(TURNS)
        .where(TURNS.c.csm_id == bindparam("csm"), TURNS.c.request_key != bindparam("without"))
        .where(or_(*places), TURNS.c.at >= bindparam("kept", type_=UtcDateTime()))
        .order_by(TURNS.c.at.desc(), TURNS.c.request_key)
        .limit(MOST_TURNS)
    )


def _row(turn: Turn, place: Place, csm: str) -> dict[str, Any]:
    return {
        "request_key": turn.key,
        "csm_id": csm,
        "channel": place.channel,
        "thread": place.thread,
        "alone": place.alone,
        "at": turn.at,
        "asked": turn.asked[:_LONGEST],
        "said": turn.said[:_LONGEST],
        "asks": turn.asks[:_LONGEST],
        "calls": _plain(turn.calls),
        "options": _plain(turn.options),
        "shown": _plain(turn.shown),
    }


def _plain(values: Sequence[Any]) -> list[dict[str, Any]]:
    return [asdict(one) for one in values]


def _turn(row: Any) -> Turn:
    return Turn(
        key=row.request_key,
        at=row.at,
        asked=row.asked,
        said=row.said,
        calls=tuple(Called(**one) for one in row.calls),
        shown=tuple(Shown(**one) for one in row.shown),
        asks=row.asks,
        options=tuple(Called(**one) for one in row.options),
    )
