"""What helps with plays that grow an account."""

from core.resources.resource import Resource

EXPANSION_DISCUSSION_EMAIL = Resource(
    name="expansion_discussion_email",
    title="E-mail: talk about growing",
    kind="email",
    subject="Your plans for the coming months",
    body="""
    [Your team uses {seat_use_words} of your seats|Your team gets a lot out of what you have], so I
    would like to hear what comes next: who joins, and which team might profit as well.

    [One idea is on the table: {opportunity}. ]Could we take twenty minutes to look at your plans? I
    will put numbers on whatever makes sense to you afterwards, not before.

    When does it suit you, and who else should be there?
    """,
)

EXPANSION_DISCUSSION_CALL = Resource(
    name="expansion_discussion_call",
    title="Call script: expansion discussion",
    kind="call",
    subject="Expansion discussion with [{champion} at ]{name}",
    minutes=30,
    body="""
    Know before you call:
    - Seats in use: {seat_use_words}
    - Open opportunity: {opportunity}[, {opportunity_words}]
    - Health {health_words}
    - Renewal {renewal_in}, on {renewal_day}

    Ask:
    - What are your plans for the next two quarters[ in {use_case}]?
    - Who joins, which team comes next, and what is in the way?
    - What would it change for you, in time or money?
    - Who else is part of such a decision, and when is it made?

    Close:
    - Offer to put numbers on the one option that fits. Leave the price for the second talk.
    """,
)

DEPARTMENT_INTRODUCTION_EMAIL = Resource(
    name="department_introduction_email",
    title="E-mail: ask for an introduction",
    kind="email",
    subject="Who should I meet[ in {idle_department}]?",
    body="""
    What your team has reached[ with {use_case}] could help [your colleagues in
    {idle_department}|other teams at {name}] as well, and you know best whether that is so.

    Would you introduce me to the person who looks after it there? I would show them in twenty
    minutes what you did, in your words, and leave it to them.

    Here is a line that you could forward: “We use it for [{use_case}|our daily work]; (result in
    one sentence). {csm_first} can show you how.”
    """,
)

UPSELL_PROPOSAL_EMAIL = Resource(
    name="upsell_proposal_email",
    title="E-mail: the proposal",
    kind="email",
    subject="A proposal that fits your plans",
    body="""
    [You are using {seat_use_words} of your seats, so the next people will not find one.|You have
    outgrown what you have.] Here is the option that I think fits:

    - What you get: (seats, plan or module)
    - What it changes for you: (their goal, in their words)
    - What it costs: (price and term, confirmed by sales)

    [It can run to {renewal_day} like the rest of your contract. ]Shall we go through it together
    for twenty minutes this week?
    """,
)

UPSELL_PROPOSAL_AGENDA = Resource(
    name="upsell_proposal_agenda",
    title="Agenda: going through the proposal",
    kind="agenda",
    subject="Proposal for {name}",
    minutes=30,
    body="""
    Goal: you know what the option changes for you, and we know what you need to decide.

    Agenda:
    - 5 min: your plans, and what has changed since we spoke
    - 10 min: the option, and what it does for them
    - 10 min: price, term and start
    - 5 min: who decides, and by when
    """,
)

RENEWAL_OPTIMIZATION_EMAIL = Resource(
    name="renewal_optimization_email",
    title="E-mail: shape the renewal",
    kind="email",
    subject="Making your renewal fit[ before {renewal_day}]",
    body="""
    Your contract renews [{renewal_in}, on {renewal_day}|soon]. Before anything is written down I
    would like to make sure that it fits how you work today, not how you worked when you signed.

    - What you use a lot: (module or seats)
    - What you use little: (module or seats, and what would change that)
    - What you have asked for: (their wishes)

    Could we take thirty minutes to go through it? You will have a clean offer within two days after
    that.
    """,
)

RENEWAL_OPTIMIZATION_AGENDA = Resource(
    name="renewal_optimization_agenda",
    title="Agenda: what to renew",
    kind="agenda",
    subject="{name}: what should the next term look like?",
    minutes=30,
    body="""
    Goal: we know what the next term should contain.

    Agenda:
    - 10 min: what you use, what you do not, and what you miss
    - 10 min: your plans for the next twelve months
    - 10 min: what should change in the contract, who signs, and by when
    """,
)

MULTI_YEAR_OFFER_EMAIL = Resource(
    name="multi_year_offer_email",
    title="E-mail: a longer term",
    kind="email",
    subject="A longer term, if it helps you",
    body="""
    You have been with us for [{customer_for}|some time], and from what I see it works well for you.
    Some customers in that position prefer not to go through a renewal every
    [{contract_words}|year].

    A longer term would fix your price and give you (the benefit, confirmed by sales). In return you
    commit for (two or three years). If you would rather stay flexible, nothing changes.

    Is that worth twenty minutes[ before {renewal_day}]?
    """,
)

MULTI_YEAR_OFFER_CALL = Resource(
    name="multi_year_offer_call",
    title="Call script: multi-year offer",
    kind="call",
    subject="Multi-year offer for {name}",
    minutes=30,
    body="""
    Know before you call:
    - Customer for {customer_for}, on terms of {contract_words}
    - ARR {arr_words}
    - Health {health_words}
    - Renewal {renewal_in}, on {renewal_day}

    Ask:
    - Where do you see this in two years?
    - How do you plan your budget, and who has to sign a longer commitment?
    - What would you need from us to feel safe with it?

    Close:
    - Offer what sales has confirmed, in one sentence, and ask for nothing on the spot.
    """,
)
