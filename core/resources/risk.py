"""What helps with plays that mitigate risk."""

from core.resources.resource import Resource

CHAMPION_OUTREACH_CALL = Resource(
    name="champion_outreach_call",
    title="Call script: reach the champion",
    kind="call",
    subject="Call [{champion} at ]{name}",
    minutes=20,
    body="""
    Know before you call:
    - Last sign-in {silent_for} ago
    - Health {health_words}
    - Usage {usage_words} in two weeks
    - Support: {tickets_words}
    - Renewal {renewal_in}, on {renewal_day}

    Open:
    - [Hi {champion_first}, I noticed|I noticed] you have been quieter lately and wanted to check
      in.

    Ask:
    - How has your experience been lately?
    - Has anything changed on your end: the team, the priorities, the budget?
    - Is there anything that we can help with[, for example with {use_case}]?

    Close:
    - Agree on one next step with a date. If they are leaving or changing role, ask who comes next.
    """,
)

CHAMPION_OUTREACH_EMAIL = Resource(
    name="champion_outreach_email",
    title="E-mail: reach the champion",
    kind="email",
    subject="Checking in",
    body="""
    I noticed that you have been quieter lately and wanted to check in, with no agenda of mine.

    Has anything changed on your end: the team, the priorities? And is there anything that I can
    take off your plate[ around {use_case}]?

    A line is enough. If it is easier to talk, I will call you whenever it suits you this week.
    """,
)

ESCALATION_CALL = Resource(
    name="escalation_call_script",
    title="Call script: escalation",
    kind="call",
    subject="Escalation call with [{champion} at ]{name}",
    minutes=30,
    body="""
    Know before you call:
    - Health {health_words}
    - Usage {usage_words} in two weeks
    - Support: {tickets_words}[, the newest “{ticket_subject}”]
    - Renewal {renewal_in}, on {renewal_day}

    Open:
    - Something is not going as it should, and I would rather hear it from you than guess.

    Ask:
    - What bothers you most at the moment, and since when?
    - What does it cost you: time, money, trust with your own people?
    - What would have to be true in two weeks for you to say that it is solved?

    Close:
    - Name one owner on each side, one first step and the day you report back.
    - Promise no date that others have not confirmed.
    """,
)

ESCALATION_EMAIL = Resource(
    name="escalation_call_email",
    title="E-mail: ask for the escalation call",
    kind="email",
    subject="Can we talk this week?",
    body="""
    From what I see, things have not gone as they should for your team lately, and I would like to
    understand it properly rather than guess.

    Could you spare thirty minutes this week? I will bring whoever can decide on our side[, and I
    have read your ticket “{ticket_subject}”].

    Afterwards you will have a short list from me: what we do, who does it and by when.
    """,
)

SAVE_PLAY_EMAIL = Resource(
    name="save_play_email",
    title="E-mail to the sponsor: a recovery plan",
    kind="email",
    to="sponsor",
    subject="Putting things right at {name}",
    body="""
    I am writing to you directly because the results of the last weeks are not what you agreed with
    us, and because it needs your view to set the right order.

    I propose thirty minutes this week with you and [{champion}|the people who use it most]. I will
    bring a plan with three parts: what went wrong, what we change in the next thirty days, and how
    you can tell that it works.

    Which day suits you?
    """,
)

SAVE_PLAY_AGENDA = Resource(
    name="save_play_agenda",
    title="Agenda: recovery meeting",
    kind="agenda",
    to="sponsor",
    subject="Recovery plan for {name}",
    minutes=30,
    body="""
    Goal: we agree on what is fixed by when, and on how all of us can tell.

    Agenda:
    - 5 min: what you wanted to reach, in your words
    - 10 min: what got in the way, on both sides
    - 10 min: what changes in the next thirty days, with an owner for each point
    - 5 min: how and when we look at it again
    """,
)

EXECUTIVE_ALIGNMENT_EMAIL = Resource(
    name="executive_alignment_email",
    title="E-mail to the sponsor",
    kind="email",
    to="sponsor",
    subject="Are we still working on the right goals?",
    body="""
    It has been a while since we last looked at the goals behind our work together[ on {use_case}],
    and your priorities may have moved.

    Could we take thirty minutes in the coming two weeks? I will bring one page: the goals we
    agreed on, what has been reached, and what is still open. I would like to leave with the result
    that would make this year a success for you.
    """,
)

EXECUTIVE_ALIGNMENT_AGENDA = Resource(
    name="executive_alignment_agenda",
    title="Agenda: executive alignment",
    kind="agenda",
    to="sponsor",
    subject="{name}: goals and results",
    minutes=30,
    body="""
    Goal: the goals for the next twelve months, confirmed.

    Agenda:
    - 5 min: what has changed in your priorities
    - 10 min: what has been reached, on one page
    - 10 min: the result that would make this year a success
    - 5 min: who decides what, and when we speak again
    """,
)

SUPPORT_ISSUES_EMAIL = Resource(
    name="support_issues_email",
    title="E-mail: where your tickets stand",
    kind="email",
    subject="Where your support tickets stand",
    body="""
    I have gone through your tickets of the last weeks together with our support team[; you have
    {tickets_words} at the moment].

    - [“{ticket_subject}”|The newest one]: (what happens next, who does it, by when)
    - The others: (a line for each, with an owner and a date)
    - What they have in common: (the cause, if there is one)

    Which of them holds you up the most? I will start there.
    """,
)

SUPPORT_ISSUES_CALL = Resource(
    name="support_issues_call",
    title="Call script: support review",
    kind="call",
    subject="Support review for {name}",
    minutes=20,
    body="""
    Know before you call:
    - Support: {tickets_words}
    - Newest: “{ticket_subject}”
    - Health {health_words}

    Open:
    - I have read your tickets of the last weeks, so that you do not have to repeat them.

    Ask:
    - Which of them holds you up the most, and what do you do in the meantime?
    - What would you have needed from us earlier?

    Close:
    - Name an owner and a confirmed date for each open one, and send it in writing today.
    """,
)
