"""Past recommendations as rows: decided and followed up by the product's own rules."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from random import Random

from pydantic import TypeAdapter

from core.recommendations import (
    CsmId,
    Decision,
    DecisionKind,
    DismissReason,
    OutcomeResult,
    Recommendation,
    decide,
)
from core.rules import ENGINE
from storage.sources.demo.days import Calendar, office
from storage.sources.demo.past import Deed
from storage.sources.demo.rows import Ledger, identity
from storage.sources.demo.shown import Case, shown
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

_ACCEPT, _COMPLETE = DecisionKind.ACCEPT, DecisionKind.COMPLETE

_WAYS: tuple[tuple[tuple[DecisionKind, ...], int], ...] = (
    ((_ACCEPT, _COMPLETE), 72),
    ((DecisionKind.DEFER, _ACCEPT, _COMPLETE), 10),
    ((_COMPLETE,), 10),
    ((_ACCEPT, DecisionKind.UNDO, _ACCEPT, _COMPLETE), 8),
)
"""How a completed recommendation got there, and how often in a hundred."""


def write_past(case: Case, deeds: Sequence[Deed], rng: Random, on: Calendar) -> None:
    """Write the recommendations, decisions and outcomes of one account."""
    mornings = [on.at(deed.days + rng.randint(0, 3), 7 * 60 + 30) for deed in deeds]
    for deed, first in zip(deeds, shown(case, deeds, mornings), strict=True):
        kinds = (DecisionKind.DISMISS,) if deed.result is None else _way(rng)
        decided = first
        for decision in _decisions(kinds, deed, case, rng, on):
            if decision.kind is DecisionKind.DEFER:
                decision = _deferred(decision, first.as_of)
            decided = decide(decided, decision, today=decision.at.date())
        _write(first, decided, case.ledger)


def _way(rng: Random) -> tuple[DecisionKind, ...]:
    ways, weights = zip(*_WAYS, strict=True)
    way: tuple[DecisionKind, ...] = rng.choices(ways, weights)[0]
    return way


def _decisions(
    kinds: Sequence[DecisionKind], deed: Deed, case: Case, rng: Random, on: Calendar
) -> list[Decision]:
    """Return the decisions of one day, a few minutes apart."""
    last = on.at(deed.days, office(rng))
    by = CsmId(case.ledger.owner_id)
    made = []
    for before, kind in enumerate(reversed(kinds)):
        at = last - timedelta(minutes=4 * before)
        decision = Decision(kind=kind, by=by, by_name=case.owner.name, at=at)
        made.append(_completed(decision, deed, rng))
    return made[::-1]


def _completed(decision: Decision, deed: Deed, rng: Random) -> Decision:
    """Add what a kind of decision asks for: the reason, or the outcome and its note."""
    if decision.kind is DecisionKind.DISMISS:
        return replace(decision, reason=rng.choice(tuple(DismissReason)))
    if decision.kind is DecisionKind.COMPLETE and deed.result is not None:
        note = rng.choice(NOTES[deed.result])
        return replace(decision, result=OutcomeResult(deed.result), note=note)
    return decision


def _deferred(decision: Decision, shown_at: datetime) -> Decision:
    """Put a deferral where it was made: in the morning on which the card was shown."""
    at = shown_at + timedelta(minutes=10)
    return replace(decision, at=at, until=at.date() + timedelta(days=1))


def _write(first: Recommendation, decided: Recommendation, ledger: Ledger) -> None:
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
        as_of=first.as_of,
        created_at=first.as_of,
        changed_at=last.at,
        engine=ENGINE,
        import_id=ledger.rows.import_id,
        shown=_adapter().dump_python(first, mode="json"),
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
