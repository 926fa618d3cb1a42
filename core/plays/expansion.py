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
    # Nobody talks about more with a customer whom something holds up.
    unless=(
        "champion_silent",
        "health_drop",
        "health_decline",
        "health_critical",
        "serious_risk",
        "ticket_pattern",
    ),
    supports=("health_strong", "champion_engaged", "renewal_near"),
    due=Due(14, ((5, (Condition("seat_use", ">=", 0.95),)),)),
    expected_outcome="You know whether, when and through whom they would buy more.",
    approach=(
        "Start from their plans: who joins, which team comes next, what is in the way.",
        "Offer to put numbers on the option that fits; leave the price for the second talk.",
        "Send [{champion_first}|them] what you heard within a day, in their words.",
    ),
    talking_points=(
        "You are using {seat_use_words} of your seats. Who is joining in the coming months?",
        "One idea is on the table: {opportunity}. What would it change for your team?",
        "What does your team plan that it cannot do today?",
        "Who besides you should be part of this conversation?",
    ),
    avoid="A proposal before you know the need.",
    prior=0.5,
    cooldown_days=45,
    example={"seat_use": 0.95, "health": 90.0},
    resources=("expansion_discussion_email", "expansion_discussion_call"),
    fulfilled_by=("opportunity_opened",),
)

DEPARTMENT_INTRODUCTION = Play(
    name="department_introduction",
    title="Department introduction",
    category="expansion",
    lean="grow",
    headline="Ask {name} to introduce you to {idle_department}",
    needs=("white_space", "health_fine"),
    unless=(
        "risk_open",
        "champion_silent",
        "health_drop",
        "health_decline",
        "ticket_pattern",
    ),
    supports=("champion_engaged", "milestone_recent", "open_opportunity"),
    due=Due(21, ((14, (Condition("health", ">=", 85),)),)),
    expected_outcome="{idle_department} has seen what their colleagues do, and you know who "
    "decides there.",
    approach=(
        "Choose one result of the team that uses it and that {idle_department} would like to have.",
        "Ask [{champion_first}|your champion] for an introduction, and write the two lines to "
        "forward.",
        "Offer half an hour on their own case, with the colleague who uses it in the room.",
    ),
    talking_points=(
        "Who leads {idle_department}, and what keeps them busy?",
        "It works well for your team[ in {use_case}]. Would {idle_department} gain from the same?",
        "Would you introduce me? I will write the two lines for you.",
        "Which of this year's plans need both teams?",
    ),
    avoid="Writing to them before your champion knows.",
    prior=0.4,
    cooldown_days=90,
    example={"idle_department": "Finance", "departments_active": 2, "health": 82.0},
    resources=("department_introduction_email",),
    fulfilled_by=("opportunity_opened",),
)

UPSELL_PROPOSAL = Play(
    name="upsell_proposal",
    title="Upsell proposal",
    category="expansion",
    lean="grow",
    headline="Send {name} a proposal for more seats",
    needs=("at_capacity", "health_strong"),
    unless=("champion_silent", "health_drop", "health_decline", "serious_risk", "ticket_pattern"),
    supports=("open_opportunity", "champion_engaged", "milestone_recent"),
    due=Due(5, ((2, (Condition("seat_use", ">=", 1),)),)),
    expected_outcome="They have a proposal that fits their growth; you know who signs it, and "
    "when.",
    approach=(
        "Count what they need: seats in use[ ({seat_use_words})], who joins, and by when.",
        "Put two options on one page: one for what is needed today, one for the year.",
        "Build on what is under way: {opportunity}[ ({opportunity_words})].",
        "Go through it with [{champion_first}|your champion] before anybody else gets it, and ask "
        "who signs.",
    ),
    talking_points=(
        "You are using {seat_use_words} of your seats, so the next people will not find one.",
        "How many people will join in the next two quarters?",
        "One idea is on the table: {opportunity}. Shall I put it on the same page?",
        "I have put two options on one page. Which is closer to your plans?",
        "Who signs this on your side, and what do they want to see?",
    ),
    avoid="Sending a price without a talk.",
    prior=0.5,
    cooldown_days=60,
    example={"seat_use": 0.97, "health": 90.0},
    resources=("upsell_proposal_email", "upsell_proposal_agenda"),
    fulfilled_by=("opportunity_opened",),
)

RENEWAL_OPTIMIZATION = Play(
    name="renewal_optimization",
    title="Renewal optimization",
    category="expansion",
    lean="steady",
    headline="Fit the renewal of {name} to what they use",
    needs=("renewal_ahead",),
    any_of=("seats_unused", "at_capacity"),
    unless=("champion_silent", "serious_risk", "health_critical"),
    supports=("low_adoption", "usage_drop", "champion_engaged"),
    # From ninety days on the renewal conversation leads, and this belongs into it.
    due=Due(14),
    expected_outcome="They renew what fits their use, without a surprise on either side.",
    approach=(
        "Put what they pay for beside what they use: seats[ ({seat_use_words})], features[ "
        "({adoption_words})], term.",
        "Empty seats: agree on how to fill them, or renew fewer and keep the account. None free: "
        "add a step for growth.",
        "Go through it with [{champion_first}|your champion] before anybody talks about price.",
    ),
    talking_points=(
        "You are using {seat_use_words} of your seats. What are your plans for the next year?",
        "Your contract renews {renewal_in}, and I would like it to fit what you use.",
        "Which parts would you miss most, and which would nobody notice?",
        "What will change on your side next year that the contract should fit?",
    ),
    avoid="Hoping that nobody counts the seats.",
    prior=0.55,
    cooldown_days=90,
    example={"days_to_renewal": 140, "seat_use": 0.38},
    resources=("renewal_optimization_email", "renewal_optimization_agenda"),
    fulfilled_by=("renewal_talk", "renewed"),
)

MULTI_YEAR_OFFER = Play(
    name="multi_year_offer",
    title="Multi-year offer",
    category="expansion",
    lean="grow",
    headline="Offer {name} a term of several years",
    needs=("renewal_ahead", "health_strong", "short_contract"),
    any_of=("open_opportunity", "near_capacity"),
    unless=(
        "champion_silent",
        "health_drop",
        "health_decline",
        "serious_risk",
        "ticket_pattern",
        "seats_unused",
    ),
    supports=("champion_engaged", "milestone_recent"),
    due=Due(21, ((14, (Condition("days_to_renewal", "<=", 120),)),)),
    expected_outcome="They know what a longer term gives them; you know whether they want it.",
    approach=(
        "Settle inside what you can offer for two or three years: price, seats, support.",
        "Tie it to their plans[: {opportunity}], not to your quarter.",
        "Talk with [{champion_first}|your champion] first, then with [{sponsor_first}|whoever "
        "signs], with one page.",
    ),
    talking_points=(
        "You have been with us for {customer_for}. Would a longer term make your planning easier?",
        "Today you renew every {contract_words}. What would two or three years change for you?",
        "One idea is on the table: {opportunity}. How does it fit into the next two years?",
        "What would you want in return for a longer commitment?",
        "Who on your side thinks about terms of more than a year?",
    ),
    avoid="A discount that ends on Friday.",
    prior=0.4,
    cooldown_days=120,
    example={
        "days_to_renewal": 150,
        "health": 88.0,
        "contract_months": 12,
        "seat_use": 0.93,
    },
    resources=("multi_year_offer_email", "multi_year_offer_call"),
    fulfilled_by=("renewal_talk", "renewed"),
)
