"""Puts the facts frame together, one group of facts after the other."""

from collections.abc import Awaitable, Callable
from typing import Any

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from core.facts import SCHEMA
from storage.facts.account import account, account_alone, value, value_alone
from storage.facts.alone import Alone, begin_alone
from storage.facts.columns import Book, Record
from storage.facts.contact import (
    champion,
    champion_alone,
    contact,
    contact_alone,
    sponsor,
    sponsor_alone,
    value_update,
    value_update_alone,
)
from storage.facts.departments import departments, departments_alone
from storage.facts.fading import fading, fading_alone
from storage.facts.feeds import Feeds
from storage.facts.growth import opportunity, opportunity_alone, risk, risk_alone
from storage.facts.lifecycle import (
    contract,
    contract_alone,
    qbr,
    qbr_alone,
    renewals,
    renewals_alone,
)
from storage.facts.meetings import meetings, meetings_alone
from storage.facts.progress import feedback, feedback_alone, milestone, milestone_alone
from storage.facts.reading import Reading, begin
from storage.facts.series import (
    health,
    health_alone,
    measured,
    measured_alone,
    usage,
    usage_alone,
)
from storage.facts.support import support, support_alone
from storage.facts.window import Window

Reader = Callable[[Reading], Awaitable[pl.LazyFrame | None]]
"""Reads a group of facts, a row for each account that has any; None when no account has."""

ReaderAlone = Callable[[Alone], Awaitable[Record]]
"""Reads the same of one account; what it leaves out is not known."""

READERS: tuple[tuple[Reader, ReaderAlone], ...] = (
    (value, value_alone),
    (health, health_alone),
    (usage, usage_alone),
    (measured, measured_alone),
    (contact, contact_alone),
    (champion, champion_alone),
    (sponsor, sponsor_alone),
    (value_update, value_update_alone),
    (support, support_alone),
    (renewals, renewals_alone),
    (qbr, qbr_alone),
    (opportunity, opportunity_alone),
    (risk, risk_alone),
    (contract, contract_alone),
    (meetings, meetings_alone),
    (milestone, milestone_alone),
    (feedback, feedback_alone),
    (fading, fading_alone),
    (departments, departments_alone),
)


COUNTED = {
    "support": ("open_tickets", "urgent_tickets", "tickets_30d", "tickets_usual"),
    "opportunity": ("open_opportunities",),
    "risk": ("open_risks", "serious_risks", "critical_risks"),
}
"""What is zero for an account without rows, provided that the group's feed exists at all."""

DENIED = {"kickoff": "kickoff_booked", "feedback": "feedback_asked"}
"""What is false for an account without rows, provided that the feed would have told it."""


WHITE = "".join(
    one for one in map(chr, range(0x3001)) if one.isspace() and not "\x1c" <= one <= "\x1f"
)
"""What Polars strips from both ends of a word; Python on its own strips four more."""


async def read(session: AsyncSession, window: Window) -> pl.DataFrame:
    """Return the facts of the window's accounts: one row each, every column of the frame.

    The number of queries does not depend on the number of accounts.
    """
    book = Book(session, window, window.values)
    if window.scope.alone and window.accounts:
        return await _alone(book, window.accounts[0])
    reading = await begin(book)
    found = await account(book)
    groups = [group for reader, _ in READERS if (group := await reader(reading)) is not None]
    beside = [_beside(found.lazy(), group) for group in groups]
    named = found.with_columns(book.ids(found["id"])).lazy()
    whole = _complete(pl.concat([named, *beside], how="horizontal"))
    blank = pl.col(pl.String).str.strip_chars() == ""
    known = whole.with_columns(pl.when(~blank).then(pl.col(pl.String)).name.keep())
    return known.with_columns(
        *(column for group in COUNTED for column in _counted(group, reading.feeds)),
        *(column for group in DENIED for column in _denied(group, reading.feeds)),
    ).collect()


async def _alone(book: Book, account: str) -> pl.DataFrame:
    """Return the frame of one account, made of a dictionary instead of columns."""
    reading = await begin_alone(book, account)
    found = await account_alone(book)
    if found is None:
        return pl.DataFrame(schema=SCHEMA)
    for _, reader in READERS:
        found |= await reader(reading)
    known = {name: _unless_blank(found.get(name)) for name in SCHEMA}
    row = known | _counted_alone(known, reading.feeds) | _denied_alone(known, reading.feeds)
    return pl.DataFrame([tuple(row.values())], schema=SCHEMA, orient="row")


def _unless_blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip(WHITE) else value


def _counted_alone(known: Record, feeds: Feeds) -> Record:
    zeros = {
        name: known[name] or 0
        for group, names in COUNTED.items()
        for name in names
        if feeds.newest[group] is not None
    }
    days = {f"{group}_on": on for group in COUNTED if (on := feeds.newest[group])}
    return zeros | days


def _denied_alone(known: Record, feeds: Feeds) -> Record:
    found: Record = {}
    for group, name in DENIED.items():
        if feeds.denies(group):
            found[name] = known[name] or False
            found[f"{group}_on"] = known[f"{group}_on"] or feeds.newest[group]
    return found


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
