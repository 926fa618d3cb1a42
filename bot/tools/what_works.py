"""What works: how effective the actions of a person or team were, and what was learned."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from bot.answers import Answer
from bot.cards.what_works import what_works_card
from bot.tools.tool import Asker, Parts, Tool
from bot.what_works import Span, find


class WhatWorks(Tool):
    """Use when somebody asks which plays work, how effective actions were, or what was learned.

    Also for success rates, acceptance and completion rates, outcomes and time to action.
    """

    name = "what_works"
    title = "What works"
    examples = (
        "what works",
        "what works?",
        "what works best",
        "what works best for me",
        "what works best for champions gone quiet",
        "what worked",
        "what worked last quarter",
        "what has worked so far this year",
        "what did not work",
        "what isn't working",
        "which plays work",
        "which plays work best for me",
        "which plays worked best last quarter",
        "which plays should I stop doing",
        "which actions work best",
        "which actions are effective",
        "best performing plays",
        "top performing actions",
        "worst performing plays",
        "how effective were my actions last 30 days",
        "how effective were my actions in the last 90 days",
        "how effective are our actions",
        "how effective was the team this month",
        "how well do my actions work",
        "how well did my actions do this year",
        "how successful were we last month",
        "show action effectiveness",
        "action effectiveness",
        "effectiveness of my plays",
        "effectiveness report",
        "play effectiveness for the team",
        "success rate of our plays",
        "my success rate",
        "what's my success rate this quarter",
        "team's acceptance rate this quarter",
        "acceptance rate",
        "what is our acceptance rate",
        "how many recommendations do we accept",
        "completion rate of the team",
        "my completion rate last 60 days",
        "how many actions did I complete this month",
        "how many actions have we completed",
        "positive outcome rate",
        "share of positive outcomes",
        "what outcomes did we have last month",
        "outcomes of my actions",
        "results of my actions last quarter",
        "how did my actions turn out",
        "how are we doing against the targets",
        "are we meeting our targets for actions",
        "time to action",
        "how fast do we act on immediate actions",
        "how quickly do I act",
        "average health impact of my actions",
        "did my actions improve health",
        "has the portfolio health improved",
        "what have you learned",
        "what did you learn from my outcomes",
        "what did you learn about training sessions",
        "what have you learned about our plays",
        "how effective is {person}",
        "how effective were {person}'s actions last month",
        "what works for {person}",
        "{person}'s success rate",
        "team effectiveness this quarter",
        "stats on our plays",
        "my action stats",
        "statistics of my actions this year",
        "review of my last 30 days",
    )
    days: int | None = Field(
        default=None, ge=1, le=3660, description="How many days back it goes; 30 by default."
    )
    until: date | None = Field(
        default=None, description="The last day of a period that is over, as in last quarter."
    )
    owner: str | None = Field(
        default=None, description="Whose actions: me, team, or a colleague's name."
    )
    needs_account: ClassVar[bool] = False

    async def run(self, asker: Asker, services: Parts) -> Answer:
        """Return the card of a period; 30 days until now when none is named."""
        owner = self.owner or "me"
        if owner not in ("me", "team"):
            owner = (await services.people.find(owner)).id
        span = Span(self.days or 30, self.until, owner)
        return Answer(what_works_card(await find(services, asker, span), today=asker.today))
