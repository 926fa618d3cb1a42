"""Plays of the customer's calendar (seed 000, "Lifecycle Actions")."""

from datetime import date

from core.conditions import Condition, Due
from core.plays.play import Play

KICKOFF = Play(
    name="kickoff",
    title="Kickoff scheduling",
    category="lifecycle",
    lean="steady",
    headline="Schedule the kickoff with {name}",
    needs=("kickoff_missing",),
    unless=("critical_risk", "health_critical"),
    supports=("champion_engaged",),
    due=Due(
        3,
        (
            (0, (Condition("days_as_customer", ">", 14),)),
            (1, (Condition("days_as_customer", ">", 7),)),
        ),
    ),
    expected_outcome="The kickoff is booked, with the right people and the goals of ninety days.",
    approach=(
        "Read what was promised during the sale, and bring it along.",
        "Propose two times within a week[ to {champion_first}], an hour each.",
        "Ask who decides, who sets it up, and who will use it every day.",
        "Send three questions ahead: what should be better in ninety days, how you will both see "
        "it, what could get in the way.",
    ),
    talking_points=(
        "Welcome. From here on I am the person you can ask anything.",
        "What should be better[ in {use_case}] after ninety days?",
        "Who will use it every day, and who should be there for the kickoff?",
        "How will you know that it was worth it?",
        "Which of these two times suits you better?",
    ),
    avoid="A product tour as the first meeting.",
    prior=0.75,
    cooldown_days=30,
    example={"kickoff_booked": False, "days_as_customer": 9},
    resources=("kickoff_email", "kickoff_agenda", "success_plan_outline"),
    fulfilled_by=("kickoff_booked",),
)

ONBOARDING_CHECKPOINT = Play(
    name="onboarding_checkpoint",
    title="Onboarding checkpoint",
    category="lifecycle",
    lean="steady",
    headline="Hold an onboarding checkpoint with {name}",
    needs=("checkpoint_due",),
    # A meeting of these days is the checkpoint, and without a kickoff there is nothing to check.
    unless=("met_lately", "meeting_soon", "kickoff_missing", "critical_risk", "health_critical"),
    supports=("low_adoption", "usage_drop", "ticket_ageing", "champion_silent"),
    due=Due(3),
    expected_outcome="Both sides know what is done, what comes next and what is in the way.",
    approach=(
        "Look first at who signed in, what is set up, and which tickets are open"
        "[ ({tickets_words})].",
        "Take half an hour[ with {champion_first}]: the goals, the progress, what is in the way.",
        "Agree on the next two steps, each with a name and a day, and send them in writing.",
    ),
    talking_points=(
        "You have been with us for {customer_for}. What works already?",
        "Your team uses {adoption_words} of the features so far. Which one should come next?",
        "What is in the way, and is it on our side or on yours?",
        "Are we still on course for what you wanted to reach[ in {use_case}]?",
        "Who has not started yet, and what would help them?",
    ),
    avoid="Asking only whether everything is fine.",
    prior=0.7,
    cooldown_days=7,
    example={"days_as_customer": 28},
    resources=("onboarding_checkpoint_email", "onboarding_checkpoint_agenda"),
    fulfilled_by=("meeting", "call"),
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
        "Reach out to [{champion_first}|the champion] and propose a preparation call of thirty "
        "minutes this week.",
        "On the call, gather their objectives, what went well, and who should attend.",
        "Build the agenda: value delivered, success metrics, roadmap, goals of next quarter.",
    ),
    talking_points=(
        "What are your top priorities for next quarter?",
        "What have we done well? Where can we improve?",
        "Who should attend the QBR?",
        "The QBR is {qbr_in}. What would make the hour worth it for you?",
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

RENEWAL_PREPARATION = Play(
    name="renewal_preparation",
    title="Start renewal conversation",
    category="lifecycle",
    lean="steady",
    headline="Start the renewal conversation with {name}",
    needs=("renewal_near",),
    supports=("health_strong", "open_opportunity", "champion_engaged"),
    # Whoever has not begun ninety days before is late; a silent champion has to be reached first.
    due=Due(0),
    unless=("champion_silent",),
    expected_outcome="They commit to renew, and you know what else they need.",
    approach=(
        "Position it as a conversation about next year's plans, not as a negotiation.",
        "Lead with the value delivered, then talk about their goals.",
        "Settle who signs[ besides {sponsor_first}], who else has to agree, and by when.",
    ),
    talking_points=(
        "Your contract renews {renewal_in}. What should next year look like?",
        "What would you like to have reached by then?",
        "One idea is on the table: {opportunity}. Shall we look at it together?",
        "Who else has to agree, and what do they need to see?",
    ),
    avoid="Talking about price before value.",
    prior=0.65,
    cooldown_days=30,
    example={"days_to_renewal": 85},
    resources=(
        "renewal_preparation_email",
        "renewal_preparation_agenda",
        "value_summary_outline",
    ),
    fulfilled_by=("renewal_talk", "renewed"),
)

SUCCESS_REVIEW = Play(
    name="success_review",
    title="Success review",
    category="lifecycle",
    lean="steady",
    headline="Review with {name} what they reached",
    needs=(),
    any_of=("anniversary_near", "milestone_recent"),
    # A QBR that is near is the place for it; where something burns, nobody celebrates.
    unless=("critical_risk", "health_critical", "health_drop", "ticket_pattern", "qbr_near"),
    supports=("health_strong", "champion_engaged"),
    due=Due(14, ((7, (Condition("days_to_anniversary", "<=", 7),)),)),
    expected_outcome="What they reached is written down in their words and numbers.",
    approach=(
        "Collect the numbers from before and from today[; begin with this: {lately_reached}].",
        "Invite [{champion_first}|the champion][ and {sponsor_first}] for forty-five minutes, and "
        "let them tell it.",
        "Write one page from what they said: the goal, the result, what comes next.",
        "Ask whether they would show it to others, inside and outside.",
    ),
    talking_points=(
        "You have been with us for {customer_for}. What are you most pleased with?",
        "You reached this lately: {lately_reached}. What did it change for your team?",
        "Which number would you show to your management?",
        "What do you want to reach next[ with {use_case}]?",
        "May I write this up as one page that you can use?",
    ),
    avoid="A sales talk dressed as a review.",
    prior=0.6,
    cooldown_days=90,
    example={"days_to_anniversary": 12, "days_as_customer": 718},
    resources=("success_review_email", "success_review_agenda", "value_summary_outline"),
    fulfilled_by=("meeting",),
)
