"""From rows of a database to columns of Polars, without looking at single values where it can."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import islice
from typing import Any

import polars as pl
from polars._typing import PolarsDataType
from sqlalchemy import Executable, Select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import NULLTYPE

from core.facts import SCHEMA
from storage.facts.window import Scope, Window

MOMENT = pl.Datetime("us", "UTC")
"""The type of a column of moments."""


FEW = 100
"""Up to so many values, Python reads words faster than Polars, which begins to hurry later."""

Build = Callable[[Scope], Select[Any]]
"""How a statement is made for a kind of window."""

Record = dict[str, Any]
"""A row by its columns' names, with values as Python knows them."""


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A statement, what its columns are called and hold, and how to read those that need it."""

    build: Build
    schema: Mapping[str, PolarsDataType]
    reads: Mapping[str, Callable[[Any], Any]]

    def record(self, values: Sequence[Any]) -> Record:
        """Return one of its rows, with days, moments and booleans as Python has them."""
        found = dict(zip(self.schema, values, strict=True))
        for name, read in self.reads.items():
            if found[name] is not None:
                found[name] = read(found[name])
        return found


def query(build: Build, *names: str, **types: PolarsDataType) -> Query:
    """Return a statement with its columns under `names`.

    Types are those of the facts frame; `types` gives those of columns that it does not have.
    """
    schema = {name: types.get(name) or SCHEMA.get(name, pl.String()) for name in names}
    reads = {name: read for name, dtype in schema.items() for of, read in _READ if dtype == of}
    return Query(build, schema, reads)


class Keys(dict[str, int]):
    """A number for each account: ids are long words, by which Polars joins many times slower."""

    def __missing__(self, id: str) -> int:
        self[id] = key = len(self)
        return key


@dataclass(frozen=True, slots=True)
class Book:
    """The accounts of a window, to read columns of.

    `values` are what its statements are given. In its columns `id` is not an account's id but its
    number among the `keys`.
    """

    session: AsyncSession
    window: Window
    values: Mapping[str, object]
    keys: Keys = field(default_factory=Keys)

    def given(self, **values: object) -> "Book":
        """Return it with the values of parameters that the window does not give."""
        return replace(self, values={**self.values, **values})

    async def rows(self, asked: Query) -> pl.DataFrame:
        """Run a statement and return its columns."""
        with _without_collecting():
            found = await self.found(asked)
            columns = zip(*found, strict=True) if found else ((),) * len(asked.schema)
            named = zip(asked.schema.items(), columns, strict=True)
            return pl.DataFrame([self._series(*name, values) for name, values in named])

    def ids(self, keys: pl.Series) -> pl.Series:
        """Return the ids of numbered accounts."""
        return pl.Series("id", list(self.keys), pl.String).gather(keys)

    def _series(self, name: str, dtype: PolarsDataType, values: Sequence[Any]) -> pl.Series:
        if name == "id":
            return pl.Series(name, [self.keys[id] for id in values], pl.UInt32)
        return _series(name, values, dtype)

    async def records(self, asked: Query) -> list[Record]:
        """Run a statement that finds few rows, and return them one by one."""
        return [asked.record(one) for one in await self.found(asked)]

    async def record(self, asked: Query) -> Record:
        """Run a statement that finds one row or none; of none, nothing is known."""
        found = await self.records(asked)
        return found[0] if found else dict.fromkeys(asked.schema)

    async def found(self, asked: Query) -> Sequence[Any]:
        """Run a statement and return its rows as the driver gives them."""
        statement = _made(asked.build, self.window.scope)
        return (await self.session.execute(statement, self.values)).all()


def first_of_each(
    found: pl.DataFrame,
    *by: pl.Expr | str,
    descending: bool | Sequence[bool] = False,
    nulls_last: bool = False,
) -> pl.LazyFrame:
    """Keep one row of each account, the first in an order; nothing is sorted where each has one.

    Of rows that the order does not tell apart it is the one that was read first.
    """
    if found["id"].n_unique() == found.height:
        return found.lazy()
    ordered = found.lazy().sort(
        *by, descending=descending, nulls_last=nulls_last, maintain_order=True
    )
    return ordered.unique("id", keep="first", maintain_order=True)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no garbage while many rows come in: they hold no cycles, and all are looked at."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def _made(build: Build, scope: Scope) -> Executable:
    """Make a statement once: that takes longer than to run it for one account.

    Values come as the driver gives them, for SQLAlchemy would convert them one by one.
    """
    statement = build(scope)
    kept = [type_coerce(column, NULLTYPE) for column in statement.selected_columns]
    return statement.with_only_columns(*kept, maintain_column_froms=True)


def _series(name: str, values: Sequence[Any], dtype: PolarsDataType) -> pl.Series:
    """Make a column; of SQLite days and moments come as words, and booleans as numbers."""
    if dtype == pl.Boolean:
        return pl.Series(name, [one if one is None else bool(one) for one in values], dtype)
    if dtype in (pl.Date, MOMENT) and _are_words(values):
        if len(values) <= FEW:
            read = date.fromisoformat if dtype == pl.Date else _moment
            values = [one and read(one) for one in values]
        else:
            words = pl.Series(name, values, pl.String)
            return words.str.to_date("%F") if dtype == pl.Date else _moments(words)
    if dtype == MOMENT:
        # Polars takes in numbers seven times faster than moments with a zone.
        micros = [one and round(one.timestamp() * 1_000_000) for one in values]
        return pl.Series(name, micros, pl.Int64).cast(dtype)
    return pl.Series(name, values, dtype)


def _are_words(values: Sequence[Any]) -> bool:
    known = (one for one in values if one is not None)
    return any(isinstance(one, str) for one in islice(known, 1))


def _moment(word: str) -> datetime:
    return datetime.fromisoformat(word).replace(tzinfo=UTC)


def _moments(words: pl.Series) -> pl.Series:
    return words.str.to_datetime("%F %T%.f", time_unit="us", time_zone="UTC")


_READ: tuple[tuple[PolarsDataType, Callable[[Any], Any]], ...] = (
    (pl.Boolean, bool),
    (pl.Date, lambda one: date.fromisoformat(one) if isinstance(one, str) else one),
    (MOMENT, lambda one: _moment(one) if isinstance(one, str) else one),
)
"""How a value is read that SQLite keeps as a word or a number."""
