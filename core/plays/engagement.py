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
    unless=("meeting_soon",),
    supports=("usage_drop", "health_decline", "renewal_near"),
    due=Due(7, ((3, (Condition("days_since_contact", ">", 45),)),)),
    expected_outcome="You are back in touch and know what they are working on.",
    approach=(
        "Read the last notes first[, and the ticket “{ticket_subject}”].",
        "Propose twenty minutes this week[ to {champion_first}]; offer two times.",
        "Ask what they want to reach next quarter, and listen for what is in the way.",
    ),
    talking_points=(
        "[It has been {since_contact}|It has been a while] since we last spoke. How are things "
        "going?",
        "Is {use_case} still the main thing that you use us for?",
        "Your usage is down {usage_down} in two weeks. What has changed on your side?",
        "What is the one thing that you would change about how you work with us?",
        "Is anybody new on your team whom I should meet?",
    ),
    avoid="An agenda of your own.",
    prior=0.6,
    cooldown_days=21,
    example={"days_since_contact": 30},
    resources=("check_in_email", "check_in_call", "check_in_agenda"),
    fulfilled_by=("call", "meeting"),
)

VALUE_UPDATE = Play(
    name="value_update",
    title="Send value update",
    category="engagement",
    lean="steady",
    headline="Send {name} a value recap",
    needs=(),
    any_of=("value_update_due", "milestone_recent"),
    # To somebody who waits for a repair a recap of successes reads like mockery.
    unless=("critical_risk", "health_critical", "ticket_pattern"),
    supports=("renewal_near", "health_strong", "usage_drop"),
    due=Due(
        7,
        (
            (1, (Condition("days_since_value_update", ">", 95),)),
            (3, (Condition("days_since_milestone", "<=", 7),)),
        ),
    ),
    expected_outcome="The people who decide see what they got in the last quarter.",
    approach=(
        "Write half a page: what they set out to do, what has been reached, in their numbers.",
        "Put what they reached last at the top: {lately_reached}.",
        "Send it to [{champion_first}|the champion] first and ask who else should see it.",
    ),
    talking_points=(
        "Here is what your team has reached since our last update.",
        "You reached this lately: {lately_reached}. Who on your side should hear about it?",
        "Your team uses {adoption_words} of the features[ and {seat_use_words} of the seats]. Does "
        "that match what you see?",
        "Which of these results matters most to you?",
        "[Would a chart help you to show it to {sponsor_first}|Would a chart help you to show it "
        "to others]?",
    ),
    avoid="Feature news without a result.",
    prior=0.6,
    cooldown_days=60,
    example={"days_since_value_update": 100},
    resources=("value_update_email", "value_summary_outline"),
    fulfilled_by=("value_update",),
)

SHARE_CONTENT = Play(
    name="share_content",
    title="Share content",
    category="engagement",
    lean="steady",
    headline="Send {name} something on {fading_words}",
    needs=("feature_fading",),
    # Whoever has stopped because it is broken needs a repair, not a guide.
    unless=("critical_risk", "health_critical", "ticket_pattern"),
    supports=("usage_drop", "low_adoption", "champion_engaged"),
    due=Due(7, ((3, (Condition("fading_change", "<=", -50),)),)),
    expected_outcome="Use of {fading_words} recovers, or you know what they do instead.",
    approach=(
        "Look up who used {fading_words} before and who still does.",
        "Choose one thing that fits[ {use_case}]: a guide, a short video, or another customer's "
        "example.",
        "Send it[ to {champion_first}] with two sentences on why it fits, and one question.",
        "Look at the numbers again in two weeks.",
    ),
    talking_points=(
        "Your use of {fading_words} is {fading_by} in four weeks. Is something in the way?",
        "This short guide helped other teams at that point.",
        "Would ten minutes together on {fading_words} help?",
        "If you do it another way by now, I would like to learn how.",
    ),
    avoid="A link without a word on why it fits.",
    prior=0.5,
    cooldown_days=30,
    example={"fading_metric": "report_exports", "fading_change": -32.0},
    resources=("share_content_email",),
    fulfilled_by=("email_sent",),
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
        "Look up which features nobody there has opened, and choose the two that fit [{use_case}|"
        "their work].",
        "Propose a session of forty-five minutes[ to {champion_first}] for the people who would "
        "use them.",
        "Afterwards send the recording, and look at the numbers again in four weeks.",
    ),
    talking_points=(
        "Your team uses {adoption_words} of what you have. Two features could save you time.",
        "Which part of [{use_case}|the work] takes your team longest today?",
        "We would work on your own data, not on an example.",
        "Who on your side should be there, and which day suits them?",
    ),
    avoid="A tour of everything.",
    prior=0.65,
    cooldown_days=30,
    example={"adoption": 0.28},
    resources=("training_email", "training_agenda"),
    fulfilled_by=("training_booked",),
)

REQUEST_FEEDBACK = Play(
    name="request_feedback",
    title="Request feedback",
    category="engagement",
    lean="steady",
    headline="Ask {name} for feedback",
    needs=("feedback_missing",),
    any_of=("feedback_window", "milestone_recent"),
    unless=("champion_silent", "critical_risk", "health_drop", "ticket_pattern"),
    supports=("champion_engaged", "sponsor_silent"),
    due=Due(14, ((7, (Condition("days_since_milestone", "<=", 7),)),)),
    expected_outcome="You know what they value and what to change, early enough to act on it.",
    approach=(
        "Ask[ {champion_first}] in person or on a call; a form comes second.",
        "Put three questions: what works, what is missing, how likely they are to recommend you.",
        "Ask [{sponsor_first}|whoever decides about the renewal] too: from there things often look "
        "different.",
        "Say within two weeks what you will do about the answers.",
    ),
    talking_points=(
        "What should we do better before your renewal {renewal_in}?",
        "You reached this lately: {lately_reached}. What helped, and what was hard?",
        "What is the one thing that would make your work[ on {use_case}] easier?",
        "How likely are you to recommend us to a colleague, and why?",
    ),
    avoid="Defending yourself. Write it down and thank them.",
    prior=0.5,
    cooldown_days=180,
    example={"feedback_asked": False, "days_to_renewal": 120},
    resources=("request_feedback_email", "request_feedback_call"),
    fulfilled_by=("feedback",),
)
