"""Plays that keep an account engaged (seed 000, "Engagement Actions")."""

from core.conditions import Condition, Due
from core.plays.play import Play

CHECK_IN = Play(
    name="check_in",
    title="Check-in call",
    category="engagement",
    lean="steady",
    headline="Check in with {name}",
    needs=("no_contact",),
    supports=("usage_drop", "health_decline", "renewal_near"),
    due=Due(7, ((3, (Condition("days_since_contact", ">", 45),)),)),
    expected_outcome="You are back in touch and know what they are working on.",
    approach=(
        "Propose twenty minutes this week; offer two times.",
        "Ask what they want to reach next quarter, and listen for what is in the way.",
    ),
    talking_points=(
        "It has been {days_since_contact} days since we last spoke. How are things going?",
        "What is the one thing that you would change about how you work with us?",
    ),
    avoid="An agenda of your own.",
    prior=0.6,
    cooldown_days=21,
    example={"days_since_contact": 30},
    resources=("check_in_email", "check_in_call"),
    fulfilled_by=("call", "meeting"),
)

VALUE_UPDATE = Play(
    name="value_update",
    title="Send value update",
    category="engagement",
    lean="steady",
    headline="Send {name} a value recap",
    needs=("value_update_due",),
    supports=("renewal_near", "health_strong", "usage_drop"),
    due=Due(7, ((1, (Condition("days_since_value_update", ">", 95),)),)),
    expected_outcome="The people who decide see what they got in the last quarter.",
    approach=(
        "Write half a page: what they set out to do, what has been reached, in their numbers.",
        "Send it to the champion first and ask who else should see it.",
    ),
    talking_points=(
        "Here is what your team has reached since our last update.",
        "Which of these results matters most to you?",
    ),
    avoid="Feature news without a result.",
    prior=0.6,
    cooldown_days=60,
    example={"days_since_value_update": 100},
    resources=("value_update_email", "value_summary_outline"),
    fulfilled_by=("value_update",),
)

TRAINING = Play(
    name="training",
    title="Schedule training",
    category="engagement",
    lean="steady",
    headline="Propose a training to {name}",
    needs=("low_adoption",),
    supports=("usage_drop", "champion_engaged", "renewal_near"),
    due=Due(7, ((1, (Condition("adoption", "<", 0.3),)),)),
    expected_outcome="More of the features that they pay for are in use within a month.",
    approach=(
        "Look up which features nobody there has opened, and choose the two that fit their work.",
        "Propose a session of forty-five minutes for the people who would use them.",
    ),
    talking_points=(
        "Your team uses {adoption_words} of what you have. Two features could save you time.",
        "Who on your side should be there, and which day suits them?",
    ),
    avoid="A tour of everything.",
    prior=0.65,
    cooldown_days=30,
    example={"adoption": 0.28},
    resources=("training_email", "training_agenda"),
    fulfilled_by=("training_booked",),
)
