"""What was recommended in the past, made by the engine from facts on which each play applies."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import polars as pl

from core.engine import Engine, Moment, unlearned
from core.exploration import choice, with_propensities
from core.facts import GROUPS, frame
from core.learning import Effectiveness
from core.ranking import rank, with_facts
from core.recommend import build
from core.recommendations import Recommendation, RecommendationId
from core.rules import Rules
from core.wording import Row
from storage.sources.demo.deeds import Deed
from storage.sources.demo.health import Scores
from storage.sources.demo.people import Colleague
from storage.sources.demo.rows import SOURCE, Ledger, identity
from storage.sources.demo.sketch import Sketch


@dataclass(frozen=True, slots=True)
class Case:
    """One account's part in the past: its sketch, rows, owner, scores, and what was done."""

    sketch: Sketch
    ledger: Ledger
    owner: Colleague
    scores: Scores
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Showing:
    """One deed of a case, and when its recommendation was first shown."""

    case: Case
    number: int
    at: datetime

    @property
    def deed(self) -> Deed:
        """What came of it."""
        return self.case.deeds[self.number]


def shown(showings: Sequence[Showing]) -> list[Recommendation]:
    """Return what each of them began with, as it was shown at its moment.

    All are ranked in one pass, as if their facts were of the last day; the days that cards name
    are put right before the words are made.
    """
    if not showings:
        return []
    facts = [_facts(one) for one in showings]
    at = [one.at for one in showings]
    newest = _engine(Moment(as_of=max(at), today=max(at).date()))
    fresh = _fresh(facts, newest.today)
    ranked = _laid(with_facts(rank(fresh, newest, ()), fresh, newest))
    wanted = {"deed": range(len(facts)), "play": [one.deed.play for one in showings]}
    rows = ranked.join(pl.DataFrame(wanted), on=list(wanted)).to_dicts()
    found = {row["deed"]: row for row in rows}
    own: dict[int, list[Row]] = defaultdict(list)
    for row in ranked.select("deed", "play", "rate", *_SCORES).to_dicts():
        own[row["deed"]].append(row)
    return [
        _built(one, found[place] | facts[place], own[place]) for place, one in enumerate(showings)
    ]


_SCORES = ("priority", "propensity", "impact", "urgency", "confidence", "account_value")


def _laid(ranked: pl.DataFrame) -> pl.DataFrame:
    """Add how likely each play was to be chosen among those of its deed."""
    by_deed = ranked.with_columns(pl.col("deed").cast(pl.String).alias("id"))
    return with_propensities(by_deed, Rules.shipped()).with_columns(
        (pl.col("place") > 0).alias("explored")
    )


def _fresh(facts: list[dict[str, Any]], day: date) -> pl.DataFrame:
    on = {f"{group.name}_on": day for group in GROUPS}
    return frame([row | on for row in facts]).with_columns(
        pl.lit(0.5).alias("arr_rank"), pl.Series("deed", range(len(facts)))
    )


def _built(one: Showing, row: Row, own: Sequence[Row]) -> Recommendation:
    """Build it; one that could not have been chosen was asked for, and has no choice."""
    engine = _engine(Moment(as_of=one.at, today=one.at.date()))
    chosen = choice(row, own, engine.rules) if row["propensity"] > 0 else None
    made = build(row, engine, choice=chosen)
    id = identity(f"recommendation/{one.case.ledger.slug}/{one.number}")
    return replace(made, id=RecommendationId(id))


def _facts(one: Showing) -> dict[str, Any]:
    """Return the account's own facts, and those of the play's example."""
    case, day = one.case, one.at.date()
    company = case.sketch.company
    example = Rules.shipped().catalogue.plays[one.deed.play].example
    own = {
        "id": case.ledger.account_id,
        "name": company.name,
        "owner_id": case.ledger.owner_id,
        "owner_name": case.owner.name,
        "segment": company.segment,
        "industry": company.industry,
        "currency": "USD",
        "use_case": company.use_case,
        "arr": float(company.arr),
        "champion": case.sketch.champion.name if case.sketch.champion else None,
        "sponsor": case.sketch.sponsor.name if case.sketch.sponsor else None,
        "health": example.get("health", case.scores.on(day)),
    }
    facts = dict(example) | own
    facts["renewal_on"] = _ahead(day, facts.get("days_to_renewal"))
    facts["next_qbr_on"] = _ahead(day, facts.get("days_to_qbr"))
    on: dict[str, Any] = {f"{group.name}_on": day for group in GROUPS}
    return facts | on | {f"{group.name}_source": SOURCE for group in GROUPS}


def _ahead(day: date, days: int | None) -> date | None:
    return None if days is None else day + timedelta(days=days)


def _engine(moment: Moment) -> Engine:
    return Engine(moment, Rules.shipped(), _priors())


@cache
def _priors() -> Effectiveness:
    return unlearned(Rules.shipped().catalogue)
