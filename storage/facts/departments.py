"""Which departments of an account use the product, and which one has people who do not."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import polars as pl
from sqlalchemy import Exists, Select, case, func, or_, select

from storage.facts.columns import rows
from storage.facts.reading import Reading
from storage.facts.window import Window
from storage.tables import Activity, Contact, table

ACTIVITIES = table(Activity)
CONTACTS = table(Contact)

ACTIVE_DAYS = 90
"""A department is active when somebody of it signed in within so many days."""


async def departments(reading: Reading) -> pl.DataFrame:
    """Count each account's active departments, and name the largest one that is not active.

    Nothing is known where no sign-ins arrive. Executive sponsors are left out: they buy, and
    seldom sign in.
    """
    newest = reading.feeds.newest["champion"]
    names = ("id", "department", "people", "active", "departments_source")
    counts = {"people": pl.Int64, "active": pl.Int64}
    found = await rows(reading.session, _people(reading), *names, **counts)
    known = found.filter(newest is not None).sort("people", "department", descending=[True, False])
    active = pl.col("active") > 0
    return known.group_by("id", maintain_order=True).agg(
        active.sum().cast(pl.Int64).alias("departments_active"),
        pl.col("department").filter(~active).first().alias("idle_department"),
        pl.lit(newest, dtype=pl.Date).first().alias("departments_on"),
        pl.col("departments_source").max(),
    )


def _people(reading: Reading) -> Select[Any]:
    """Count the people of each department, and those of them who signed in."""
    window = reading.window
    seen = _signed_in(window, reading.feeds.until("champion") - timedelta(days=ACTIVE_DAYS))
    return (
        select(
            CONTACTS.c.customer_id,
            CONTACTS.c.department,
            func.count(),
            func.count(case((seen, 1))),
            func.max(CONTACTS.c.source),
        )
        .where(
            window.of(CONTACTS.c.customer_id),
            CONTACTS.c.department.is_not(None),
            or_(CONTACTS.c.role.is_(None), CONTACTS.c.role != "executive_sponsor"),
            or_(CONTACTS.c.joined_on.is_(None), CONTACTS.c.joined_on <= window.day),
            or_(CONTACTS.c.left_on.is_(None), CONTACTS.c.left_on > window.day),
        )
        .group_by(CONTACTS.c.customer_id, CONTACTS.c.department)
    )


def _signed_in(window: Window, since: date) -> Exists:
    return (
        select(ACTIVITIES.c.contact_id)
        .where(
            ACTIVITIES.c.contact_id == CONTACTS.c.id,
            ACTIVITIES.c.kind == "login",
            ACTIVITIES.c.occurred_at > datetime.combine(since, time(), UTC),
            ACTIVITIES.c.occurred_at <= window.as_of,
        )
        .exists()
    )
