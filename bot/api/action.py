"""An action as it is answered: the seed's NextBestAction, and what Steward knows besides."""

from collections.abc import Iterable
from datetime import date, datetime

from pydantic import Field

from bot.api.model import UUID, Model
from bot.api.pieces import (
    DIGITS,
    Alternative,
    Choice,
    Person,
    Resource,
    ScorePart,
    Signal,
)
from core.recommendations import (
    Category,
    DecisionKind,
    DismissReason,
    OutcomeResult,
    Recommendation,
    Status,
    Urgency,
)
from core.resources.resource import Resource as Shipped

_ID = "7d0f6c3e-8f5a-4c0e-9a57-0b0c2f3f6f10"


class NextBestAction(Model):
    """One action recommended for one account, scored and explained."""

    id: str = Field(
        description="The action's id, for what is decided about it.",
        json_schema_extra=UUID,
        examples=[_ID],
    )
    customer_id: str = Field(
        description="The account's id.",
        json_schema_extra=UUID,
        examples=["9a1c2b7e-54d1-5a0e-8b11-2c7f0e6d1a42"],
    )
    customer_name: str = Field(description="The account's name.", examples=["Beta Inc"])
    action: str = Field(description="The kind of action.", examples=["Outreach to champion"])
    category: Category = Field(description="What it is for.", examples=["risk"])
    description: str = Field(
        description="What to do, in one line.", examples=["Call Sarah Lin at Beta Inc"]
    )
    urgency: Urgency = Field(description="How soon.", examples=["immediate"])
    impact_score: float = Field(
        description="Expected positive impact, 0-100.", examples=[80.566977]
    )
    confidence_score: float = Field(
        description="How far the data and past outcomes can be trusted, 0-100.", examples=[85.0]
    )
    priority_score: float = Field(
        description="What actions are ranked by, 0-100: the sum of the points in `score`.",
        examples=[86.865109],
    )
    reasoning: list[str] = Field(
        description="Why this action, why now.",
        examples=[["Champion Sarah hasn't logged in for 14 days.", "Renewal in 60 days."]],
    )
    signals: list[Signal] = Field(description="The data points that drive it.")
    expected_outcome: str = Field(
        description="What success looks like.",
        examples=["Sarah is back in touch and you know why things went quiet."],
    )
    suggested_approach: str = Field(
        description="How to go about it, a step a line.",
        examples=["Call Sarah directly.\nNo answer in two days? Ask Tom how best to reach Sarah."],
    )
    talking_points: list[str] = Field(
        description="What to say.",
        examples=[["I noticed you've been quieter lately and wanted to check in."]],
    )
    resources: list[Resource] = Field(
        description="What helps; `GET …/{actionId}/resources` fills it with the account's facts."
    )
    status: Status = Field(
        description="Where it stands; `deferred` is an addition to the seed's four.",
        examples=["recommended"],
    )
    completed_at: datetime | None = Field(
        description="When it was completed.", examples=["2026-03-03T09:00:00Z"]
    )
    outcome: str | None = Field(
        description="What came of it.", examples=["Scheduled QBR prep for Feb 8"]
    )
    outcome_result: OutcomeResult | None = Field(
        description="How it turned out, when somebody has said so.", examples=["positive"]
    )
    deferred_until: date | None = Field(
        description="While deferred: the day it comes back at the latest.", examples=["2026-03-10"]
    )
    deferred_until_happening: str | None = Field(
        description="While deferred: what brings it back before that day.", examples=["meeting"]
    )
    dismissed_because: DismissReason | None = Field(
        description="When dismissed: the reason, as far as it was recognised.",
        examples=["already_done"],
    )
    version: int = Field(
        description="Counts the changes; send it back as If-Match to decide on what was read.",
        examples=[1],
    )
    play: str = Field(
        description="The kind of action, by its name.", examples=["champion_outreach"]
    )
    due_on: date = Field(description="The day by which to do it.", examples=["2026-03-03"])
    owner: Person | None = Field(description="Whose account it is; null when nobody's.")
    score: list[ScorePart] = Field(
        description="The four parts of priorityScore; numbers are rounded to six decimals."
    )
    evidence_note: str = Field(
        description="What the expected success rests on.",
        examples=[
            "Outreach to champion: worked in 6 of your 6; team 90 % of 10; estimated 75 % [64-84]."
        ],
    )
    avoid: str = Field(
        description="What not to do; may be empty.",
        examples=["Opening with the product or the renewal."],
    )
    unknown: list[str] = Field(
        description="What is not known, or only from old data, and would matter.",
        examples=[["no support tickets are known"]],
    )
    runner_up: Alternative | None = Field(description="The next best action for this account.")
    others: list[Alternative] = Field(description="What else could be done there.")
    choice: Choice | None = Field(
        description="How it was chosen; null for actions from before this was kept."
    )
    as_of: datetime = Field(
        description="The moment whose data it was made from.", examples=["2026-03-03T09:00:00Z"]
    )


def next_best_action(found: Recommendation, resources: Iterable[Shipped]) -> NextBestAction:
    """Return a recommendation as it is answered, with its resources from the catalogue."""
    return NextBestAction(
        id=found.id,
        customer_id=found.account.id,
        customer_name=found.account.name,
        action=found.title,
        category=found.category,
        description=found.headline,
        urgency=found.urgency,
        impact_score=round(found.score.part("impact").value, DIGITS),
        confidence_score=round(found.score.part("confidence").value, DIGITS),
        priority_score=round(found.score.priority, DIGITS),
        reasoning=list(found.reasons),
        signals=[Signal.of(one) for one in found.signals],
        expected_outcome=found.expected_outcome,
        suggested_approach="\n".join(found.approach),
        talking_points=list(found.talking_points),
        resources=[Resource.of(one) for one in resources],
        version=found.version,
        play=found.play,
        due_on=found.due_on,
        owner=Person(id=found.owner, name=found.owner_name) if found.owner else None,
        score=[ScorePart.of(one) for one in found.score.parts],
        evidence_note=found.evidence_note,
        avoid=found.avoid,
        unknown=list(found.unknown),
        runner_up=Alternative.of(found.runner_up) if found.runner_up else None,
        others=[Alternative.of(one) for one in found.others],
        choice=Choice.of(found.choice) if found.choice else None,
        as_of=found.as_of,
        **_tracking(found),
    )


def _tracking(found: Recommendation) -> dict[str, object]:
    """Return what its status and the decision that stands say."""
    last = found.last
    completed = last if last and last.kind is DecisionKind.COMPLETE else None
    deferred = last if last and found.status is Status.DEFERRED else None
    return {
        "status": found.status,
        "completed_at": completed.at if completed else None,
        "outcome": completed.note if completed else None,
        "outcome_result": completed.result if completed else None,
        "deferred_until": deferred.until if deferred else None,
        "deferred_until_happening": deferred.happening if deferred else None,
        "dismissed_because": last.reason if last and found.status is Status.DISMISSED else None,
    }
