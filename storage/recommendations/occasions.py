"""What a deferral may wait for at an account, and the people who may come back there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.happenings import Happening, fitting
from storage.facts import Window, read


@dataclass(frozen=True, slots=True)
class Occasions:
    """The happenings that fit an account as it is known, and its champion and sponsor."""

    happenings: tuple[Happening, ...] = ()
    champion: str | None = None
    sponsor: str | None = None


async def occasions(session: AsyncSession, account_id: str, as_of: datetime) -> Occasions:
    """Read them for one account; an account that is no customer then has none."""
    facts = await read(session, Window(as_of, accounts=(account_id,)))
    if facts.is_empty():
        return Occasions()
    row = facts.row(0, named=True)
    return Occasions(fitting(row), row["champion"], row["sponsor"])
