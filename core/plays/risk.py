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
        "No answer in two days? Ask [{sponsor_first}|a colleague of theirs] how best to reach "
        "[{champion_first}|them].",
    ),
    talking_points=(
        "I noticed you've been quieter lately and wanted to check in.",
        "Is there anything we can help with?",
        "We have some new features that might help with {use_case}.",
        "Has anything changed in your team or in what matters most to you?",
    ),
    avoid="Opening with the product or the renewal.",
    prior=0.6,
    cooldown_days=14,
    example={"champion": "Sarah Lin", "champion_silent_days": 14},
    resources=("champion_outreach_call", "champion_outreach_email"),
    fulfilled_by=("champion_back", "call", "meeting"),
)

ESCALATION_CALL = Play(
    name="escalation_call",
    title="Escalation call",
    category="risk",
    lean="repair",
    headline="Hold an escalation call with {name}",
    needs=(),
    any_of=("health_plunge", "health_decline"),
    supports=("usage_drop", "ticket_pattern", "critical_risk", "champion_silent", "renewal_near"),
    due=Due(
        1,
        ((0, (Condition("health_change_7d", "<", -25), Condition("days_to_renewal", "<=", 90))),),
    ),
    expected_outcome="You know the cause, and both sides agreed on steps with names and dates.",
    approach=(
        "Look at what moved the score: use[ ({usage_words})], tickets[ ({tickets_words})], people.",
        "Call [{champion_first}|your main contact] today, with somebody who can decide on a fix.",
        "Ask what happened, then agree on two or three steps, each with a name and a date.",
        "Write the agreement to them the same day[, with a copy to {sponsor_first}].",
    ),
    talking_points=(
        "I have the impression that things got harder for you lately, and wanted to ask before "
        "guessing.",
        "Your usage is down {usage_down} in two weeks. What is behind that?",
        "Is the ticket “{ticket_subject}” the main thing, or one of several?",
        "What would have to be different in two weeks for you to call it back on track?",
        "I will send you today what we agreed, with names and dates.",
    ),
    avoid="Quoting the health score. Talk about their days, not about ours.",
    prior=0.55,
    cooldown_days=21,
    example={"health": 58.0, "health_was": 76.0, "health_change_7d": -18.0},
    resources=("escalation_call_script", "escalation_call_email"),
    fulfilled_by=("call", "meeting"),
)

SAVE_PLAY = Play(
    name="save_play",
    title="Start save play",
    category="risk",
    lean="repair",
    headline="Start a save play for {name}",
    needs=(),
    any_of=("critical_risk", "health_critical"),
    supports=(
        "health_drop",
        "health_decline",
        "usage_drop",
        "champion_silent",
        "sponsor_silent",
        "ticket_pattern",
        "renewal_near",
    ),
    due=Due(
        1, ((0, (Condition("critical_risks", ">=", 1), Condition("days_to_renewal", "<=", 90))),)
    ),
    expected_outcome="A plan with a name and a date for each cause, agreed with the customer.",
    approach=(
        "Bring support, product and sales together today, and agree on one person who leads it.",
        "Write down each cause[, “{top_risk}” first]: what would end it, who does that, and by "
        "when.",
        "Go through the plan with [{sponsor_first}|their executive sponsor] and ask what is "
        "missing.",
        "Report to them every week until the risk is cleared.",
    ),
    talking_points=(
        "This has not gone the way you need it, and I would like to set it right with you.",
        "Here is what we think went wrong. What have we missed?",
        "What has to be true before your renewal {renewal_in} for you to stay with us?",
        "You have {tickets_words} with us. Which one costs you most?",
        "You will hear from me every Friday, also when there is little to tell.",
    ),
    avoid="Offering a discount before the cause is known.",
    prior=0.45,
    cooldown_days=30,
    example={"critical_risks": 1, "open_risks": 1},
    resources=("save_play_email", "save_play_agenda", "save_plan_outline"),
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
        "Agree on when you meet again, and who else should be there.",
    ),
    talking_points=(
        "What has changed in your priorities since we last spoke?",
        "Which result would make this year a success for you?",
        "[You came to us for {use_case}. ]Your team uses {adoption_words} of the features. Is that "
        "where you want it to be?",
        "Your contract renews {renewal_in}. What would you like to see by then?",
        "Who else decides about this, and should I meet them?",
    ),
    avoid="A product demonstration.",
    prior=0.55,
    cooldown_days=45,
    example={"sponsor": "Tom Reed", "sponsor_silent_days": 75},
    resources=(
        "executive_alignment_email",
        "executive_alignment_agenda",
        "success_plan_outline",
    ),
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
        "Check after a week that every date was kept, and tell [{champion_first}|them] how it "
        "stands.",
    ),
    talking_points=(
        "I have gone through your tickets of the last weeks with our support team.",
        "The newest one, “{ticket_subject}”: here is what happens next and by when.",
        "Which of them holds you up the most?",
        "What would help your team until it is fixed?",
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
