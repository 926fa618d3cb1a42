"""The mean use of late and before, by account, metric and source: of fortnights and of months."""

from collections.abc import Iterable
from typing import Any

import polars as pl
from sqlalchemy import Select, and_, func, or_, select

from storage.facts.columns import Record, query
from storage.facts.window import Scope
from storage.tables import Usage, table

USAGE = table(Usage)

ACTIVE_USERS = "active_users"
FEATURE_ADOPTION = "feature_adoption"

WHOLE = (ACTIVE_USERS, FEATURE_ADOPTION, "usage")
"""The metrics that speak of the product as a whole, and of no feature."""

EDGES = (14, 28, 56)
"""Where the fortnight, the one before, and the four weeks before them end, in days back."""


SPANS = {"now.14": (14,), "then.14": (28,), "now.28": (14, 28), "then.28": (56,)}
"""The means that are compared, and the edges of the sums that each is made of."""


def means(sums: pl.DataFrame) -> pl.DataFrame:
    """Turn sums into the means of SPANS, and `rows_...` that say how many rows each has."""
    return sums.select(
        *("id", "metric", "source", "on"),
        *(_total("rows", of).alias(f"rows_{name}") for name, of in SPANS.items()),
        *((_total("sum", of) / _total("rows", of)).alias(name) for name, of in SPANS.items()),
    )


def means_alone(sums: Iterable[Record]) -> list[Record]:
    """Do the same for the rows of one account; where there are none, there is no mean."""
    return [one | _means(one) for one in sums]


def _means(one: Record) -> Record:
    found: Record = {}
    for name, of in SPANS.items():
        rows = sum(one[f"rows.{days}"] for days in of)
        found[f"rows_{name}"] = rows
        found[name] = sum(one[f"sum.{days}"] or 0.0 for days in of) / rows if rows else None
    return found


def _total(name: str, of: tuple[int, ...]) -> pl.Expr:
    return pl.sum_horizontal([pl.col(f"{name}.{days}") for days in of])


def _sums(window: Scope) -> Select[Any]:
    on = USAGE.c.recorded_on
    fortnight, four_weeks, eight_weeks = (window.before(days) for days in EDGES)
    # Compared one by one, they are told apart in half the time that a list takes.
    of_feature = and_(*(USAGE.c.metric != whole for whole in WHOLE))
    spans = (on > fortnight, and_(on <= fortnight, on > four_weeks), on <= four_weeks)
    return (
        select(
            USAGE.c.customer_id,
            USAGE.c.metric,
            USAGE.c.source,
            func.max(on).filter(of_feature),
            *(func.sum(USAGE.c.value).filter(span) for span in spans),
            *(func.count().filter(span) for span in spans),
        )
        .where(
            USAGE.c.customer_id.in_(window.customers),
            USAGE.c.metric != FEATURE_ADOPTION,
            on > eight_weeks,
            on <= window.day,
            or_(on > four_weeks, of_feature),
        )
        .group_by(USAGE.c.customer_id, USAGE.c.metric, USAGE.c.source)
    )


SUMS = query(
    _sums,
    *("id", "metric", "source", "on"),
    *(f"{of}.{days}" for of in ("sum", "rows") for days in EDGES),
    on=pl.Date,
    **{f"sum.{days}": pl.Float64 for days in EDGES},
    **{f"rows.{days}": pl.Int64 for days in EDGES},
)
"""Of each account, metric and source the sums up to each edge, and how many rows they have.

Those of single features reach back eight weeks, others four, and `on` is their newest day. Feature
adoption is a share, and left out.
"""
