"""What was recommended in the past, made by the engine from facts on which each play applies."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import polars as pl

from core.engine import Effectiveness, Engine, Moment
from core.facts import GROUPS, frame
from core.recommend import build, rank
from core.recommendations import Recommendation, RecommendationId
from core.rules import Rules
from storage.sources.demo.health import Scores
from storage.sources.demo.past import Deed
from storage.sources.demo.people import Colleague
from storage.sources.demo.rows import SOURCE, Ledger, identity
from storage.sources.demo.sketch import Sketch


@dataclass(frozen=True, slots=True)
class Case:
    """One account's part in the past: its sketch, its rows, its owner, its scores."""

    sketch: Sketch
    ledger: Ledger
    owner: Colleague
    scores: Scores


def shown(case: Case, deeds: Sequence[Deed], at: Sequence[datetime]) -> list[Recommendation]:
    """Return what each deed of an account began with, as it was shown at its moment of `at`.

    All are ranked in one pass, as if their facts were of the last day; the days that cards name
    are put right before the words are made.
    """
    if not deeds:
        return []
    days = [moment.date() for moment in at]
    facts = [_facts(case, deed.play, day) for deed, day in zip(deeds, days, strict=True)]
    newest = _engine(Moment(as_of=max(at), today=max(days)))
    ranked = rank(_fresh(facts, newest.today), newest, ())
    rows = {(row["deed"], row["play"]): row for row in ranked.to_dicts()}
    return [
        _built(case, number, rows[number, deed.play] | facts[number], at[number])
        for number, deed in enumerate(deeds)
    ]


def _fresh(facts: list[dict[str, Any]], day: date) -> pl.DataFrame:
    on = {f"{group.name}_on": day for group in GROUPS}
    return frame([row | on for row in facts]).with_columns(
        pl.lit(0.5).alias("arr_rank"), pl.Series("deed", range(len(facts)))
    )


def _built(case: Case, number: int, row: dict[str, Any], at: datetime) -> Recommendation:
    made = build(row, _engine(Moment(as_of=at, today=at.date())))
    id = identity(f"recommendation/{case.ledger.slug}/{number}")
    return replace(made, id=RecommendationId(id))


def _facts(case: Case, play: str, day: date) -> dict[str, Any]:
    """Return the account's own facts, and those of the play's example."""
    company = case.sketch.company
    facts = dict(Rules.shipped().catalogue.plays[play].example) | {
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
        "health": case.scores.on(day),
    }
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
    return Effectiveness.of({}, Rules.shipped().catalogue)
