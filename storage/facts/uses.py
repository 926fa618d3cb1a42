"""The mean use of late and before, by account, metric and source: of fortnights and of months."""

from typing import Any

import polars as pl
from sqlalchemy import Select, and_, case, func, or_, select

from storage.facts.columns import Book
from storage.facts.window import Scope
from storage.tables import Usage, table

USAGE = table(Usage)

ACTIVE_USERS = "active_users"
FEATURE_ADOPTION = "feature_adoption"

WHOLE = (ACTIVE_USERS, FEATURE_ADOPTION, "usage")
"""The metrics that speak of the product as a whole, and of no feature."""

EDGES = (14, 28, 56)
"""Where the fortnight, the one before, and the four weeks before them end, in days back."""


async def uses(book: Book) -> pl.DataFrame:
    """Read the means `now.14` and `then.14`, `now.28` and `then.28`, and how many rows each has.

    `on` is the newest day looked at: of four weeks, and of single features of eight. Feature
    adoption is a share, and left out.
    """
    types = {f"sum.{days}": pl.Float64() for days in EDGES}
    counts = {f"rows.{days}": pl.Int64() for days in EDGES}
    names = ("id", "metric", "source", "on", *types, *counts)
    found = await book.rows(_sums, *names, on=pl.Date(), **types, **counts)
    spans = {
        "now.14": ("14",),
        "then.14": ("28",),
        "now.28": ("14", "28"),
        "then.28": ("56",),
    }
    return found.select(
        *("id", "metric", "source", "on"),
        *(_total("rows", of).alias(f"rows_{name}") for name, of in spans.items()),
        *((_total("sum", of) / _total("rows", of)).alias(name) for name, of in spans.items()),
    )


def _total(name: str, of: tuple[str, ...]) -> pl.Expr:
    return pl.sum_horizontal([pl.col(f"{name}.{days}") for days in of])


def _sums(window: Scope) -> Select[Any]:
    on = USAGE.c.recorded_on
    fortnight, four_weeks, eight_weeks = (window.before(days) for days in EDGES)
    values = [
        case((on > fortnight, USAGE.c.value)),
        case((and_(on <= fortnight, on > four_weeks), USAGE.c.value)),
        case((on <= four_weeks, USAGE.c.value)),
    ]
    return (
        select(
            USAGE.c.customer_id,
            USAGE.c.metric,
            USAGE.c.source,
            func.max(on),
            *(func.sum(one) for one in values),
            *(func.count(one) for one in values),
        )
        .where(
            USAGE.c.customer_id.in_(window.customers),
            USAGE.c.metric != FEATURE_ADOPTION,
            on > eight_weeks,
            on <= window.day,
            or_(on > four_weeks, USAGE.c.metric.not_in(WHOLE)),
        )
        .group_by(USAGE.c.customer_id, USAGE.c.metric, USAGE.c.source)
    )
