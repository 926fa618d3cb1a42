"""Plays of the customer's calendar (seed 000, "Lifecycle Actions")."""

from datetime import date

from core.conditions import Condition, Due
from core.plays.play import Play

RENEWAL_PREPARATION = Play(
    name="renewal_preparation",
    title="Start renewal conversation",
    category="lifecycle",
    lean="steady",
    headline="Start the renewal conversation with {name}",
    needs=("renewal_near",),
    supports=("health_strong", "open_opportunity", "champion_engaged", "critical_risk"),
    # Whoever has not begun ninety days before is late; a silent champion has to be reached first.
    due=Due(0),
    unless=("champion_silent",),
    expected_outcome="They commit to renew, and you know what else they need.",
    approach=(
        "Position it as a conversation about next year's plans, not as a negotiation.",
        "Lead with the value delivered, then talk about their goals.",
    ),
    talking_points=(
        "Your contract renews in {days_to_renewal} days. What should next year look like?",
        "What would you like to have reached by then?",
        "You mentioned {opportunity}. Shall we look at it together?",
    ),
    avoid="Talking about price before value.",
    prior=0.65,
    cooldown_days=30,
    example={"days_to_renewal": 85},
    resources=("renewal_preparation_email", "renewal_preparation_agenda", "value_summary_outline"),
    fulfilled_by=("renewal_talk", "renewed"),
)

QBR_PREPARATION = Play(
    name="qbr_preparation",
    title="QBR preparation",
    category="lifecycle",
    lean="steady",
    headline="Book the QBR preparation call with {name}",
    needs=("qbr_near", "qbr_unprepared"),
    supports=("qbr_objectives_missing", "qbr_deck_missing", "champion_engaged", "renewal_near"),
    due=Due(5, ((1, (Condition("days_to_qbr", "<=", 7),)),)),
    expected_outcome="A QBR about the customer's own goals, with the right people in the room.",
    approach=(
        "Reach out to {champion_first} and propose a preparation call of thirty minutes this week.",
        "On the call, gather their objectives, what went well, and who should attend.",
        "Build the agenda: value delivered, success metrics, roadmap, goals of next quarter.",
    ),
    talking_points=(
        "What are your top priorities for next quarter?",
        "What have we done well? Where can we improve?",
        "Who should attend the QBR?",
    ),
    avoid="Presenting a deck that they have not helped to shape.",
    prior=0.65,
    cooldown_days=30,
    example={"days_to_qbr": 18, "next_qbr_on": date(2026, 2, 15), "qbr_prep_booked": False},
    resources=(
        "qbr_preparation_email",
        "qbr_preparation_agenda",
        "qbr_outline",
        "value_summary_outline",
    ),
    fulfilled_by=("qbr_prep_booked",),
)
