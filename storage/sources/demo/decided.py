"""Past recommendations as rows: decided and followed up by the product's own rules."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from pydantic import TypeAdapter

from core.recommendations import (
    CsmId,
    Decision,
    DecisionKind,
    OutcomeResult,
    Recommendation,
    Status,
    decide,
)
from core.rules import ENGINE
from storage.sources.demo.days import Calendar
from storage.sources.demo.deeds import Deed
from storage.sources.demo.measured import measured
from storage.sources.demo.rows import Ledger, identity
from storage.sources.demo.shown import Case, Showing, shown
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
    ((_ACCEPT, _COMPLETE), 74),
    ((DecisionKind.DEFER, _ACCEPT, _COMPLETE), 10),
    ((_COMPLETE,), 8),
    ((_ACCEPT, DecisionKind.UNDO, _ACCEPT, _COMPLETE), 8),
)
"""How a completed recommendation got there, and how often in a hundred."""

_SHOWN_BEFORE = ((0, 1, 2, 3, 5), (38, 26, 16, 12, 8))
"""How many days before its end a recommendation was shown, and how often in a hundred."""

_GIVEN_UP_AFTER = (9, 24)
"""After how many days one was dropped that had been accepted."""


def write_past(cases: Sequence[Case], rng: Random, on: Calendar) -> None:
    """Write the recommendations, decisions and outcomes of accounts."""
    showings = [
        Showing(case, number, on.at(deed.days + _before(deed, rng), 7 * 60 + 30))
        for case in cases
        for number, deed in enumerate(case.deeds)
    ]
    first = shown(showings)
    ended = [_ended(one, shown, rng, on) for one, shown in zip(showings, first, strict=True)]
    done = [one for one in ended if one.status is Status.COMPLETED]
    effects = measured(cases, done, on.now)
    for showing, before, after in zip(showings, first, ended, strict=True):
        _write(before, after, showing.case, effects.get(after.id, {}))


def _ended(one: Showing, shown: Recommendation, rng: Random, on: Calendar) -> Recommendation:
    """Return what was shown after all that was decided about it."""
    decided = shown
    for decision in _decisions(one, rng, on):
        decided = decide(decided, decision, today=decision.at.date())
    return decided


def _before(deed: Deed, rng: Random) -> int:
    if deed.end == "dropped":
        return rng.randint(*_GIVEN_UP_AFTER)
    return rng.choices(*_SHOWN_BEFORE)[0]


def _decisions(one: Showing, rng: Random, on: Calendar) -> list[Decision]:
    """Return what was decided: taken up within hours of being shown, ended on the deed's day."""
    made = []
    ended = on.at(one.deed.days, rng.randrange(13 * 60, 16 * 60 + 30))
    taken = min(one.at + timedelta(minutes=rng.randint(30, 300)), ended - timedelta(minutes=20))
    for kind in _way(one, ended, rng):
        if kind is DecisionKind.DEFER:
            made.append(_deferred(one))
            taken += timedelta(days=1)
            continue
        last = kind in (_COMPLETE, DecisionKind.DISMISS)
        made.append(_decision(kind, ended if last else taken, one, rng))
        taken += timedelta(minutes=4)
    return made


def _way(one: Showing, ended: datetime, rng: Random) -> tuple[DecisionKind, ...]:
    if one.deed.end == "dismissed":
        return (DecisionKind.DISMISS,)
    if one.deed.end == "dropped":
        return (_ACCEPT, DecisionKind.DISMISS)
    ways, weights = zip(*_WAYS, strict=True)
    way: tuple[DecisionKind, ...] = rng.choices(ways, weights)[0]
    hurried = ended - one.at < timedelta(days=2)  # too little time to put anything off
    return way[1:] if hurried and way[0] is DecisionKind.DEFER else way


def _deferred(one: Showing) -> Decision:
    """Put it off on the morning on which the card was shown."""
    at = one.at + timedelta(minutes=10)
    decision = _by_owner(DecisionKind.DEFER, at, one.case)
    return replace(decision, until=at.date() + timedelta(days=1))


def _decision(kind: DecisionKind, at: datetime, one: Showing, rng: Random) -> Decision:
    """Decide, and add what a kind asks for: the reason, or the outcome and its note."""
    decision = _by_owner(kind, at, one.case)
    if kind is DecisionKind.DISMISS:
        return replace(decision, reason=one.deed.reason)
    if kind is _COMPLETE:
        note = rng.choice(NOTES[one.deed.result])
        return replace(decision, result=OutcomeResult(one.deed.result), note=note)
    return decision


def _by_owner(kind: DecisionKind, at: datetime, case: Case) -> Decision:
    return Decision(kind=kind, by=CsmId(case.ledger.owner_id), by_name=case.owner.name, at=at)


def _write(
    first: Recommendation, decided: Recommendation, case: Case, effect: Mapping[str, Any]
) -> None:
    """Write a recommendation as it was shown, its decisions, and its outcome if it has one."""
    last, ledger = decided.history[-1], case.ledger
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
            health_before=case.scores.on(last.at.date()),
            **effect,
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
