"""The newest rows of each account up to a day, each found by one step down an index."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, FromClause, and_, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage.facts.window import CUSTOMERS, Window

Conditions = Callable[[FromClause], Iterable[ColumnElement[bool]]]
"""What rows must meet, given the table or another name of it."""


def newest(
    of: FromClause, window: Window, conditions: Conditions = lambda _: ()
) -> ColumnElement[bool]:
    """Join each account with its rows of the newest day, of those that meet the conditions.

    A step down an index for each account is many times faster than the maximum of all history.
    Begin with the accounts, and join outwards: then no database begins with the history instead.
    """
    earlier = of.alias()
    last = (
        select(earlier.c.recorded_on)
        .where(
            earlier.c.customer_id == CUSTOMERS.c.id,
            earlier.c.recorded_on <= window.day,
            *conditions(earlier),
        )
        .order_by(earlier.c.recorded_on.desc())
        .limit(1)
        .correlate(CUSTOMERS)
        .scalar_subquery()
    )
    of_account = of.c.customer_id == CUSTOMERS.c.id
    return and_(of_account, of.c.recorded_on == last, *conditions(of))


class _Earlier(FunctionElement[date]):
    """A day so many days before another one; each database has its own way of counting back."""

    type = Date()
    inherit_cache = True


def earlier(day: ColumnElement[date], days: int) -> ColumnElement[date]:
    """Return the day that lies `days` before a column's."""
    return _Earlier(day, literal(days))


@compiles(_Earlier)
def _on_servers(element: _Earlier, compiler: SQLCompiler, **options: Any) -> str:
    day, days = element.clauses
    return f"({compiler.process(day, **options)} - {compiler.process(days, **options)})"


@compiles(_Earlier, "sqlite")
def _in_files(element: _Earlier, compiler: SQLCompiler, **options: Any) -> str:
    day, days = element.clauses
    back = f"'-' || {compiler.process(days, **options)} || ' days'"
    return f"date({compiler.process(day, **options)}, {back})"
