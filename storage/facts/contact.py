"""Who was in touch, and when: meetings, calls, e-mails and sign-ins."""

from datetime import date

import polars as pl

from storage.facts.alone import Alone, day_of, days, first, latest, newest_first, nulls_last
from storage.facts.columns import Record, first_of_each
from storage.facts.people import CHAMPION, SPONSOR
from storage.facts.reading import Reading


async def contact(reading: Reading) -> pl.LazyFrame:
    """Read the days since the last meeting, call or e-mail."""
    met = reading.calendar.lazy().select("id", "held", "source")
    known = met.join(reading.talks.lazy(), on="id", how="full", coalesce=True)
    last = known.with_columns(pl.max_horizontal("held", "talked").dt.date().alias("on"))
    return last.drop_nulls("on").select(
        "id",
        pl.max_horizontal("source", "talked_source").alias("contact_source"),
        _days("on", reading.feeds.until("contact")).alias("days_since_contact"),
        pl.lit(reading.feeds.newest["contact"], dtype=pl.Date).alias("contact_on"),
    )


async def contact_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    on = day_of(latest(reading.calendar["held"], reading.talks["talked"]))
    if on is None:
        return {}
    return {
        "contact_source": latest(reading.calendar["source"], reading.talks["talked_source"]),
        "days_since_contact": days(reading.feeds.until("contact"), on),
        "contact_on": reading.feeds.newest["contact"],
    }


async def champion(reading: Reading) -> pl.LazyFrame:
    """Read each account's champion and the days since they signed in."""
    named = _in_role(reading, CHAMPION, "signed_in")
    known = pl.col("on").is_not_null()
    return named.select(
        "id",
        pl.col("person").alias("champion"),
        pl.col("title").alias("champion_title"),
        _days("on", reading.feeds.until("champion")).alias("champion_silent_days"),
        pl.when(known)
        .then(pl.lit(reading.feeds.newest["champion"], dtype=pl.Date))
        .alias("champion_on"),
        pl.col("source").alias("champion_source"),
    )


async def champion_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    one = _one_in_role(reading, CHAMPION, "signed_in")
    if one is None:
        return {}
    on = day_of(one["signed_in"])
    return {
        "champion": one["person"],
        "champion_title": one["title"],
        "champion_silent_days": days(reading.feeds.until("champion"), on),
        "champion_on": on and reading.feeds.newest["champion"],
        "champion_source": one["source"],
    }


async def sponsor(reading: Reading) -> pl.LazyFrame:
    """Read each account's executive sponsor and the days since contact with them."""
    named = _in_role(reading, SPONSOR, "in_touch")
    met = reading.calendar.lazy().select("id", pl.col("executive").dt.date().alias("met"))
    return (
        named.join(met, on="id", how="left")
        .with_columns(pl.max_horizontal("on", "met").alias("on"))
        .select(
            "id",
            pl.col("person").alias("sponsor"),
            _days("on", reading.feeds.until("contact")).alias("sponsor_silent_days"),
            pl.col("on").fill_null(reading.window.day).alias("sponsor_on"),
            pl.col("source").alias("sponsor_source"),
        )
    )


async def sponsor_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    one = _one_in_role(reading, SPONSOR, "in_touch")
    if one is None:
        return {}
    on = day_of(latest(one["in_touch"], reading.calendar["executive"]))
    return {
        "sponsor": one["person"],
        "sponsor_silent_days": days(reading.feeds.until("contact"), on),
        "sponsor_on": on or reading.window.day,
        "sponsor_source": one["source"],
    }


async def value_update(reading: Reading) -> pl.LazyFrame:
    """Read the days since the last value update."""
    found = (
        reading.talks.lazy()
        .drop_nulls("valued")
        .select(
            "id",
            pl.col("valued").dt.date().alias("value_update_on"),
            pl.col("valued_source").alias("value_update_source"),
        )
    )
    return found.with_columns(
        _days("value_update_on", reading.feeds.until("contact")).alias("days_since_value_update")
    )


async def value_update_alone(reading: Alone) -> Record:
    """Read the same of one account."""
    on = day_of(reading.talks["valued"])
    if on is None:
        return {}
    return {
        "value_update_on": on,
        "value_update_source": reading.talks["valued_source"],
        "days_since_value_update": days(reading.feeds.until("contact"), on),
    }


def _in_role(reading: Reading, role: str, seen: str) -> pl.LazyFrame:
    """Return, for each account, who holds a role, and `on` which day they were last seen.

    Where several do, the one seen last counts.
    """
    found = reading.people.filter(pl.col("role") == role)
    one = first_of_each(found, seen, "person", descending=[True, False], nulls_last=True)
    return one.with_columns(pl.col(seen).dt.date().alias("on"))


def _one_in_role(reading: Alone, role: str, seen: str) -> Record | None:
    """Return who holds a role at one account."""
    found = (one for one in reading.people if one["role"] == role)
    return first(found, newest_first(seen), nulls_last("person"))


def _days(column: str, until: date) -> pl.Expr:
    return (pl.lit(until) - pl.col(column)).dt.total_days()
