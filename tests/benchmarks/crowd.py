"""Facts of any number of accounts, made of random numbers as a portfolio would have them."""

from datetime import date

import numpy as np
import polars as pl

from core.facts import FACTS, GROUPS, SCHEMA, Fact

RANGES = {
    "health": (20, 100),
    "health_was": (20, 100),
    "health_change_7d": (-18, 12),
    "health_change_30d": (-30, 20),
    "usage_change": (-40, 40),
    "fading_change": (-60, 0),
    "open_tickets": (0, 5),
    "urgent_tickets": (0, 2),
    "tickets_30d": (0, 4),
    "tickets_usual": (0, 3),
    "open_risks": (0, 2),
    "serious_risks": (0, 2),
    "critical_risks": (0, 2),
    "open_opportunities": (0, 2),
    "days_as_customer": (5, 1500),
    "days_to_renewal": (0, 365),
    "champion_silent_days": (0, 30),
    "days_since_contact": (0, 50),
}
"""Between which numbers a fact lies; days up to 200, shares up to 1 where nothing is said."""

KNOWN = 0.85
"""The share of accounts of which a fact is known."""

ACCOUNTS_PER_CSM = 50


def crowd(accounts: int, today: date, *, seed: int = 7) -> pl.DataFrame:
    """Return the facts frame of so many accounts."""
    dice = np.random.default_rng(seed)
    columns = {fact.name: _column(fact, accounts, today, dice) for fact in FACTS}
    for group in GROUPS:
        columns[f"{group.name}_on"] = _days_ago(dice.integers(0, 40, accounts), today)
        columns[f"{group.name}_source"] = pl.repeat("bench", accounts, eager=True)
    number = pl.int_range(accounts, eager=True)
    owner = pl.select(pl.format("csm-{}", number // ACCOUNTS_PER_CSM)).to_series()
    found = pl.DataFrame(columns).with_columns(
        pl.format("account-{}-{}", pl.lit(seed), number).alias("id"),
        pl.format("Account {}", number).alias("name"),
        owner.alias("owner_id"),
        (number % 3).replace_strict({0: "smb", 1: "mid-market", 2: "enterprise"}).alias("segment"),
        pl.Series("arr_rank", dice.random(accounts)),
    )
    return found.select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())


def _column(fact: Fact, accounts: int, today: date, dice: np.random.Generator) -> pl.Series:
    known = pl.Series(dice.random(accounts) < KNOWN)
    values = _values(fact, accounts, today, dice)
    return pl.select(pl.when(known).then(values)).to_series()


def _values(fact: Fact, accounts: int, today: date, dice: np.random.Generator) -> pl.Series:
    low, high = RANGES.get(fact.name, (0, 1 if fact.unit == "share" else 200))
    if fact.dtype == pl.String:
        return pl.repeat(f"Some {fact.name}", accounts, eager=True)
    if fact.dtype == pl.Boolean:
        return pl.Series(dice.random(accounts) < 0.5)
    if fact.dtype == pl.Date:
        return _days_ago(-dice.integers(0, 200, accounts), today)
    if fact.dtype == pl.Int64:
        return pl.Series(dice.integers(low, high + 1, accounts))
    return pl.Series(dice.uniform(low, high, accounts))


def _days_ago(days: np.ndarray, today: date) -> pl.Series:
    return pl.Series(np.datetime64(today) - days.astype("timedelta64[D]")).cast(pl.Date)
