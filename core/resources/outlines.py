"""Outlines of documents that several plays need."""

from core.resources.resource import Resource

QBR_OUTLINE = Resource(
    name="qbr_outline",
    title="QBR outline",
    kind="outline",
    subject="QBR with {name}[ on {qbr_day}]",
    body="""
    1. Your goals (5 min)

    - What you set out to do[ with {use_case}]
    - What has changed since

    2. Value delivered (15 min)

    - The two or three results that matter to you, each with a figure before and after
    - {milestone}
    - Features in use: {adoption_words}
    - Seats in use: {seat_use_words}

    3. What did not go well (10 min)

    - Support: {tickets_words}[, the newest “{ticket_subject}”]
    - What we change, with an owner and a date

    4. What comes next (20 min)

    - Your goals for next quarter, and how we measure them
    - What is coming in the product that serves them
    - {opportunity}

    5. Who does what, by when (10 min)

    - The decisions of today in writing, within a day
    - Renewal on {renewal_day}
    """,
)

VALUE_SUMMARY_OUTLINE = Resource(
    name="value_summary_outline",
    title="Value summary",
    kind="outline",
    subject="What {name} has reached",
    body="""
    The goal: (what they wanted to reach[ with {use_case}], in their words)

    The starting point: (the figure before, and who measured it)

    What has been reached: (the figure now, what it is worth to them a year)

    What shows it:
    - {milestone}
    - Features in use: {adoption_words}
    - Seats in use: {seat_use_words}
    - Active departments: {departments_active}

    In their words: (one sentence[ of {champion}], with permission)

    What comes next: (the one step that adds most)
    """,
)

SUCCESS_PLAN_OUTLINE = Resource(
    name="success_plan_outline",
    title="Success plan",
    kind="outline",
    subject="Success plan for {name}",
    body="""
    Goal: (one sentence, in their words[: {use_case}])

    How we measure it: (the figure today, the figure we want, by when)

    People:
    - Champion: {champion}
    - Sponsor: {sponsor}
    - From our side: {csm}

    The first 30 days: (set-up done, first people trained, first result)

    Until day 60: (the first result, seen by the sponsor)

    Until day 90: (used every week by everybody who should)

    Risks: (what could stop us, and who watches it)

    We look at it again: (the next checkpoint)
    """,
)

SAVE_PLAN_OUTLINE = Resource(
    name="save_plan_outline",
    title="Save plan",
    kind="outline",
    subject="Save plan for {name}",
    body="""
    What is at stake:
    - ARR {arr_words}
    - Renewal {renewal_in}, on {renewal_day}

    What we see:
    - Health {health_words}
    - Usage {usage_words} in two weeks
    - Support: {tickets_words}
    - Champion silent for {silent_for}
    - Risk: {top_risk}

    What we think is behind it: (the cause, and how we know)

    What we change in 30 days: (three steps, each with an owner and a date)

    Who talks to whom:
    - {csm} with [{champion}|the champion]
    - Our executive with [{sponsor}|the sponsor]

    How we can tell that it works: (the figure, looked at every week)

    When we stop or escalate: (the day, and what happens then)
    """,
)
