"""What the readers of all groups are handed: a session, the accounts and moment, shared rows."""

from dataclasses import dataclass

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from storage.facts.contracts import contracts
from storage.facts.feeds import Feeds, feeds
from storage.facts.people import people
from storage.facts.talks import calendar, talks
from storage.facts.uses import uses
from storage.facts.window import Window


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One reading of the facts.

    What several readers look at is read once: the running `contracts`, and of each account the
    newest meetings (`calendar`) and conversations (`talks`), its `people` and its mean `uses`.
    """

    session: AsyncSession
    window: Window
    feeds: Feeds
    contracts: pl.DataFrame
    calendar: pl.DataFrame
    talks: pl.DataFrame
    people: pl.DataFrame
    uses: pl.DataFrame


async def begin(session: AsyncSession, window: Window) -> Reading:
    """Read what the readers share."""
    return Reading(
        session=session,
        window=window,
        feeds=await feeds(session, window.as_of),
        contracts=await contracts(session, window),
        calendar=await calendar(session, window),
        talks=await talks(session, window),
        people=await people(session, window),
        uses=await uses(session, window),
    )
