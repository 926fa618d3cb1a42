"""What helps with plays of the customer's calendar."""

from core.resources.resource import Resource

KICKOFF_EMAIL = Resource(
    name="kickoff_email",
    title="E-mail: propose the kickoff",
    kind="email",
    subject="Welcome: shall we find a date for the kickoff?",
    body="""
    Welcome. I am {csm}, and I look after everything that {name} needs from us from today on.

    I would like to start with a kickoff of forty-five minutes this week or next: what you want to
    reach[ with {use_case}], who takes part, and what the first thirty days look like.

    Who should be there from your side, and which of the coming days suits you?
    """,
)

KICKOFF_AGENDA = Resource(
    name="kickoff_agenda",
    title="Agenda: kickoff",
    kind="agenda",
    subject="Kickoff with {name}",
    minutes=45,
    body="""
    Goal: one goal in writing, and everybody knows what they do in the first thirty days.

    Agenda:
    - 5 min: who is who
    - 15 min: what you want to reach[ with {use_case}], and how you would measure it
    - 15 min: the first thirty days: set-up, people, first result
    - 10 min: who does what, how we keep in touch, questions
    """,
)

ONBOARDING_CHECKPOINT_EMAIL = Resource(
    name="onboarding_checkpoint_email",
    title="E-mail: onboarding checkpoint",
    kind="email",
    subject="How are the first weeks going?",
    body="""
    You have been with us for [{customer_for}|a few weeks] now. That is a good moment to see whether
    we are on the way to what you wanted to reach.

    - Done so far: (what is set up, who has begun)
    - Next: (the one step that brings the first result)
    - Open on our side: (owner and date)

    Is anything in the way? Twenty minutes this week would be enough to sort it out.
    """,
)

ONBOARDING_CHECKPOINT_AGENDA = Resource(
    name="onboarding_checkpoint_agenda",
    title="Agenda: onboarding checkpoint",
    kind="agenda",
    subject="Onboarding checkpoint with {name}",
    minutes=30,
    body="""
    Goal: the next step to the first result has an owner and a date.

    Agenda:
    - 10 min: what works, who has begun, who has not
    - 10 min: what is in the way
    - 10 min: the next step, its owner and its date
    """,
)

QBR_PREPARATION_EMAIL = Resource(
    name="qbr_preparation_email",
    title="E-mail: QBR prep request",
    kind="email",
    subject="Preparing our review[ on {qbr_day}]",
    body="""
    Our quarterly review is [on {qbr_day}|coming up], and I would like it to be about your goals
    rather than our slides.

    Could we take thirty minutes this week to prepare it? Three questions would help me:

    - What are your top priorities for next quarter?
    - What have we done well, and where can we improve?
    - Who should attend?

    If a call is difficult, a line on each is just as good.
    """,
)

QBR_PREPARATION_AGENDA = Resource(
    name="qbr_preparation_agenda",
    title="Agenda: QBR preparation call",
    kind="agenda",
    subject="Preparing the QBR with {name}",
    minutes=30,
    body="""
    Goal: the review[ on {qbr_day}] is about your goals, with the right people in the room.

    Agenda:
    - 10 min: your top priorities for next quarter
    - 10 min: what went well, and where we can improve
    - 5 min: who should attend, and what they want to hear
    - 5 min: what each of us prepares, and by when
    """,
)

RENEWAL_PREPARATION_EMAIL = Resource(
    name="renewal_preparation_email",
    title="E-mail: start the renewal conversation",
    kind="email",
    subject="What should next year look like?",
    body="""
    Your contract renews [{renewal_in}, on {renewal_day}|in the coming months]. Before we talk about
    the contract I would like to talk about next year.

    - What have you reached[ with {use_case}] that you would not want to miss?
    - What would you like to have reached a year from now?
    - One idea is on the table: {opportunity}. Shall we look at it together?

    Could we take thirty minutes in the next two weeks? I will bring a short summary of the results
    so far.
    """,
)

RENEWAL_PREPARATION_AGENDA = Resource(
    name="renewal_preparation_agenda",
    title="Agenda: planning next year",
    kind="agenda",
    subject="{name}: plans for next year",
    minutes=30,
    body="""
    Goal: we know what next year should bring, and what it takes to renew in good time.

    Agenda:
    - 10 min: what has been reached
    - 10 min: your plans for next year, and what has to change
    - 10 min: the way to the renewal[ on {renewal_day}]: who decides, which steps, by when
    """,
)

SUCCESS_REVIEW_EMAIL = Resource(
    name="success_review_email",
    title="E-mail: propose a success review",
    kind="email",
    subject="A good moment to look back",
    body="""
    [You have reached something worth writing down: {milestone}.|You have been with us for
    {customer_for} now, and a good deal has been reached.|A good deal has been reached, and it is
    worth writing down.]

    I would like to do that together, in thirty minutes: where you started, where you are, and what
    you are proudest of. You get one page for your own people.

    Which day suits you?
    """,
)

SUCCESS_REVIEW_AGENDA = Resource(
    name="success_review_agenda",
    title="Agenda: success review",
    kind="agenda",
    subject="Success review with {name}",
    minutes=30,
    body="""
    Goal: one page that says what has been reached, in your words and numbers.

    Agenda:
    - 5 min: where you started
    - 15 min: what has been reached[, with {use_case} first], and how you can tell
    - 5 min: what you learned on the way
    - 5 min: what comes next, and whom we tell
    """,
)
