"""Puts the facts frame together, one group of facts after the other."""

from collections.abc import Awaitable, Callable

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from core.facts import SCHEMA
from storage.facts.account import account, value
from storage.facts.columns import Book
from storage.facts.contact import champion, contact, sponsor, value_update
from storage.facts.departments import departments
from storage.facts.fading import fading
from storage.facts.feeds import Feeds
from storage.facts.growth import opportunity, risk
from storage.facts.lifecycle import contract, qbr, renewals
from storage.facts.meetings import meetings
from storage.facts.progress import feedback, milestone
from storage.facts.reading import Reading, begin
from storage.facts.series import health, measured, usage
from storage.facts.support import support
from storage.facts.window import Window

Reader = Callable[[Reading], Awaitable[pl.LazyFrame | None]]
"""Reads a group of facts, a row for each account that has any; None when no account has."""

READERS: tuple[Reader, ...] = (
    value,
    health,
    usage,
    measured,
    contact,
    champion,
    sponsor,
    value_update,
    support,
    renewals,
    qbr,
    opportunity,
    risk,
    contract,
    meetings,
    milestone,
    feedback,
    fading,
    departments,
)


COUNTED = {
    "support": ("open_tickets", "urgent_tickets", "tickets_30d", "tickets_usual"),
    "opportunity": ("open_opportunities",),
    "risk": ("open_risks", "serious_risks", "critical_risks"),
}
"""What is zero for an account without rows, provided that the group's feed exists at all."""

DENIED = {"kickoff": "kickoff_booked", "feedback": "feedback_asked"}
"""What is false for an account without rows, provided that the feed would have told it."""


async def read(session: AsyncSession, window: Window) -> pl.DataFrame:
    """Return the facts of the window's accounts: one row each, every column of the frame.

    The number of queries does not depend on the number of accounts.
    """
    book = Book(session, window)
    reading = await begin(book)
    found = (await account(book)).lazy()
    groups = [group for reader in READERS if (group := await reader(reading)) is not None]
    beside = [_beside(found, group) for group in groups]
    whole = _complete(pl.concat([found, *beside], how="horizontal"))
    blank = pl.col(pl.String).str.strip_chars() == ""
    known = whole.with_columns(pl.when(~blank).then(pl.col(pl.String)).name.keep())
    return known.with_columns(
        *(column for group in COUNTED for column in _counted(group, reading.feeds)),
        *(column for group in DENIED for column in _denied(group, reading.feeds)),
    ).collect()


def _beside(found: pl.LazyFrame, group: pl.LazyFrame) -> pl.LazyFrame:
    """Bring a group's rows into the order of the accounts; who has none has nulls."""
    return found.select("id").join(group, on="id", how="left", maintain_order="left").drop("id")


def _complete(found: pl.LazyFrame) -> pl.LazyFrame:
    """Give the frame every column, in the order in which they are declared."""
    there = found.collect_schema()
    missing = [
        pl.lit(None, dtype).alias(name) for name, dtype in SCHEMA.items() if name not in there
    ]
    whole = found.with_columns(missing).select(list(SCHEMA))
    return whole.cast(pl.Schema(SCHEMA))


def _counted(group: str, feeds: Feeds) -> list[pl.Expr]:
    """Turn absent counts into zeros where the group's feed exists, and date them by the feed."""
    newest = feeds.newest[group]
    if newest is None:
        return []
    zeros = [pl.col(name).fill_null(0) for name in COUNTED[group]]
    return [*zeros, pl.lit(newest).alias(f"{group}_on")]


def _denied(group: str, feeds: Feeds) -> list[pl.Expr]:
    """Turn what no row tells into False where the group's feed would tell it."""
    if not feeds.denies(group):
        return []
    on = pl.lit(feeds.newest[group], dtype=pl.Date)
    return [pl.col(DENIED[group]).fill_null(False), pl.col(f"{group}_on").fill_null(on)]
