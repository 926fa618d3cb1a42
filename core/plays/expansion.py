"""Plays that grow an account (seed 000, "Expansion Actions")."""

from core.conditions import Condition, Due
from core.plays.play import Play

EXPANSION_DISCUSSION = Play(
    name="expansion_discussion",
    title="Expansion discussion",
    category="expansion",
    lean="grow",
    headline="Talk with {name} about growing",
    needs=(),
    any_of=("near_capacity", "open_opportunity"),
    unless=("champion_silent", "health_drop", "critical_risk", "ticket_pattern"),
    supports=("health_strong", "champion_engaged", "renewal_near"),
    due=Due(14, ((5, (Condition("seat_use", ">=", 0.95),)),)),
    expected_outcome="You know whether, when and through whom they would buy more.",
    approach=(
        "Start from their plans: who joins, which team comes next, what is in the way.",
        "Offer to put numbers on the option that fits; leave the price for the second talk.",
    ),
    talking_points=(
        "You are using {seat_use_words} of your seats. Who is joining in the coming months?",
        "You were thinking about {opportunity}. What would it change for your team?",
        "Who besides you should be part of this conversation?",
    ),
    avoid="A proposal before you know the need.",
    prior=0.5,
    cooldown_days=45,
    example={"seat_use": 0.95, "health": 90.0},
    resources=("expansion_discussion_email", "expansion_discussion_call"),
    fulfilled_by=("opportunity_opened",),
)
