"""What helps with plays that keep an account engaged."""

from core.resources.resource import Resource

CHECK_IN_EMAIL = Resource(
    name="check_in_email",
    title="E-mail: propose a check-in",
    kind="email",
    subject="Catching up",
    body="""
    It has been [{since_contact}|a while] since we last spoke, and I would like to hear how things
    are going[ with {use_case}].

    Would twenty minutes this week or next suit you? I am not bringing an agenda: I would like to
    know what you want to reach next quarter, and what is in the way.

    Send me two times that work for you and I will take one of them.
    """,
)

CHECK_IN_CALL = Resource(
    name="check_in_call",
    title="Call script: check-in",
    kind="call",
    subject="Check-in with [{champion} at ]{name}",
    minutes=20,
    body="""
    Know before you call:
    - Last contact {since_contact} ago
    - Health {health_words}
    - Usage {usage_words} in two weeks
    - Support: {tickets_words}
    - Renewal {renewal_in}, on {renewal_day}

    Open:
    - [Hi {champion_first}, thank you|Thank you] for taking the time. I called to listen today.

    Ask:
    - What has changed on your side since we last spoke?
    - What do you want to reach next quarter[ with {use_case}]?
    - What is the one thing you would change about how you work with us?

    Close:
    - Say back in two sentences what you heard, and agree on one next step with a date.
    """,
)

CHECK_IN_AGENDA = Resource(
    name="check_in_agenda",
    title="Agenda: check-in",
    kind="agenda",
    subject="{name}: catching up",
    minutes=20,
    body="""
    Goal: you tell me where you want to get to, and what is in the way.

    Agenda:
    - 10 min: what has changed, and your plans for next quarter[ with {use_case}]
    - 5 min: what works, and what should work better
    - 5 min: the next step, its owner and its date
    """,
)

VALUE_UPDATE_EMAIL = Resource(
    name="value_update_email",
    title="E-mail: value update",
    kind="email",
    subject="What your team has reached this quarter",
    body="""
    A short look at the last quarter[ of {use_case}], in your numbers:

    - What you set out to do: (the goal, in their words)
    - What has been reached: (the result, with the figure before and after)
    - {milestone}
    - What comes next: (the one thing that would add most)

    Which of these matters most to you? If it helps you internally, I will put it on one page for
    whoever else should see it.
    """,
)

SHARE_CONTENT_EMAIL = Resource(
    name="share_content_email",
    title="E-mail: share what helps",
    kind="email",
    subject="Something that may help[ with {fading_words}]",
    body="""
    I noticed that your team has been using [{fading_words}|some of the features] less lately. That
    may be just how the work falls at the moment; if something is in the way, I would like to help.

    Teams that use it well do this: (one tip in two sentences). The guide takes five minutes:
    (link).

    Does that fit how you work[ on {use_case}]? If not, tell me in one line what you need instead.
    """,
)

TRAINING_EMAIL = Resource(
    name="training_email",
    title="E-mail: propose a training",
    kind="email",
    subject="Forty-five minutes that could save your team time",
    body="""
    [Your team uses {adoption_words} of the features you have.|Your team could get more out of the
    features you have.] Two of the others would fit [{use_case}|your work] well: (feature one) and
    (feature two).

    I propose one session of forty-five minutes for the people who would use them, on your own
    data. No tour of everything.

    Who should be there, and which day suits them?
    """,
)

TRAINING_AGENDA = Resource(
    name="training_agenda",
    title="Agenda: training",
    kind="agenda",
    subject="Training for {name}",
    minutes=45,
    body="""
    Goal: everybody has used both features on their own work once.

    Agenda:
    - 5 min: what you do today, and what takes too long[ in {use_case}]
    - 15 min: the first feature, on your own data
    - 15 min: the second feature, on your own data
    - 10 min: questions, and who uses what from next week on

    Please bring: one real task that you have to do this week.
    """,
)

REQUEST_FEEDBACK_EMAIL = Resource(
    name="request_feedback_email",
    title="E-mail: ask for feedback",
    kind="email",
    subject="Two questions, two minutes",
    body="""
    [You have reached something worth a moment: {milestone}.|You have worked with us for
    {customer_for} now.|You know by now what it is like to work with us.] I would value your honest
    view, in two questions:

    - What should we keep doing exactly as it is?
    - What is the one thing that we should change?

    Two lines are enough, or ten minutes on the phone if you prefer. I will tell you what we do
    with it.
    """,
)

REQUEST_FEEDBACK_CALL = Resource(
    name="request_feedback_call",
    title="Call script: feedback",
    kind="call",
    subject="Feedback call with [{champion} at ]{name}",
    minutes=15,
    body="""
    Open:
    - I have two questions and fifteen minutes. Be as blunt as you like.

    Ask:
    - What should we keep doing exactly as it is?
    - What is the one thing that we should change?
    - How likely are you to recommend us to a colleague, from 0 to 10, and why not one lower?

    Close:
    - Thank them, say what happens with it and by when they hear from you.
    - After a 9 or 10: ask whether you may quote them.
    """,
)
