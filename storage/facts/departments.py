"""Which departments of an account use the product, and which one has people who do not."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta

import polars as pl

from storage.facts.alone import Alone
from storage.facts.columns import Record
from storage.facts.people import SPONSOR
from storage.facts.reading import Reading

ACTIVE_DAYS = 90
"""A department is active when somebody of it signed in within so many days."""


async def departments(reading: Reading) -> pl.LazyFrame:
    """Count each account's active departments, and name the largest one that is not active.

    Nothing is known where no sign-ins arrive. Executive sponsors are left out: they buy, and
    seldom sign in.
    """
    newest = reading.feeds.newest["champion"]
    since = reading.feeds.until("champion") - timedelta(days=ACTIVE_DAYS)
    seen = pl.col("signed_in") > datetime.combine(since, time(), UTC)
    users = pl.col("department").is_not_null() & pl.col("role").ne_missing(SPONSOR)
    counted = (
        reading.people.lazy()
        .filter(users & (newest is not None))
        .group_by("id", "department")
        .agg(pl.len().alias("people"), seen.any().alias("active"), pl.col("source").max())
    )
    largest = counted.sort("people", "department", descending=[True, False])
    return largest.group_by("id", maintain_order=True).agg(
        pl.col("active").sum().cast(pl.Int64).alias("departments_active"),
        pl.col("department").filter(~pl.col("active")).first().alias("idle_department"),
        pl.lit(newest, dtype=pl.Date).first().alias("departments_on"),
        pl.col("source").max().alias("departments_source"),
    )


async def departments_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    newest = reading.feeds.newest["champion"]
    users = [
        one for one in reading.people if one["department"] is not None and one["role"] != SPONSOR
    ]
    if newest is None or not users:
        return {}
    since = reading.feeds.until("champion") - timedelta(days=ACTIVE_DAYS)
    midnight = datetime.combine(since, time(), UTC)
    people = Counter(one["department"] for one in users)
    active = {
        one["department"] for one in users if one["signed_in"] and one["signed_in"] > midnight
    }
    idle = sorted(people.keys() - active, key=lambda name: (-people[name], name))
    return {
        "departments_active": len(active),
        "idle_department": next(iter(idle), None),
        "departments_on": newest,
        "departments_source": max(one["source"] for one in users),
    }
