"""Puts the facts frame together, one group of facts after the other."""

from collections.abc import Awaitable, Callable

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from core.facts import SCHEMA
from storage.facts.account import account, value
from storage.facts.contact import champion, contact, sponsor, value_update
from storage.facts.growth import opportunity, risk
from storage.facts.lifecycle import qbr, renewals
from storage.facts.series import health, shares, usage
from storage.facts.support import support
from storage.facts.window import Window

Reader = Callable[[AsyncSession, Window], Awaitable[pl.DataFrame]]

READERS: tuple[Reader, ...] = (
    value,
    health,
    usage,
    shares,
    contact,
    champion,
    sponsor,
    value_update,
    support,
    renewals,
    qbr,
    opportunity,
    risk,
)


async def read(session: AsyncSession, window: Window) -> pl.DataFrame:
    """Return the facts of the window's accounts: one row each, every column of the frame.

    The number of queries does not depend on the number of accounts.
    """
    found = await account(session, window)
    for reader in READERS:
        found = found.join(await reader(session, window), on="id", how="left")
    missing = [
        pl.lit(None, dtype).alias(n) for n, dtype in SCHEMA.items() if n not in found.columns
    ]
    blank = pl.col(pl.String).str.strip_chars() == ""
    found = found.with_columns(pl.when(~blank).then(pl.col(pl.String)).name.keep())
    return found.with_columns(missing).select(list(SCHEMA)).cast(pl.Schema(SCHEMA))
