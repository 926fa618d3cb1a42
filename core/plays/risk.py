"""Plays that mitigate risk (seed 000, "Risk Mitigation Actions")."""

from core.conditions import Condition, Due
from core.plays.play import Play

CHAMPION_OUTREACH = Play(
    name="champion_outreach",
    title="Outreach to champion",
    category="risk",
    lean="repair",
    headline="Call {champion} at {name}",
    needs=("champion_silent",),
    supports=("health_drop", "health_decline", "usage_drop", "renewal_near", "critical_risk"),
    due=Due(
        3,
        (
            (
                0,
                (Condition("days_to_renewal", "<=", 90), Condition("health_change_7d", "<=", -10)),
            ),
        ),
    ),
    expected_outcome="{champion_first} is back in touch and you know why things went quiet.",
    approach=(
        "Call {champion_first} directly. Ask about their experience lately; don't lead with "
        "the product.",
        "Check whether anything has changed on their end: the team, the priorities, the budget.",
    ),
    talking_points=(
        "I noticed you've been quieter lately and wanted to check in.",
        "Is there anything we can help with?",
        "We have some new features that might help with {use_case}.",
    ),
    avoid="Opening with the product or the renewal.",
    prior=0.6,
    cooldown_days=14,
    example={"champion": "Sarah Lin", "champion_silent_days": 14},
    resources=("champion_outreach_call", "champion_outreach_email"),
    fulfilled_by=("champion_back", "call", "meeting"),
)

EXECUTIVE_ALIGNMENT = Play(
    name="executive_alignment",
    title="Executive alignment",
    category="risk",
    lean="repair",
    headline="Bring {sponsor} at {name} back to the table",
    needs=("sponsor_silent",),
    supports=("health_decline", "health_drop", "renewal_near", "critical_risk"),
    due=Due(14, ((5, (Condition("days_to_renewal", "<=", 90),)),)),
    expected_outcome="{sponsor_first} confirms the goals that your work is measured by.",
    approach=(
        "Ask your own executive to write to {sponsor_first} and propose thirty minutes.",
        "Bring one page: the goals agreed, what has been reached, what is still open.",
    ),
    talking_points=(
        "What has changed in your priorities since we last spoke?",
        "Which result would make this year a success for you?",
    ),
    avoid="A product demonstration.",
    prior=0.55,
    cooldown_days=45,
    example={"sponsor": "Tom Reed", "sponsor_silent_days": 75},
    resources=("executive_alignment_email", "executive_alignment_agenda", "success_plan_outline"),
    fulfilled_by=("sponsor_met",),
)

SUPPORT_ISSUES = Play(
    name="support_issues",
    title="Address support issues",
    category="risk",
    lean="repair",
    headline="Review the support tickets of {name}",
    needs=("ticket_pattern",),
    supports=("ticket_ageing", "health_drop", "usage_drop", "renewal_near"),
    due=Due(4, ((1, (Condition("urgent_tickets", ">=", 2),)),)),
    expected_outcome="Every open ticket has an owner and a date, and the customer knows both.",
    approach=(
        "Read the latest tickets together with support and look for the common cause.",
        "Agree on an owner and a date for each open one, then tell the customer in one message.",
    ),
    talking_points=(
        "I have gone through your tickets of the last weeks with our support team.",
        'The newest one, "{ticket_subject}": here is what happens next and by when.',
        "Which of them holds you up the most?",
    ),
    avoid="Promising a date that support has not confirmed.",
    prior=0.6,
    cooldown_days=14,
    example={
        "open_tickets": 5,
        "urgent_tickets": 3,
        "tickets_30d": 6,
        "tickets_usual": 1.0,
    },
    resources=("support_issues_email", "support_issues_call"),
    fulfilled_by=("tickets_cleared",),
)
