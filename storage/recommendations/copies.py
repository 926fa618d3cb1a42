"""The messages on which recommendations are shown, so that every copy changes with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import RecommendationMessage, table

MESSAGES = table(RecommendationMessage)

# Made once each: that takes longer than to run them.
_FORGET = delete(MESSAGES).where(
    MESSAGES.c.channel == bindparam("in_channel"), MESSAGES.c.ts == bindparam("at_ts")
)
_SHOW = insert(MESSAGES)


@dataclass(frozen=True, slots=True)
class Copy:
    """A message on which a recommendation is shown, with all those that it shows, in order."""

    channel: str
    ts: str
    surface: str
    heading: str
    ids: tuple[str, ...]


async def note(
    session: AsyncSession,
    ids: Sequence[str],
    *,
    channel: str,
    ts: str,
    surface: str,
    heading: str,
) -> None:
    """Remember what a message shows, replacing what it showed before."""
    await session.execute(_FORGET, {"in_channel": channel, "at_ts": ts})
    shown = [
        {
            "id": str(uuid4()),
            "recommendation_id": id,
            "channel": channel,
            "ts": ts,
            "surface": surface,
            "position": position,
            "heading": heading[:300],
        }
        for position, id in enumerate(ids)
    ]
    if shown:
        await session.execute(_SHOW, shown)


async def copies(session: AsyncSession, id: str) -> tuple[Copy, ...]:
    """Return every message that shows a recommendation."""
    here = select(MESSAGES.c.channel, MESSAGES.c.ts).where(MESSAGES.c.recommendation_id == id)
    places = [(channel, ts) for channel, ts in await session.execute(here)]
    return tuple([await _copy(session, channel, ts) for channel, ts in places])


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
