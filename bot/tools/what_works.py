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
        "what works best for me?",
        "which plays work",
        "how effective were my actions last 30 days",
        "team's acceptance rate this quarter",
        "success rate of our plays",
        "what have you learned",
        "what works for {person}",
        "how fast do we act on immediate actions",
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
            owner = (await services.people.find(owner, asker=asker.csm)).id
        span = Span(self.days or 30, self.until, owner)
        return Answer(what_works_card(await find(services, asker, span), today=asker.today))
