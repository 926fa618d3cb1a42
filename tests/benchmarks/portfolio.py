"""A portfolio of any size with eighteen months of history, made of columns and not of objects.

The demo's stories cost a millisecond a row, which is too slow for millions of them. Rows come
in the order in which weekly exports would have brought them, so an account's rows lie far apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import polars as pl

WEEKS = 78
USAGE_DAYS = 60
ACCOUNTS_PER_CSM = 50

ACTIVITIES = (
    ("login", 6, 90),
    ("email", 3, 120),
    ("call", 1, 150),
    ("value_update", 1, 300),
)
"""Kinds of activity, how many of each an account has, and in how many days."""

Batch = tuple[str, pl.DataFrame]
"""A table's name and some of its rows."""


@dataclass(frozen=True)
class Portfolio:
    """So many accounts as of a day; the same numbers give the same rows."""

    accounts: int
    today: date

    def batches(self) -> Iterator[Batch]:
        """Return every row, table by table, so that what is referred to comes first."""
        yield "csms", self._people()
        yield "customers", self._customers()
        yield from self._health()
        yield from self._usage()
        yield from self._contacts()
        yield from self._activities()
        yield "meetings", self._meetings()
        yield "support_tickets", self._tickets()
        yield "contracts", self._contracts()
        yield "renewal_pipeline", self._renewals()
        yield "expansion_opportunities", self._opportunities()
        yield "risk_signals", self._risks()

    @cached_property
    def _dice(self) -> np.random.Generator:
        return np.random.default_rng(7)

    @cached_property
    def _ids(self) -> pl.Series:
        """Ids in no order, as imports give them."""
        mixed = np.random.default_rng(11).permutation(self.accounts)
        return pl.Series("id", [f"{n * 2654435761 % 2**32:08x}-{n:027d}" for n in mixed.tolist()])

    @cached_property
    def _owners(self) -> pl.Series:
        number = pl.Series(np.arange(self.accounts) // ACCOUNTS_PER_CSM)
        return pl.select(pl.format("csm-{}", number)).to_series()

    @cached_property
    def _with_champion(self) -> pl.Series:
        return self._customers_of(0.75)

    @cached_property
    def _mood(self) -> np.ndarray:
        """How the accounts fare: most are well, some are not."""
        return self._dice.beta(5, 2, self.accounts)

    def _people(self) -> pl.DataFrame:
        ids = self._owners.unique(maintain_order=True)
        return _rows(ids.len(), "csm").with_columns(
            ids.alias("id"),
            pl.format("CSM {}", ids).alias("name"),
            pl.format("{}@steward.example", ids).alias("email"),
            role=pl.lit("csm"),
            active=pl.lit(True),
        )

    def _customers(self) -> pl.DataFrame:
        signed_up = self._days(30, 1500)
        return _rows(self.accounts, "account").with_columns(
            self._ids.alias("id"),
            pl.format("Account {}", pl.int_range(pl.len())).alias("name"),
            self._owners.alias("csm_id"),
            pl.Series("segment", self._choice(["smb", "mid-market", "enterprise"], [5, 3, 2])),
            pl.Series("arr", self._dice.lognormal(10, 1, self.accounts).round(2)),
            signed_up.alias("signed_up_on"),
            currency=pl.lit("USD"),
            prospect=pl.lit(False),
        )

    def _health(self) -> Iterator[Batch]:
        level = 100 * self._mood
        weekday = self._dice.integers(0, 7, self.accounts)
        for week in reversed(range(WEEKS)):
            level = np.clip(level + self._dice.normal(0, 4, self.accounts), 5, 99)
            yield (
                "health_score_history",
                _rows(self.accounts, f"health-{week}").with_columns(
                    self._ids.alias("customer_id"),
                    self._before(week * 7 + weekday).alias("recorded_on"),
                    pl.Series("score", level.round(1)),
                ),
            )

    def _usage(self) -> Iterator[Batch]:
        seats = self._dice.integers(10, 400, self.accounts).astype(float)
        slope = self._dice.normal(0, 0.005, self.accounts)
        for ago in reversed(range(0, USAGE_DAYS, 4)):
            use = seats * np.clip(self._mood * (1 - slope * ago), 0.02, 1)
            yield "usage_metrics", self._measured("active_users", ago, use, seats)
            if ago % 12 == 0:
                use = 20 * np.clip(self._mood * 0.8, 0.05, 1)
                yield "usage_metrics", self._measured("feature_adoption", ago, use, 20 + 0 * use)

    def _measured(
        self, metric: str, ago: int, value: np.ndarray, licensed: np.ndarray
    ) -> pl.DataFrame:
        return _rows(self.accounts, f"{metric}-{ago}").with_columns(
            self._ids.alias("customer_id"),
            pl.lit(self.today - timedelta(days=ago)).alias("recorded_on"),
            pl.lit(metric).alias("metric"),
            pl.Series("value", value.round(0)),
            pl.Series("licensed", licensed),
        )

    def _contacts(self) -> Iterator[Batch]:
        others = (("executive_sponsor", self._customers_of(0.4)), ("user", self._customers_of(0.5)))
        for role, ids in (("champion", self._with_champion), *others):
            yield (
                "contacts",
                _rows(ids.len(), role).with_columns(
                    _person(role, ids).alias("id"),
                    ids.alias("customer_id"),
                    pl.format("Person {}", ids.str.head(8)).alias("name"),
                    role=pl.lit(role),
                    title=pl.lit("Head of Operations"),
                    department=pl.lit(f"The {role}s' department"),
                ),
            )

    def _activities(self) -> Iterator[Batch]:
        """Sign-ins of champions, conversations, and a value update here and there."""
        for kind, times, days in ACTIVITIES:
            for number in range(times):
                ids = self._with_champion if kind == "login" else self._ids
                yield (
                    "activities",
                    _rows(ids.len(), f"{kind}-{number}").with_columns(
                        ids.alias("customer_id"),
                        self._moments(ids.len(), 0, days).alias("occurred_at"),
                        pl.when(kind == "login").then(_person("champion", ids)).alias("contact_id"),
                        kind=pl.lit(kind),
                        subject=pl.lit("About the next steps"),
                    ),
                )

    def _meetings(self) -> pl.DataFrame:
        kinds = {
            "check_in": (0.8, 0, 120),
            "executive": (0.2, 0, 200),
            "qbr": (0.3, -90, 0),
            "qbr_prep": (0.2, -60, 0),
        }
        return pl.concat(
            [
                _rows(ids.len(), f"meeting-{kind}").with_columns(
                    ids.alias("customer_id"),
                    self._moments(ids.len(), start, end).alias("starts_at"),
                    title=pl.lit(kind),
                    kind=pl.lit(kind),
                    cancelled=pl.lit(False),
                )
                for kind, (share, start, end) in kinds.items()
                for ids in [self._customers_of(share)]
            ]
        )

    def _tickets(self) -> pl.DataFrame:
        of = np.repeat(np.arange(self.accounts), self._dice.poisson(2, self.accounts))
        opened = self._moments(of.size, 0, 240)
        took = pl.Series(self._dice.exponential(6 * 24 * 60, of.size).astype(int))
        closed = pl.select(opened + pl.duration(minutes=pl.lit(took))).to_series()
        done = pl.col("closed_at").dt.date() < self.today
        return (
            _rows(of.size, "ticket")
            .with_columns(
                self._ids.gather(of).alias("customer_id"),
                opened.alias("opened_at"),
                closed.alias("closed_at"),
                pl.Series(
                    "priority", self._choice(["normal", "high", "urgent"], [7, 2, 1], of.size)
                ),
                subject=pl.lit("The export does not finish"),
                escalated=pl.lit(False),
            )
            .with_columns(pl.when(done).then("closed_at"))
        )

    def _contracts(self) -> pl.DataFrame:
        ahead = self._dice.integers(5, 360, self.accounts)
        return _rows(self.accounts, "contract").with_columns(
            self._ids.alias("customer_id"),
            self._before(365 - ahead).alias("starts_on"),
            self._before(-ahead).alias("ends_on"),
            pl.Series("arr", self._dice.lognormal(10, 1, self.accounts).round(2)),
            currency=pl.lit("USD"),
            trial=pl.lit(False),
        )

    def _renewals(self) -> pl.DataFrame:
        ids = self._customers_of(0.5)
        return _rows(ids.len(), "renewal").with_columns(
            ids.alias("customer_id"),
            self._days(-300, 10, ids.len()).alias("renews_on"),
            opened_on=pl.lit(self.today - timedelta(days=60)),
        )

    def _opportunities(self) -> pl.DataFrame:
        ids = self._customers_of(0.2)
        return _rows(ids.len(), "opportunity").with_columns(
            ids.alias("customer_id"),
            self._days(0, 90, ids.len()).alias("opened_on"),
            pl.Series("amount", self._dice.lognormal(9, 1, ids.len()).round(2)),
            name=pl.lit("More seats"),
            kind=pl.lit("seats"),
        )

    def _risks(self) -> pl.DataFrame:
        ids = self._customers_of(0.15)
        severities = self._choice(["low", "high", "critical"], [5, 4, 1], ids.len())
        return _rows(ids.len(), "risk").with_columns(
            ids.alias("customer_id"),
            self._moments(ids.len(), 0, 90).alias("raised_at"),
            pl.Series("severity", severities),
            kind=pl.lit("competitor"),
            description=pl.lit("A competitor was named in a call."),
        )

    def _customers_of(self, share: float) -> pl.Series:
        return self._ids.filter(pl.Series(self._dice.random(self.accounts) < share))

    def _choice(self, words: list[str], odds: list[int], size: int | None = None) -> list[str]:
        share = np.array(odds) / sum(odds)
        picked = self._dice.choice(len(words), size or self.accounts, p=share)
        return [words[n] for n in picked.tolist()]

    def _before(self, days: np.ndarray) -> pl.Series:
        return pl.select(pl.lit(self.today) - pl.duration(days=pl.lit(pl.Series(days)))).to_series()

    def _days(self, start: int, end: int, size: int | None = None) -> pl.Series:
        return self._before(self._dice.integers(start, end, size or self.accounts))

    def _moments(self, size: int, start: int, end: int) -> pl.Series:
        """Moments between so many days ago; negative days are to come."""
        minutes = pl.Series(self._dice.integers(start * 1440 + 1, end * 1440, size))
        midnight = pl.lit(self.today).cast(pl.Datetime("us", "UTC"))
        return pl.select(midnight - pl.duration(minutes=pl.lit(minutes))).to_series()


def _person(role: str, ids: pl.Series) -> pl.Expr:
    """Return the id of the person in a role at each of these accounts."""
    return pl.format("{}-{}", pl.lit(role), ids.str.head(8))


def _rows(size: int, prefix: str) -> pl.DataFrame:
    """Return so many rows with an id of the usual length and an origin."""
    number = pl.int_range(size).cast(pl.String).str.zfill(35 - len(prefix))
    return pl.select(pl.format("{}-{}", pl.lit(prefix), number).alias("id")).with_columns(
        pl.col("id").alias("source_id"), source=pl.lit("bench")
    )
