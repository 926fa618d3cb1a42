"""Past recommendations as rows: shown, decided and followed up as the product itself does it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import polars as pl
from pydantic import TypeAdapter

from core.facts import GROUPS, frame
from core.plays import catalogue
from core.recommend import ENGINE, Effectiveness, Moment, build, rank
from core.recommendations import (
    CsmId,
    Decision,
    DecisionKind,
    DismissReason,
    OutcomeResult,
    Recommendation,
    RecommendationId,
    decide,
)
from storage.sources.demo.days import Calendar, office
from storage.sources.demo.health import Scores
from storage.sources.demo.past import Deed
from storage.sources.demo.people import Colleague
from storage.sources.demo.rows import SOURCE, Ledger, identity
from storage.sources.demo.sketch import Sketch
from storage.tables import DecisionRow, OutcomeRow, RecommendationRow

NOTES = {
    "positive": (
        "Good call. They know the next step and so do we.",
        "Done, and well received. Follow-up is booked.",
        "That was the right moment; the numbers moved within two weeks.",
    ),
    "neutral": (
        "Done, no reaction so far.",
        "Short answer, they will come back to it after the holidays.",
    ),
    "negative": (
        "They had expected this earlier and said so.",
        "Not welcome at this time; budget is under review.",
    ),
}

_WAYS: tuple[tuple[tuple[DecisionKind, ...], int], ...] = (
    ((DecisionKind.ACCEPT, DecisionKind.COMPLETE), 72),
    ((DecisionKind.DEFER, DecisionKind.ACCEPT, DecisionKind.COMPLETE), 10),
    ((DecisionKind.COMPLETE,), 10),
    (
        (DecisionKind.ACCEPT, DecisionKind.UNDO, DecisionKind.ACCEPT, DecisionKind.COMPLETE),
        8,
    ),
)
"""How a completed recommendation got there, and how often in a hundred."""


@dataclass(frozen=True, slots=True)
class Case:
    """One account's part in the past: its sketch, owner and scores."""

    sketch: Sketch
    owner: Colleague
    owner_id: str
    scores: Scores


def write_past(
    case: Case, deeds: Iterable[Deed], ledger: Ledger, rng: Random, on: Calendar
) -> None:
    """Write the recommendations, decisions and outcomes of one account."""
    for number, deed in enumerate(deeds):
        id = RecommendationId(identity(f"recommendation/{ledger.slug}/{number}"))
        shown_at = on.at(deed.days + rng.randint(0, 3), 7 * 60 + 30)
        shown = replace(_shown(case, deed, ledger, shown_at), id=id)
        decided = _decided(shown, deed, case, rng, on)
        _write(shown, decided, ledger)


def _shown(case: Case, deed: Deed, ledger: Ledger, at: datetime) -> Recommendation:
    """Let the engine make the recommendation from facts on which the play applies."""
    play = catalogue()[deed.play]
    moment = Moment(as_of=at, today=at.date())
    facts = frame([_facts(case, dict(play.example), ledger, at.date())]).with_columns(
        pl.lit(0.5).alias("arr_rank")
    )
    effectiveness = _priors()
    ranked = rank(facts, moment, effectiveness, ()).filter(pl.col("play") == deed.play)
    return build(ranked.row(0, named=True), moment, effectiveness)


def _facts(case: Case, example: dict[str, Any], ledger: Ledger, day: date) -> dict[str, Any]:
    company = case.sketch.company
    known = {
        "id": ledger.account_id,
        "name": company.name,
        "owner_id": case.owner_id,
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
    facts = example | known
    facts["renewal_on"] = _ahead(day, facts.get("days_to_renewal"))
    facts["next_qbr_on"] = _ahead(day, facts.get("days_to_qbr"))
    origin: dict[str, Any] = {f"{group.name}_on": day for group in GROUPS}
    return facts | origin | {f"{group.name}_source": SOURCE for group in GROUPS}


def _ahead(day: date, days: int | None) -> date | None:
    return None if days is None else day + timedelta(days=days)


def _decided(
    shown: Recommendation, deed: Deed, case: Case, rng: Random, on: Calendar
) -> Recommendation:
    """Take the decisions that led to the deed, each later than the one before."""
    kinds = (DecisionKind.DISMISS,) if deed.result is None else _way(rng)
    recommendation, last = shown, on.at(deed.days, office(rng))
    for turn, kind in enumerate(kinds):
        at = last - timedelta(minutes=4 * (len(kinds) - 1 - turn))
        if kind is DecisionKind.DEFER:
            at = shown.as_of + timedelta(minutes=10)
        decision = _decision(kind, deed, case, rng, at)
        recommendation = decide(recommendation, decision, today=at.date())
    return recommendation


def _way(rng: Random) -> tuple[DecisionKind, ...]:
    ways, weights = zip(*_WAYS, strict=True)
    way: tuple[DecisionKind, ...] = rng.choices(ways, weights)[0]
    return way


def _decision(kind: DecisionKind, deed: Deed, case: Case, rng: Random, at: datetime) -> Decision:
    by = Decision(kind=kind, by=CsmId(case.owner_id), by_name=case.owner.name, at=at)
    if kind is DecisionKind.DEFER:
        return replace(by, until=at.date() + timedelta(days=1))
    if kind is DecisionKind.DISMISS:
        return replace(by, reason=rng.choice(tuple(DismissReason)))
    if kind is DecisionKind.COMPLETE and deed.result is not None:
        note = rng.choice(NOTES[deed.result])
        return replace(by, result=OutcomeResult(deed.result), note=note)
    return by


def _write(shown: Recommendation, decided: Recommendation, ledger: Ledger) -> None:
    """Write a recommendation as it was shown, its decisions, and its outcome if it has one."""
    last = decided.history[-1]
    ledger.rows.add(
        RecommendationRow,
        id=decided.id,
        customer_id=ledger.account_id,
        owner_id=decided.owner,
        play=decided.play,
        status=decided.status.value,
        version=decided.version,
        priority=decided.score.priority,
        due_on=decided.due_on,
        as_of=shown.as_of,
        created_at=shown.as_of,
        changed_at=last.at,
        engine=ENGINE,
        import_id=ledger.rows.import_id,
        shown=_adapter().dump_python(shown, mode="json"),
    )
    for version, decision in enumerate(decided.history, start=2):
        _write_decision(decided.id, version, decision, ledger)
    if last.result is not None:
        ledger.rows.add(
            OutcomeRow,
            recommendation_id=decided.id,
            customer_id=ledger.account_id,
            play=decided.play,
            by_id=last.by,
            result=last.result.value,
            note=last.note,
            recorded_at=last.at,
            health_before=decided.account.health,
        )


def _write_decision(id: str, version: int, decision: Decision, ledger: Ledger) -> None:
    ledger.rows.add(
        DecisionRow,
        id=identity(f"decision/{id}/{version}"),
        recommendation_id=id,
        version=version,
        kind=decision.kind.value,
        by_id=decision.by,
        at=decision.at,
        reason=decision.reason.value if decision.reason else None,
        note=decision.note,
        until=decision.until,
        request_key=f"demo/{id}/{version}",
    )


@cache
def _adapter() -> TypeAdapter[Recommendation]:
    return TypeAdapter(Recommendation)


@cache
def _priors() -> Effectiveness:
    return Effectiveness.of({})
