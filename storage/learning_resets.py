"""What an admin had Steward forget, and taking that back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import Invalid
from core.learning import Reset
from storage.audit import Entry, record
from storage.database import Database
from storage.tables import LearningReset, UtcDateTime, table

RESETS = table(LearningReset)

_AS_OF = bindparam("as_of", type_=UtcDateTime())
_STOOD = (
    select(RESETS)
    .where(RESETS.c.at <= _AS_OF, or_(RESETS.c.undone_at.is_(None), RESETS.c.undone_at > _AS_OF))
    .order_by(RESETS.c.at.desc(), RESETS.c.id)
)


@dataclass(frozen=True, slots=True)
class Forgetting:
    """A reset with who made it when, and who took it back when, if anybody did."""

    id: str
    reset: Reset
    by: str
    at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None


class Resets:
    """The one place that keeps what was forgotten; who may do so is the caller's to check."""

    def __init__(self, database: Database) -> None:
        """Take the database they are kept in."""
        self._database = database

    async def add(self, reset: Reset, *, by: str, at: datetime) -> Forgetting:
        """Forget what a reset covers. `by` is who wants it, for the activity log.

        Raises Invalid for a moment that has not come.
        """
        if reset.since > at:
            raise Invalid("Only what has happened can be forgotten: name an earlier day.", "since")
        made = Forgetting(str(uuid4()), reset, by, at)
        async with self._database.write() as session:
            session.add(_row(made))
            await record(session, _entry("learning.forget", made, by=by, at=at))
        return made

    async def undo(self, id: str, *, by: str, at: datetime) -> Forgetting:
        """Let what was forgotten count again; the first characters of an id are enough.

        Raises Invalid when none or more than one stands under it.
        """
        async with self._database.write() as session:
            found = [one for one in await _all(session, at) if id and one.id.startswith(id)]
            if len(found) != 1:
                raise Invalid(f"Nothing is forgotten under {id!r}, or more than one.", field="id")
            await session.execute(
                update(RESETS).where(RESETS.c.id == found[0].id).values(undone_at=at, undone_by=by)
            )
            await record(session, _entry("learning.restore", found[0], by=by, at=at))
            return found[0]

    async def standing(self, *, as_of: datetime) -> tuple[Forgetting, ...]:
        """Return what was forgotten at a moment, the newest first."""
        async with self._database.read() as session:
            return tuple(await _all(session, as_of))


async def standing(session: AsyncSession, as_of: datetime) -> list[Reset]:
    """Return the resets that held at a moment."""
    return [one.reset for one in await _all(session, as_of)]


async def _all(session: AsyncSession, as_of: datetime) -> list[Forgetting]:
    return [_forgetting(row) for row in await session.execute(_STOOD, {"as_of": as_of})]


def _forgetting(row: Any) -> Forgetting:
    reset = Reset(since=row.since, play=row.play, segment=row.segment, owner=row.owner)
    return Forgetting(row.id, reset, row.by, row.at, row.undone_by, row.undone_at)


def _row(made: Forgetting) -> LearningReset:
    return LearningReset(id=made.id, by=made.by, at=made.at, **_scope(made.reset))


def _scope(reset: Reset) -> dict[str, Any]:
    names = ("since", "play", "segment", "owner")
    return {name: getattr(reset, name) for name in names}


def _entry(action: str, made: Forgetting, *, by: str, at: datetime) -> Entry:
    return Entry(action, made.id, by=by, at=at, detail=_scope(made.reset))
