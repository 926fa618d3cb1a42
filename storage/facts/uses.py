"""The mean use of late and before, by account, metric and source: of fortnights and of months."""

from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Select, and_, case, func, select

from storage.facts.columns import Book
from storage.facts.window import Scope
from storage.tables import Usage, table

USAGE = table(Usage)

FEATURE_ADOPTION = "feature_adoption"

SPANS = (14, 28)
"""Days that are compared with as many days before them."""


async def uses(book: Book) -> pl.DataFrame:
    """Read for each span the means `now.14` and `then.14`, and how many rows they are made of.

    `on` is the newest day of the last eight weeks. Feature adoption is a share, and left out.
    """
    means = [f"{name}.{days}" for days in SPANS for name in ("now", "then")]
    counts = [f"{name}.{days}" for days in SPANS for name in ("rows_now", "rows_then")]
    types = dict.fromkeys(means, pl.Float64()) | dict.fromkeys(counts, pl.Int64())
    names = ("id", "metric", "source", "on", *means, *counts)
    return await book.rows(_means, *names, on=pl.Date(), **types)


def _means(window: Scope) -> Select[Any]:
    late = [one for days in SPANS for one in _now_and_then(window, days)]
    return (
        select(
            USAGE.c.customer_id,
            USAGE.c.metric,
            USAGE.c.source,
            func.max(USAGE.c.recorded_on),
            *(func.avg(one) for one in late),
            *(func.count(one) for one in late),
        )
        .where(
            USAGE.c.customer_id.in_(window.customers),
            USAGE.c.metric != FEATURE_ADOPTION,
            USAGE.c.recorded_on > window.before(2 * max(SPANS)),
            USAGE.c.recorded_on <= window.day,
        )
        .group_by(USAGE.c.customer_id, USAGE.c.metric, USAGE.c.source)
    )


def _now_and_then(window: Scope, days: int) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    on, value = USAGE.c.recorded_on, USAGE.c.value
    middle, start = (window.before(count) for count in (days, 2 * days))
    return case((on > middle, value)), case((and_(on <= middle, on > start), value))
