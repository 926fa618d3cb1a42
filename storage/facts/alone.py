"""What the readers of one account are handed, and the little arithmetic that they share.

For one account a frame's columns hold one value each, and what Polars does before it looks at it
takes many times longer than plain Python. So every group is read in two ways, which stand side by
side: of many accounts as columns, and of one alone as a dictionary. A test holds them to the same
values.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from storage.facts.columns import Book, Record
from storage.facts.contracts import RUNNING
from storage.facts.feeds import Feeds, feeds
from storage.facts.people import PEOPLE
from storage.facts.talks import CALENDAR, TALKS
from storage.facts.uses import SUMS, means_alone
from storage.facts.window import Window

Price = tuple[float, str]
"""A yearly amount and its currency."""


@dataclass(frozen=True, slots=True, eq=False)
class Alone:
    """One reading of one account, with the rows that several readers look at.

    `account` is its id, `contracts` are its running ones, and `prices` what each of its owner's
    accounts has agreed on, also this one: amounts and their currencies.
    """

    book: Book
    account: str
    feeds: Feeds
    contracts: Sequence[Record]
    prices: Mapping[str, Sequence[Price]]
    calendar: Record
    talks: Record
    people: Sequence[Record]
    uses: Sequence[Record]

    @property
    def window(self) -> Window:
        """The account in question and the moment."""
        return self.book.window


async def begin_alone(book: Book, account: str) -> Alone:
    """Read what the readers share."""
    far = await feeds(book.session, book.window.as_of)
    running = await book.found(RUNNING)
    return Alone(
        book=book,
        account=account,
        feeds=far,
        contracts=[RUNNING.record(one) for one in running if one[0] == account],
        prices=_prices(running),
        calendar=await book.record(CALENDAR),
        talks=await book.record(TALKS),
        people=await book.records(PEOPLE),
        uses=means_alone(await book.records(SUMS)),
    )


def _prices(running: Iterable[Sequence[Any]]) -> dict[str, list[Price]]:
    """Return the prices of each account; of an owner's many accounts nothing else is looked at."""
    found: dict[str, list[Price]] = {}
    for account, _, _, arr, currency, _ in running:
        if arr is not None:
            found.setdefault(account, []).append((arr, currency))
    return found


def first(found: Iterable[Record], *by: Callable[[Record], Any]) -> Record | None:
    """Return the first row in an order; `by` are keys, the most important first."""
    return min(found, key=lambda one: tuple(key(one) for key in by), default=None)


def nulls_first(name: str) -> Callable[[Record], Any]:
    """Order by a column, what is not known before everything else."""
    return lambda one: (one[name] is not None, one[name] or "")


def nulls_last(name: str) -> Callable[[Record], Any]:
    """Order by a column of words, what is not known after everything else."""
    return lambda one: (one[name] is None, one[name] or "")


def newest_first(name: str) -> Callable[[Record], Any]:
    """Order by a column of moments, the newest first and what is not known last."""
    return lambda one: (0, -one[name].timestamp()) if one[name] else (1, 0.0)


def latest(*known: Any) -> Any:
    """Return the largest of what is known; None where nothing is."""
    return max((one for one in known if one is not None), default=None)


def day_of(moment: datetime | None) -> date | None:
    """Return the UTC day of a moment."""
    return moment and moment.date()


def days(until: date | None, since: date | None) -> int | None:
    """Count the days from one day to another; None where one of them is not known."""
    return None if until is None or since is None else (until - since).days
