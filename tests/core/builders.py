"""Accounts and recommendations for tests, with believable values wherever none are given."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import polars as pl

from core.catalogue import Catalogue
from core.engine import Engine, Moment, unlearned
from core.facts import GROUPS, frame
from core.ranking import rank, with_facts
from core.recommend import build
from core.recommendations import CsmId, Decision, DecisionKind, Recommendation, RecommendationId
from core.rules import Rules

TODAY = date(2026, 3, 3)
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
CATALOGUE = Catalogue.shipped()
ENGINE = Engine(Moment(NOW, TODAY), Rules.shipped(), unlearned(CATALOGUE))
"""The shipped rules on that day, with nothing learned yet."""

FRESH: dict[str, Any] = {f"{group.name}_on": TODAY for group in GROUPS}

BETA: dict[str, Any] = {
    "id": "beta",
    "name": "Beta Inc",
    "owner_id": "ana",
    "owner_name": "Ana Souza",
    "segment": "mid-market",
    "currency": "USD",
    "use_case": "fleet planning",
    "arr": 120_000.0,
    "arr_rank": 0.9,
    "health": 66.0,
    "health_was": 78.0,
    "health_change_7d": -12.0,
    "health_change_30d": -14.0,
    "usage_change": -25.0,
    "days_since_contact": 16,
    "champion": "Sarah Lin",
    "champion_silent_days": 14,
    "sponsor": "Tom Reed",
    "sponsor_silent_days": 70,
    "open_tickets": 1,
    "urgent_tickets": 0,
    "tickets_30d": 1,
    "tickets_usual": 1.0,
    "days_to_renewal": 60,
    "renewal_on": TODAY + timedelta(days=60),
    **FRESH,
}
"""Seed 000's Beta Inc."""


def facts(*rows: dict[str, Any]) -> pl.DataFrame:
    """Build a facts frame; each row starts from an account of which only the name is known."""
    return frame([{"id": "a", "name": "An Account", "currency": "USD"} | row for row in rows])


def ranking(*rows: dict[str, Any], engine: Engine = ENGINE) -> pl.DataFrame:
    """Every play of these accounts, best first, with the facts it rests on."""
    frame = facts(*rows)
    return with_facts(rank(frame, engine, ()), frame, engine)


def beta(**changes: Any) -> Recommendation:
    """The best recommendation for Beta Inc, with an id."""
    return _best(BETA | changes) if changes else _unchanged()


@cache
def _unchanged() -> Recommendation:
    # Most ask for it as it is, the gallery hundreds of times; ranking one account takes 20 ms.
    return _best(BETA)


def _best(row: dict[str, Any]) -> Recommendation:
    return replace(build(ranking(row).row(0, named=True), ENGINE), id=RecommendationId("r1"))


def decision(kind: DecisionKind, *, after: int = 0, **details: Any) -> Decision:
    """A decision by Ana, `after` minutes from NOW."""
    at = NOW + timedelta(minutes=after)
    return Decision(kind=kind, by=CsmId("ana"), by_name="Ana Souza", at=at, **details)
