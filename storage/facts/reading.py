"""What the readers of all groups are handed: a session, the accounts and moment, shared rows."""

from dataclasses import dataclass

import polars as pl

from storage.facts.columns import Book
from storage.facts.contracts import RUNNING
from storage.facts.feeds import Feeds, feeds
from storage.facts.people import PEOPLE
from storage.facts.talks import CALENDAR, TALKS
from storage.facts.uses import SUMS, means
from storage.facts.window import Window


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One reading of the facts.

    What several readers look at is read once: the running `contracts`, and of each account the
    newest meetings (`calendar`) and conversations (`talks`), its `people` and its mean `uses`.
    """

    book: Book
    feeds: Feeds
    contracts: pl.DataFrame
    calendar: pl.DataFrame
    talks: pl.DataFrame
    people: pl.DataFrame
    uses: pl.DataFrame

    @property
    def window(self) -> Window:
        """The accounts in question and the moment."""
        return self.book.window


async def begin(book: Book) -> Reading:
    """Read what the readers share."""
    return Reading(
        book=book,
        feeds=await feeds(book.session, book.window.as_of),
        contracts=await book.rows(RUNNING),
        calendar=await book.rows(CALENDAR),
        talks=await book.rows(TALKS),
        people=await book.rows(PEOPLE),
        uses=means(await book.rows(SUMS)),
    )
