"""A recommendation and the transitions it can make: accept, defer, dismiss, complete, undo."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal, NewType

from core.errors import AlreadyDecided, Invalid, UndoExpired
from core.happenings import HAPPENINGS, Happened

RecommendationId = NewType("RecommendationId", str)
AccountId = NewType("AccountId", str)
CsmId = NewType("CsmId", str)

Category = Literal["engagement", "risk", "expansion", "lifecycle"]
Urgency = Literal["immediate", "today", "this_week", "this_month"]

UNDO_MINUTES = 10
"""How long a decision can be taken back, in minutes."""

LATEST_DAYS = 30
"""After so many days what was put off until something happens is back, unless a day is named."""


class Status(StrEnum):
    """Where a recommendation stands (seed 000's four, and `deferred`, which its buttons imply)."""

    RECOMMENDED = "recommended"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    DISMISSED = "dismissed"
    COMPLETED = "completed"


class DecisionKind(StrEnum):
    """What a person can do to a recommendation."""

    ACCEPT = "accept"
    DEFER = "defer"
    DISMISS = "dismiss"
    COMPLETE = "complete"
    UNDO = "undo"


class DismissReason(StrEnum):
    """Why a recommendation was dismissed; each acts differently on what is shown next."""

    ALREADY_DONE = "already_done"
    NOT_RELEVANT = "not_relevant"
    WRONG_DATA = "wrong_data"
    NOT_NOW = "not_now"


class OutcomeResult(StrEnum):
    """How a completed recommendation turned out, in the CSM's own judgement."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Piece:
    """One explained piece of a score part: `points` are already on the part's 0-100 scale."""

    label: str
    points: float
    says: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four score parts: its value 0-100, its weight, and the pieces it is made of."""

    name: Literal["impact", "urgency", "confidence", "account_value"]
    value: float
    weight: float
    pieces: tuple[Piece, ...] = ()

    @property
    def points(self) -> float:
        """What this part adds to the priority."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Score:
    """The seed's priority: the sum of its four weighted parts, 0-100."""

    parts: tuple[Part, ...]

    @property
    def priority(self) -> float:
        """The sum of the parts' points; a card shows it rounded."""
        return sum(part.points for part in self.parts)

    def part(self, name: str) -> Part:
        """Return the part called `name`."""
        return next(part for part in self.parts if part.name == name)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows behind a sentence: table, date of the newest row, and where it came from."""

    table: str
    on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the fact that decides a signal was `on` the day from which it is counted."""

    fact: str
    value: float | str | bool | None
    on: date


@dataclass(frozen=True, slots=True)
class Signal:
    """A fired signal as shown: seed 000's type, value, weight, description, with its evidence."""

    type: str
    label: str
    value: str
    weight: float
    description: str
    evidence: Evidence
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """Another play for the same account, why it applies, and what would put another first."""

    play: str
    title: str
    priority: float
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A play that could have been proposed instead: its scores, and how likely it was (0-1)."""

    play: str
    priority: float
    propensity: float
    impact: float
    urgency: float
    confidence: float
    account_value: float
    rate: float


@dataclass(frozen=True, slots=True)
class Choice:
    """How a recommendation was chosen: among what, how likely, by which version of what.

    `explored` tells that another than the best of near-ties was tried, so that its effect can be
    known too.
    """

    propensity: float
    explored: bool
    candidates: tuple[Candidate, ...]
    engine: str
    rules: str


@dataclass(frozen=True, slots=True)
class Account:
    """The account as a card names it; `arr` is None when it is not known."""

    id: AccountId
    name: str
    segment: str | None
    arr: float | None
    currency: str
    renewal_on: date | None
    health: float | None


@dataclass(frozen=True, slots=True)
class Decision:
    """Who did what to a recommendation, when and why; append-only.

    A deferral may wait for a `happening`, with `until` as its latest day. A dismissal for wrong
    data names the signals whose facts are doubted.
    """

    kind: DecisionKind
    by: CsmId
    by_name: str
    at: datetime
    reason: DismissReason | None = None
    note: str = ""
    until: date | None = None
    result: OutcomeResult | None = None
    happening: str | None = None
    doubts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a moment without a time zone."""
        if self.at.tzinfo is None:
            raise ValueError("a decision's moment needs a time zone")


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One play proposed for one account at one time, scored and explained (`NextBestAction`).

    `woken` is the happening it was put off for, once that brought it back; `done` the one by which
    it looks done while it is open. It is as urgent as it is since `urgent_since`, from when it was
    first shown where that is None.
    """

    id: RecommendationId
    account: Account
    owner: CsmId | None
    owner_name: str
    play: str
    title: str
    headline: str
    category: Category
    urgency: Urgency
    due_on: date
    score: Score
    reasons: tuple[str, ...]
    signals: tuple[Signal, ...]
    approach: tuple[str, ...]
    talking_points: tuple[str, ...]
    avoid: str
    expected_outcome: str
    unknown: tuple[str, ...]
    runner_up: RunnerUp | None
    evidence_note: str
    as_of: datetime
    others: tuple[RunnerUp, ...] = ()
    resources: tuple[str, ...] = ()
    choice: Choice | None = None
    woken: Happened | None = None
    done: Happened | None = None
    urgent_since: datetime | None = None
    status: Status = Status.RECOMMENDED
    version: int = 1
    history: tuple[Decision, ...] = field(default=())

    @property
    def last(self) -> Decision | None:
        """The decision that put it where it is."""
        return standing(self.history)

    def is_snoozed(self, today: date) -> bool:
        """Tell whether it was deferred to a day that has not come."""
        last = self.last
        return (
            self.status is Status.DEFERRED
            and last is not None
            and last.until is not None
            and last.until > today
        )


_ALLOWED: dict[DecisionKind, frozenset[Status]] = {
    DecisionKind.ACCEPT: frozenset({Status.RECOMMENDED, Status.DEFERRED}),
    DecisionKind.DEFER: frozenset({Status.RECOMMENDED, Status.DEFERRED, Status.ACCEPTED}),
    DecisionKind.DISMISS: frozenset({Status.RECOMMENDED, Status.DEFERRED, Status.ACCEPTED}),
    DecisionKind.COMPLETE: frozenset({Status.RECOMMENDED, Status.DEFERRED, Status.ACCEPTED}),
}

LEADS_TO: dict[DecisionKind, Status] = {
    DecisionKind.ACCEPT: Status.ACCEPTED,
    DecisionKind.DEFER: Status.DEFERRED,
    DecisionKind.DISMISS: Status.DISMISSED,
    DecisionKind.COMPLETE: Status.COMPLETED,
}
"""The status that each decision leads to; an undo leads to the one before."""


def standing(history: Iterable[Decision]) -> Decision | None:
    """Return the decision that holds after all of `history`: undone ones do not count."""
    kept: list[Decision] = []
    for decision in history:
        if decision.kind is DecisionKind.UNDO:
            kept = kept[:-1]
        else:
            kept.append(decision)
    return kept[-1] if kept else None


def decide(recommendation: Recommendation, decision: Decision, *, today: date) -> Recommendation:
    """Return the recommendation after `decision`; `today` is the decider's local date.

    Raises AlreadyDecided when its status does not allow it, UndoExpired when an undo comes more
    than ten minutes late, Invalid when a deferral lacks a later day or a completion its outcome.
    """
    if decision.kind is DecisionKind.UNDO:
        return _undo(recommendation, decision)
    if recommendation.status not in _ALLOWED[decision.kind]:
        raise already_decided(recommendation)
    if decision.kind is DecisionKind.DEFER:
        _check_deferral(decision, today)
    if decision.kind is DecisionKind.COMPLETE and not decision.note.strip():
        raise Invalid("Say in one line what came of it.", field="outcome")
    return replace(
        recommendation,
        status=LEADS_TO[decision.kind],
        version=recommendation.version + 1,
        history=(*recommendation.history, decision),
    )


def already_decided(recommendation: Recommendation) -> AlreadyDecided:
    """Build the error that tells a latecomer who was first."""
    last = recommendation.last
    return AlreadyDecided(
        recommendation.status.value, last.by_name if last else None, last.at if last else None
    )


def can_undo(recommendation: Recommendation, now: datetime) -> bool:
    """Tell whether the last decision may still be taken back."""
    last = recommendation.last
    return last is not None and now - last.at <= timedelta(minutes=UNDO_MINUTES)


def _check_deferral(decision: Decision, today: date) -> None:
    if decision.until is None:
        raise Invalid("Choose the day it should come back.", field="until")
    if decision.until <= today:
        raise Invalid("Choose a day after today.", field="until")
    if decision.until > today + timedelta(days=366):
        raise Invalid("Choose a day within the next twelve months.", field="until")
    if decision.happening is not None and decision.happening not in HAPPENINGS:
        raise Invalid("Choose something from the list to wait for.", field="happening")


def _undo(recommendation: Recommendation, decision: Decision) -> Recommendation:
    if recommendation.last is None:
        raise already_decided(recommendation)
    if not can_undo(recommendation, decision.at):
        raise UndoExpired(UNDO_MINUTES)
    undone = replace(
        recommendation,
        version=recommendation.version + 1,
        history=(*recommendation.history, decision),
    )
    last = undone.last
    status = LEADS_TO[last.kind] if last else Status.RECOMMENDED
    return replace(undone, status=status)
